"""The run sheet: picked, put in order, offered; never more promised than there is."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Refused
from streamers.actions import run_sheet as actions
from streamers.actions import show as show_actions
from streamers.models import Offer
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.cards import CardVersionFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory, ProductHoldFactory, SkuFactory
from tests.factories.shows import EVENING, HOURS, OfferFactory, RunItemFactory, ShowFactory

DAYS = datetime.timedelta(days=1)


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


def test_numbers_are_picked_each_with_an_answer(operator):
    show, merchant = ShowFactory(items=0), MerchantFactory()
    good = ProductFactory(merchant=merchant, code="A-1")
    version = CardVersionFactory(card__product=good, state="approved")
    ProductHoldFactory(product=ProductFactory(merchant=merchant, code="A-2"))
    ProductFactory(code="TWICE")
    other = ProductFactory(code="TWICE")

    answers = actions.pick_numbers(
        show,
        [" A-1", "A-2", "", "NONE", "TWICE", f"{other.merchant.code}/TWICE", "A-1"],
        by=operator,
        at=AT,
    )

    assert [(row.given, bool(row.item)) for row in answers] == [
        ("A-1", True),
        ("A-2", False),
        ("NONE", False),
        ("TWICE", False),
        (f"{other.merchant.code}/TWICE", True),
    ]
    assert "DB4401 5.1.5.2 b" in answers[1].refusal
    first, second = show.items.all()
    assert (first.product, first.card_version, first.position, second.position) == (good, version, 1, 2)
    offer = first.offers.get()
    assert (offer.price, offer.spot, second.card_version) == (Decimal("39.90"), 0, None)


def test_a_product_is_picked_once(operator):
    item = RunItemFactory()

    [answer] = actions.pick_numbers(item.show, [item.product.code], by=operator, at=AT)
    with pytest.raises(Refused):
        actions.pick(item.show, [item.product], by=operator, at=AT)

    assert answer.item is None
    assert item.show.items.count() == 1


def test_many_are_picked_in_as_many_queries_as_few(operator, django_assert_max_num_queries):
    show = ShowFactory(items=0)
    codes = [ProductFactory(merchant=show.planned_by or MerchantFactory()).code for _number in range(3)]

    with django_assert_max_num_queries(70):
        answers = actions.pick_numbers(show, codes, by=operator, at=AT)

    assert all(answer.item for answer in answers)


def test_the_order_is_changed_by_ids(operator):
    show = ShowFactory(items=3)
    first, second, third = show.items.all()

    actions.arrange(show, [third.pk, first.pk], by=operator, at=AT)

    assert list(show.items.all()) == [third, first, second]
    with pytest.raises(ValidationError):
        actions.arrange(show, [RunItemFactory().pk], by=operator, at=AT)


def test_the_newest_approved_card_is_taken(operator):
    item = RunItemFactory()
    old = item.card_version
    old.state = "superseded"
    type(old).objects.filter(pk=old.pk).update(state="superseded")
    new = CardVersionFactory(card=old.card, number=2, state="approved")

    actions.renew_cards(item.show, by=operator, at=AT)

    item.refresh_from_db()
    assert item.card_version == new


@pytest.mark.clause("DB4401 6.3.1 a", "GDAS 5.2.2 a")
def test_shows_together_promise_no_more_than_declared(operator):
    sku = SkuFactory(product=ProductFactory(), stock=100)
    first = OfferFactory(item=RunItemFactory(product=sku.product, offers=False), sku=sku, spot=60)
    tomorrow = ShowFactory(items=0, starts_at=EVENING + DAYS)
    second = Offer(
        item=RunItemFactory(show=tomorrow, product=sku.product, offers=False, card=False),
        sku=sku,
        price=sku.price,
        spot=41,
    )

    with pytest.raises(Refused, match="还剩 40 件"):
        actions.offer([second], by=operator, at=AT)
    second.spot = 40
    actions.offer([second], by=operator, at=AT)
    first.spot = 61
    with pytest.raises(Refused, match="还剩 60 件"):
        actions.offer([first], by=operator, at=AT)

    assert sum(Offer.objects.promising().values_list("spot", flat=True)) == 100


def test_nothing_is_promised_of_what_nobody_declared(operator):
    sku = SkuFactory(product=ProductFactory(), stock=None)
    offer = OfferFactory(item=RunItemFactory(product=sku.product, offers=False), sku=sku, spot=0)
    offer.spot = 1

    with pytest.raises(Refused, match="没有申报库存"):
        actions.offer([offer], by=operator, at=AT)

    offer.spot, offer.presale, offer.ships_on = 0, 50, DAY + HOURS * 0 + DAYS
    assert actions.offer([offer], by=operator, at=AT)


def test_a_show_called_off_gives_back_what_it_promised(operator):
    sku = SkuFactory(product=ProductFactory(), stock=100)
    off = ShowFactory(state="cancelled", items=0, plans=False, ads=False, prepared=False)
    OfferFactory(item=RunItemFactory(show=off, product=sku.product, offers=False), sku=sku, spot=100)
    item = RunItemFactory(product=sku.product, offers=False, card=False)

    assert actions.offer([Offer(item=item, sku=sku, price=sku.price, spot=100)], by=operator, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [{"price": Decimal(0)}, {"presale": 5, "ships_on": None}, {"compared_price": Decimal("1.00")}],
    ids=["free", "presale-without-a-day", "compared-below"],
)
def test_an_offer_makes_sense(operator, wrong):
    offer = OfferFactory()
    for name, value in wrong.items():
        setattr(offer, name, value)

    with pytest.raises(ValidationError):
        actions.offer([offer], by=operator, at=AT)


def test_an_offer_taken_off_twice_frees_its_pieces_once(operator):
    offer = OfferFactory()
    show_actions.take_off(offer, by=operator, at=AT)
    show_actions.take_off(offer, by=operator, at=AT + DAYS)

    offer.refresh_from_db()
    assert offer.removed_at == AT
    assert not Offer.objects.promising().exists()
