"""The start page: each person's piles, counted by the database, and figures with something to draw."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from mcn.accounts.models import User
from mcn.agency.figures import sync_figures
from mcn.agency.start import dashboard
from mcn.kit.start import WAITS, Chart, Work, count_together, left, pile, waited
from merchants.models import Merchant
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory, SampleFactory

pytestmark = pytest.mark.django_db
# Of the administrator, who sees all: the person, permissions, figures of policy, one for all counts, one for
# each chart and for each pile that there is.
QUERIES = 30
EMPTY = Work(WAITS, "empty", 0, "/empty/")
FULL = Work(WAITS, "full", 2, "/full/", [{"url": "/full/1/", "label": "one", "note": ""}])


@pytest.fixture(autouse=True)
def figures(db):
    """The shipped figures of policy, such as how early an expiry is warned of."""
    sync_figures(at=AT)


def work_of_a_day(user, on):
    """An app's word, as the settings name it."""
    yield from [EMPTY, FULL, Chart("none", "bar", ["a"], [0]), Chart("some", "bar", ["a"], series={"b": [1]})]


def shown(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return dashboard(request, {})


def submitted(state="submitted"):
    rows = Merchant.objects.filter(state=state).order_by("id")
    return pile(WAITS, "to admit", rows, f"state__exact={state}", lambda merchant: (merchant.name, "note"))


def test_piles_are_counted_by_one_query_and_only_what_is_there_is_read(django_assert_num_queries):
    made = [MerchantFactory(papers=False, state="submitted") for _ in range(7)]
    found, empty = submitted(), submitted("ended")
    with django_assert_num_queries(2):
        count_together([empty, found])
        assert [found.count, empty.count, len(found.rows), empty.rows] == [7, 0, 5, []]
    assert submitted().count == 7
    with django_assert_num_queries(0):
        count_together([])
    assert found.url == "/admin/merchants/merchant/?state__exact=submitted"
    assert [row["label"] for row in found.rows] == [merchant.name for merchant in made[:5]]
    assert found.rows[0]["url"] == f"/admin/merchants/merchant/{made[0].pk}/change/"


def test_a_pile_of_nothing_counts_nothing():
    found = pile(WAITS, "to admit", Merchant.objects.none(), "", lambda merchant: ("", ""))
    assert (found.count, found.rows) == (0, [])


def test_days_are_told_as_people_say_them():
    assert waited(None, DAY) == ""
    assert waited(AT, DAY) == "今天"
    assert waited(AT, DAY + datetime.timedelta(days=3)) == "已等 3 天"
    assert left(DAY, DAY) == "今天"
    assert left(DAY + datetime.timedelta(days=5), DAY) == "还剩 5 天"
    assert left(DAY, DAY + datetime.timedelta(days=2)) == "2 天前"


def work_of_two_jobs(user, on):
    """A pile of the merchant desk's before one of the streamer manager's."""
    for model in ("merchants.merchant", "streamers.streamer"):
        yield Work(WAITS, model, 1, "/", model=model)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("merchant_desk", "merchants.merchant"),
        ("streamer_manager", "streamers.streamer"),
        ("auditor", "merchants.merchant"),
    ],
)
def test_the_piles_of_ones_own_job_come_first(settings, role, first):
    settings.MCN_WORK = [f"{__name__}.work_of_two_jobs"]
    waits = shown(StaffFactory(role=role))["columns"][0]
    assert next(pile.label for pile in waits["piles"]) == first


def work_of_ones_own(user, on):
    """A pile of what everybody of the desk may do, before one of this very person's."""
    yield Work(WAITS, "anybody's", 1, "/", model="merchants.merchant")
    yield Work(WAITS, "mine", 1, "/", model="streamers.streamer", mine=True)


def test_what_waits_for_this_very_person_comes_before_all(settings):
    settings.MCN_WORK = [f"{__name__}.work_of_ones_own"]
    waits = shown(StaffFactory(role="merchant_desk"))["columns"][0]
    assert [pile.label for pile in waits["piles"]] == ["mine", "anybody's"]


def test_what_is_empty_is_left_out(settings):
    settings.MCN_WORK = [f"{__name__}.work_of_a_day"]
    context = shown(AnonymousUser())
    assert [chart.title for chart in context["charts"]] == ["some"]
    assert context["charts"][0].as_json() == {
        "type": "bar",
        "labels": ["a"],
        "series": [{"label": "b", "values": [1]}],
    }
    assert [column["piles"] for column in context["columns"]] == [[FULL], [], []]


def test_a_person_without_a_role_sees_nothing():
    MerchantFactory()
    context = shown(AnonymousUser())
    assert context["charts"] == []
    assert [column["piles"] for column in context["columns"]] == [[], [], []]


def test_more_rows_need_no_more_queries(django_assert_max_num_queries):
    administrator = StaffFactory(role="administrator")
    for _ in range(6):
        SampleFactory(product=ProductFactory(state="submitted"))
    with django_assert_max_num_queries(QUERIES):
        context = shown(User.objects.get(pk=administrator.pk))
        piles = [found for column in context["columns"] for found in column["piles"]]
        assert all(found.rows for found in piles)
    assert max(found.count for found in piles) >= 6


def test_who_may_not_admit_is_not_asked_to():
    MerchantFactory(papers=False, state="submitted")
    wanted = "待核验准入的商家"
    desk, auditor = (shown(StaffFactory(role=role)) for role in ("merchant_desk", "auditor"))
    assert wanted in [str(found.label) for found in desk["columns"][0]["piles"]]
    assert auditor["columns"][0]["piles"] == []
