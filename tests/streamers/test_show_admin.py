"""The planner: a show planned, its people, its run sheet, the gate, the calendar."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.models import Product, Sku
from streamers.models import RunItem, Show, ShowCast
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.products import ProductFactory, SkuFactory
from tests.factories.shows import RoomFactory, RunItemFactory, ShowFactory
from tests.factories.streamers import StreamerFactory

pytestmark = pytest.mark.django_db
NO_PARTS = {
    f"{prefix}-{name}": value
    for prefix in ("cast", "crew")
    for name, value in {
        "TOTAL_FORMS": 0,
        "INITIAL_FORMS": 0,
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": 1000,
    }.items()
}


@pytest.fixture
def operator():
    client = Client()
    client.force_login(StaffFactory(role="operator"))
    return client


def page(name, show=None, *args):
    return reverse(f"admin:streamers_show_{name}", args=[show.pk, *args] if show else [])


def words(answer):
    return answer.content.decode()


def planned(**given):
    return {
        "title": "岭南年货专场",
        "theme": "",
        "room": RoomFactory().pk,
        "starts_at_0": "2026-03-20",
        "starts_at_1": "20:00",
        "ends_at_0": "2026-03-20",
        "ends_at_1": "22:00",
        "cover_text": "",
        "plan": "讲解岭南零食",
        "contingency": "停播由运营决定",
        **NO_PARTS,
        **given,
    }


def test_a_show_is_planned_with_its_people_and_its_file(operator):
    streamer = StreamerFactory()
    host = {"cast-TOTAL_FORMS": 1, "cast-0-streamer": streamer.pk, "cast-0-role": "host"}

    answer = operator.post(page("add"), planned(file=pdf("策划书.pdf"), **host))

    show = Show.objects.get()
    assert answer.status_code == 302, words(answer)
    assert (show.planned_by.username.startswith("operator"), show.plan_document.latest.name) == (
        True,
        "策划书.pdf",
    )
    assert show.cast.get().streamer == streamer


def test_a_streamer_is_taken_off_and_stays_on_record(operator):
    show = ShowFactory(items=0)
    part = show.cast.get()
    given = planned(
        **{
            "opened_version": show.version,
            "room": show.room_id,
            "cast-TOTAL_FORMS": 1,
            "cast-INITIAL_FORMS": 1,
            "cast-0-id": part.pk,
            "cast-0-show": show.pk,
            "cast-0-streamer": part.streamer_id,
            "cast-0-role": "host",
            "cast-0-opened_version": part.version,
            "cast-0-off": "on",
        }
    )

    operator.post(page("change", show), given)

    assert ShowCast.objects.get(pk=part.pk).removed_at is not None
    assert "未排主播" in words(operator.get(page("change", show)))


def test_the_page_tells_what_stands_in_the_way_by_who_must_act(operator):
    show = ShowFactory()
    Product.objects.update(state=Product.State.DELISTED)

    shown = words(operator.get(page("change", show)))

    assert "开播闸门" in shown
    assert str(show.items.get().product.merchant) in shown
    assert "必须处理" in shown
    assert f"/admin/products/product/{show.items.get().product_id}/change/" in shown


def test_products_are_found_and_picked_those_that_may_not_be_listed_with_the_reason(operator):
    show = ShowFactory(items=0)
    good, bad = ProductFactory(name="陈皮酥"), ProductFactory(name="陈皮糖")
    bad.samples.update(tried_on=None)

    shown = words(operator.get(page("run_sheet_find", show), {"q": "陈皮"}))
    assert f'value="{good.pk}">' in shown
    assert f'value="{bad.pk}" disabled>' in shown

    operator.post(page("run_sheet_pick", show), {"product": [good.pk]})
    assert show.items.get().product == good


def test_a_pasted_list_gets_an_answer_for_each_number(operator):
    show = ShowFactory(items=0)
    products = [ProductFactory() for _ in range(2)]

    answer = operator.post(
        page("run_sheet_numbers", show), {"numbers": f"{products[0].code}\n没有这个\n{products[1].code}"}
    )

    assert [item.product for item in show.items.all()] == products
    assert answer.status_code == 422
    assert words(answer).count("未加入") == 1


def test_the_order_is_saved_and_a_foreign_line_is_refused(operator):
    show = ShowFactory(items=3)
    ids = [item.pk for item in show.items.all()]

    saved = operator.post(page("run_sheet_order", show), {"item": ids[::-1]})
    refused = operator.post(page("run_sheet_order", show), {"item": [RunItemFactory().pk]})

    assert (saved.status_code, refused.status_code) == (200, 409)
    assert [item.pk for item in show.items.all()] == ids[::-1]


def typed(offer, **given):
    values = {"price": offer.price, "spot": offer.spot, "presale": 0, "opened_version": offer.version} | given
    return {f"offer-{name}": value for name, value in values.items()}


def test_an_offer_is_saved_as_it_is_typed_and_refused_beside_its_row(operator):
    offer = RunItemFactory().offers.get()
    Sku.objects.update(stock=120)
    url = page("run_sheet_offer", offer.item.show, offer.pk)

    saved = operator.post(url, typed(offer, spot=120, price="29.90"))
    offer.refresh_from_db()
    assert (saved.status_code, saved["HX-Trigger"], offer.spot) == (200, "saved", 120)

    too_many = operator.post(url, typed(offer, spot=121))
    assert (too_many.status_code, "120" in words(too_many)) == (409, True)
    nonsense = operator.post(url, typed(offer, price="贵"))
    assert (nonsense.status_code, "直播价" in words(nonsense)) == (422, True)
    stale = operator.post(url, typed(offer, opened_version=0))
    assert stale.status_code == 422


def test_minutes_and_note_are_saved_and_a_line_is_taken_off(operator):
    item = RunItemFactory()
    given = {"item-minutes": "8", "item-note": "先试吃", "item-opened_version": item.version}

    operator.post(page("run_sheet_item", item.show, item.pk), given)
    item.refresh_from_db()
    assert (item.minutes, item.note) == (8, "先试吃")

    operator.post(page("run_sheet_off", item.show, item.pk))
    assert not item.show.items.standing().exists()
    assert operator.post(page("run_sheet_off", item.show, item.pk)).status_code == 404


def test_a_cleared_show_is_read_and_not_typed_in(operator):
    show = ShowFactory()
    offer = show.items.get().offers.get()
    Show.objects.update(state=Show.State.CLEARED)

    shown = words(operator.get(page("run_sheet", show)))

    assert 'name="offer-price"' not in shown
    assert operator.post(page("run_sheet_offer", show, offer.pk), typed(offer)).status_code == 409


def test_a_long_run_sheet_asks_no_more_queries_than_a_short_one(operator):
    short, long = ShowFactory(items=1), ShowFactory(items=0, room=RoomFactory())
    for _ in range(6):
        SkuFactory(product=RunItemFactory(show=long).product)
    operator.get(page("run_sheet", short))

    for name in ("run_sheet", "change", "run_sheet_gate"):
        with CaptureQueriesContext(connection) as one:
            operator.get(page(name, short))
        with CaptureQueriesContext(connection) as many:
            operator.get(page(name, long))
        assert len(many) <= len(one), name


def test_the_run_sheet_prints(operator):
    show = ShowFactory()

    answer = operator.get(page("run_sheet_print", show))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_calendar_and_board_show_the_week_in_a_bounded_number_of_queries(operator):
    first = ShowFactory(items=1)
    views = ["board", "week", "month"]
    counts = {}
    for name in views:
        with CaptureQueriesContext(connection) as counted:
            shown = words(operator.get(page(name), {"on": f"{DAY}"}))
        counts[name] = len(counted)
        assert first.title in shown, name
    for day in range(1, 4):
        ShowFactory(items=1, starts_at=AT + datetime.timedelta(days=day), room=first.room)

    for name in views:
        with CaptureQueriesContext(connection) as counted:
            operator.get(page(name), {"on": f"{DAY}"})
        assert len(counted) <= counts[name], name


def test_an_address_with_nonsense_in_it_shows_today(operator):
    for query in ({"on": "9999-12-31"}, {"on": "x"}, {"room": "9" * 40}, {"room": "x"}):
        assert [operator.get(page(name), query).status_code for name in ("board", "week", "month")] == [
            200
        ] * 3


def test_who_may_not_change_shows_reads_and_is_refused():
    client = Client()
    client.force_login(StaffFactory(role="auditor"))
    show = ShowFactory()

    assert client.get(page("run_sheet", show)).status_code == 200
    client.post(page("run_sheet_numbers", show), {"numbers": ProductFactory().code})
    assert RunItem.objects.count() == 1
    assert client.post(page("run_sheet_order", show), {"item": [show.items.get().pk]}).status_code == 403


def test_plans_are_asked_for_before_a_show_alone(operator):
    show = ShowFactory()

    def open_verbs():
        return [verb.name for verb, _url in operator.get(page("change", show)).context["open_verbs"]]

    assert "ask_plans" in open_verbs()
    Show.objects.update(state="ended", started_at=show.starts_at, ended_at=show.ends_at)
    assert "ask_plans" not in open_verbs()
