"""The first page of the portal: what waits for the merchant, in as many queries for more of it."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from aftersales.actions import clock as clocks
from aftersales.models import DeadlineRule
from aftersales.portal import waiting
from tests.factories.accounts import MerchantUserFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.orders import DeliveryAlertFactory, OrderFactory
from tests.factories.returns import ASKED, RepairFactory, ReturnFactory

HOUR = datetime.timedelta(hours=1)
QUERIES = 23
PILES = [
    "等您回复的投诉",
    "超时未发货的订单",
    "即将到发货期限的订单",
    "物流异常的包裹",
    "等您处理的退换货",
    "进行中的维修",
]


@pytest.fixture
def member(client):
    """A signed-in person of a merchant, a day after its buyers asked."""
    user = MerchantUserFactory()
    user.merchant = user.memberships.get().merchant
    with time_machine.travel(ASKED + HOUR, tick=False):
        client.force_login(user)
        yield user


def wait_for(merchant):
    """A row of each pile; the pages that they lead to, in the order of the piles."""
    said = {"state": "verifying", "turn": "merchant", "accepted_at": ASKED}
    complaint = ComplaintFactory(merchant=merchant, **said)
    kind = DeadlineRule.Kind.COMPLAINT_MERCHANT
    clocks.begin(complaint, kind, by=None, at=ASKED, merchant=merchant)
    late, soon = (OrderFactory(merchant=merchant, lines=0, ship_by=at) for at in (ASKED, ASKED + 2 * HOUR))
    lost = OrderFactory(merchant=merchant, lines=0, state="shipped")
    DeliveryAlertFactory(order=lost, kind="stuck")
    returned = ReturnFactory(order=OrderFactory(merchant=merchant, state="received"))
    repair = RepairFactory(line=OrderFactory(merchant=merchant, state="received").lines.get())
    rows = [("complaint", complaint), ("order", late), ("order", soon), ("order", lost)]
    rows += [("return", returned), ("repair", repair)]
    return [reverse(f"portal_{name}", args=[merchant.code, row.pk]) for name, row in rows]


def test_each_thing_that_waits_stands_there_with_its_time_and_a_link(
    client, member, monkeypatch, django_assert_max_num_queries
):
    """Its own alone, in as many queries for two of each as for one."""
    links = wait_for(member.merchant)
    wait_for(OrderFactory(lines=0).merchant)
    home = reverse("portal_home", args=[member.merchant.code])
    client.get(home)
    with django_assert_max_num_queries(QUERIES):
        text = client.get(home).content.decode()

    places = [text.index(f"{label} <") for label in PILES]
    assert places == sorted(places)
    assert text.count('<span class="number">(1)</span>') == len(PILES)
    assert [link in text for link in links] == [True] * len(links)
    assert text.count("剩余") + text.count("超时 ") >= len(PILES) - 2

    wait_for(member.merchant)
    monkeypatch.setattr(waiting, "SHOWN", 1)
    with django_assert_max_num_queries(QUERIES):
        text = client.get(home).content.decode()
    assert text.count("查看全部 2 条") == len(PILES)


def test_nothing_that_waits_is_said_in_one_line(client, member):
    text = client.get(reverse("portal_home", args=[member.merchant.code])).content.decode()

    assert "暂无等您处理的订单、投诉与售后" in text
    assert not [label for label in PILES if label in text]


def test_the_orders_due_soon_have_a_tab_of_their_own(client, member):
    _complaint, late, soon, *_others = wait_for(member.merchant)
    tab = f"{reverse('portal_orders', args=[member.merchant.code])}?show=soon"
    text = client.get(tab).content.decode()

    assert (soon in text, late in text) == (True, False)
