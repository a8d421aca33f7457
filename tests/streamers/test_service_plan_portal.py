"""A merchant's service plans in the portal: what needs one, the form that saves itself, who gets in."""

import pytest
import time_machine

from streamers.models import ServicePlan
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import ShowFactory
from tests.streamers.portal import browser, text

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def show(db):
    return ShowFactory(cast=False, crew=False, plans=False)


@pytest.fixture
def merchant(show):
    return show.items.get().product.merchant


@pytest.fixture
def owner(merchant):
    return browser(MerchantUserFactory(merchant=merchant))


def at(plan, page=""):
    return f"/portal/m/{plan.merchant.code}/plans/{plan.pk}/{page}"


def sent(plan, **changes):
    """What a browser sends of the form, with something typed."""
    words = {name: getattr(plan, name) for name in ServicePlan.CONTENT}
    line = plan.lines.get()
    words |= {f"line-{line.pk}-spot": line.spot, f"line-{line.pk}-presale": line.presale}
    words |= {"opened_version": plan.version} | changes
    return {name: value for name, value in words.items() if value is not None and value is not False}


def test_a_show_with_the_merchants_goods_asks_for_a_plan_and_begins_it(owner, show, merchant):
    listed = text(owner.get(f"/portal/m/{merchant.code}/plans/"))
    assert show.title in listed
    assert "尚无方案" in listed

    answer = owner.post(f"/portal/m/{merchant.code}/plans/for/{show.pk}/")

    plan = ServicePlan.objects.get()
    assert answer["Location"] == at(plan)
    page = text(owner.get(at(plan)))
    assert 'value="100"' in page
    assert "尚未填写" in page
    assert "尚无方案" not in text(owner.get(f"/portal/m/{merchant.code}/plans/"))


def test_the_form_saves_itself_as_far_as_it_is_right(owner, show):
    plan = ServicePlanFactory(show=show, state="draft")
    typed = sent(plan, carrier="中通快递", seats="2", seats_trained="5", ship_hours="很快")

    answer = owner.post(at(plan, "save/"), typed, **HTMX)

    plan.refresh_from_db()
    assert (plan.carrier, plan.seats, plan.seats_trained, plan.ship_hours) == ("中通快递", 3, 3, 48)
    assert "已保存 10:00" in text(answer)
    assert "已培训席位不能多于客服席位" in text(answer)
    assert 'name="opened_version" value="2"' not in text(answer)


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(owner, show):
    plan = ServicePlanFactory(show=show, state="draft")
    answer = owner.post(
        at(plan, "save/"), sent(plan, opened_version=plan.version - 1, carrier="圆通"), **HTMX
    )
    plan.refresh_from_db()
    assert (answer.status_code, plan.carrier) == (412, "顺丰速运")


def test_an_incomplete_plan_is_kept_and_says_what_is_missing(owner, show):
    plan = ServicePlanFactory(show=show, state="draft", complaint_hours=None)
    answer = owner.post(at(plan), sent(plan, carrier="德邦", do="submit"))
    plan.refresh_from_db()
    assert (answer.status_code, plan.state, plan.carrier) == (422, "draft", "德邦")
    assert "DB4401 6.2.2 a" in text(answer)


def test_the_merchant_agrees_takes_back_and_amends(owner, show):
    plan = ServicePlanFactory(show=show, state="draft")
    assert owner.post(at(plan), sent(plan, do="submit")).status_code == 302
    assert "等待机构确认" in text(owner.get(at(plan)))
    owner.post(at(plan, "withdraw/"), {"note": ""})
    plan.refresh_from_db()
    assert plan.state == "draft"

    ServicePlan.objects.update(state="agreed", submitted_at=AT, decided_at=AT)
    page = text(owner.get(at(plan)))
    assert "变更：生成新版本" in page
    assert 'name="carrier"' not in page
    owner.post(f"/portal/m/{plan.merchant.code}/plans/for/{show.pk}/")
    assert ServicePlan.objects.filter(state="draft", number=2).exists()


def test_nobody_else_gets_in(show, merchant):
    plan = ServicePlanFactory(show=show, state="draft")
    stranger = MerchantUserFactory()
    other = stranger.memberships.get().merchant
    client = browser(stranger)
    assert client.get(at(plan)).status_code == 404
    assert client.get(f"/portal/m/{other.code}/plans/{plan.pk}/").status_code == 404
    assert client.get(f"/portal/m/{other.code}/plans/{plan.pk}/withdraw/").status_code == 404
    assert client.post(f"/portal/m/{other.code}/plans/for/{show.pk}/").status_code == 404
    assert browser(StaffFactory(role="operator")).get(at(plan)).status_code == 404

    service = browser(MerchantUserFactory(merchant=merchant, role="customer_service"))
    page = service.get(at(plan))
    assert page.status_code == 200
    assert 'name="carrier"' not in text(page)
    assert service.post(at(plan), sent(plan, carrier="圆通")).status_code == 302
    plan.refresh_from_db()
    assert plan.carrier == "顺丰速运"


def test_a_longer_list_asks_no_more_queries(owner, show, merchant, django_assert_max_num_queries):
    ServicePlanFactory(show=show, state="draft")
    page = f"/portal/m/{merchant.code}/plans/"
    owner.get(page)
    with django_assert_max_num_queries(30) as one:
        owner.get(page)
    for _ in range(9):
        other = ShowFactory(cast=False, crew=False, items=0, plans=False)
        ServicePlanFactory(show=other, merchant=merchant, state="draft", lines=False)
    with django_assert_max_num_queries(30) as ten:
        owner.get(page)
    assert len(ten) == len(one)
