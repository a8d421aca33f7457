"""Deadlines at their doors: the board and the page in the back office, the merchant's page, the API."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftersales.actions import clock as clocks
from aftersales.actions import clock_sweep
from aftersales.admin.clock_start import work
from aftersales.models import Clock, ClockStep, DeadlineRule
from mcn.kit import clock as now_clock
from mcn.kit.start import Pile
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.clocks import ClockFactory
from tests.factories.merchants import MerchantFactory
from tests.kit.api_suite import ResourceSuite

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
Kind = DeadlineRule.Kind


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lead() -> object:
    return StaffFactory(role="after_sales_lead")


@pytest.fixture
def late(lead: object) -> Clock:
    """Paused once, late since, and swept."""
    at = now_clock.now() - 40 * HOUR
    clock = ClockFactory(at=at, agent=lead, merchant=MerchantFactory())
    clocks.pause(clock.subject, reason="等待消费者补充照片", by=lead, at=at + HOUR)
    clocks.resume(clock.subject, by=lead, at=at + 3 * HOUR)
    clock_sweep.sweep(at=now_clock.now())
    return Clock.objects.get()


@pytest.mark.clause("DB4401 6.1.4")
def test_the_page_explains_a_deadline_interval_by_interval(lead: object, late: Clock):
    page = signed_in(lead).get(reverse("admin:aftersales_clock_change", args=[late.pk])).content.decode()
    for told in ["本时限如何计算", "已暂停 · 等待消费者补充照片", "1 天", "预警", "第 2 级", "暂停计时"]:
        assert told in page


def test_the_board_shows_what_runs_out_next_in_few_queries(
    lead: object, late: Clock, django_assert_num_queries
):
    client, url = signed_in(lead), reverse("admin:aftersales_clock_changelist")
    client.get(url)
    with CaptureQueriesContext(connection) as for_one:
        page = client.get(f"{url}?due=late&whose=mine").content.decode()
    assert page.count("超时") >= 1
    assert "1 时限" in page or "1 条" in page
    for _ in range(2):
        ClockFactory(agent=lead, merchant=MerchantFactory(papers=False))
    with django_assert_num_queries(len(for_one)):
        client.get(f"{url}?due=late&whose=mine")


def test_the_lead_pauses_by_hand_and_the_agent_may_not(lead: object, late: Clock):
    url = reverse("admin:aftersales_clock_verb", args=[late.pk, "pause"])
    assert signed_in(StaffFactory(role="after_sales")).post(url, {"note": "x"}).status_code == 403
    assert signed_in(lead).post(url, {"note": "送第三方检测"}).status_code == 302
    late.refresh_from_db()
    assert late.state == Clock.State.PAUSED


def test_a_rule_changed_in_the_back_office_moves_open_deadlines(lead: object):
    clock = ClockFactory()
    page = reverse("admin:aftersales_deadlinerule_change", args=[clock.rule.pk])
    client = signed_in(lead)
    form = client.get(page).context["adminform"].form
    rungs = client.get(page).context["inline_admin_formsets"][0].formset
    sent = {name: form[name].value() or "" for name in form.fields} | {"amount": 30}
    for part in [rungs.management_form, *rungs.forms]:
        sent |= {
            part.add_prefix(name): part[name].value() if part[name].value() is not None else ""
            for name in part.fields
        }
    assert client.post(page, sent).status_code == 302
    before = clock.due_at
    clock.refresh_from_db()
    assert clock.due_at - before == 6 * HOUR


def test_the_start_page_tells_of_what_is_late(lead: object, late: Clock):
    piles = [item for item in work(lead, now_clock.today()) if isinstance(item, Pile)]
    assert [pile.count for pile in piles] == [1, 0, 1, 0]
    assert "超时" in piles[0].rows[0]["note"]


def test_a_merchant_sees_its_own_deadlines_explained(late: Clock):
    own = signed_in(MerchantUserFactory(merchant=late.merchant))
    url = reverse("portal_clocks", args=[late.merchant.code])
    page = own.get(url).content.decode()
    assert f'id="clock-{late.pk}"' in page
    assert "等待消费者补充照片" in page
    assert "暂无待处理事项" in own.get(f"{url}?show=ended").content.decode()
    assert signed_in(MerchantUserFactory()).get(url).status_code == 404


@pytest.mark.parametrize(
    ("kind", "said"), [("complaint_accept", "由机构办理"), ("complaint_merchant", "由贵方办理")]
)
def test_a_merchant_is_told_whose_turn_it_is_and_led_to_what_is_its_own(late: Clock, kind, said):
    Clock.objects.update(kind=kind)

    page = signed_in(MerchantUserFactory(merchant=late.merchant)).get(
        reverse("portal_clocks", args=[late.merchant.code])
    )

    assert [turn for turn in ("由贵方办理", "由机构办理") if turn in page.content.decode()] == [said]
    place = f"/complaints/{late.object_id}/"
    assert (place in page.content.decode()) == (kind == "complaint_merchant")


@pytest.mark.parametrize(
    ("kind", "told", "seen"),
    [
        ("complaint_merchant", False, True),
        ("complaint_accept", False, False),
        ("opinion_case", False, False),
        ("complaint_accept", True, True),
    ],
)
def test_a_merchant_sees_what_is_its_own_or_was_brought_before_it(late: Clock, kind, told, seen):
    Clock.objects.update(kind=kind)
    if not told:
        ClockStep.objects.all().delete()
    own = signed_in(MerchantUserFactory(merchant=late.merchant))

    page = own.get(reverse("portal_clocks", args=[late.merchant.code])).content.decode()
    listed = own.get("/api/v1/deadlines/").json()["results"]

    assert (f'id="clock-{late.pk}"' in page, bool(listed)) == (seen, seen)


class TestClockApi(ResourceSuite):
    path = "/api/v1/deadlines/"
    role = "after_sales"

    def make(self):
        return ClockFactory(merchant=MerchantFactory())

    def test_it_is_explained(self, staff):
        told = staff.get(f"{self.url(self.make())}explanation/").json()
        assert (told["allowed"], [row["sort"] for row in told["intervals"]]) == (24 * 3600, ["counted"])
