"""My notices in the portal: a streamer reads what was found against them, and appeals with a file."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from streamers.models import Violation
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.conduct import CorrectionFactory, TierAssessmentFactory, ViolationFactory
from tests.factories.streamers import StreamerFactory, StreamerHoldFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory())


@pytest.fixture
def client(streamer):
    client = Client()
    client.force_login(streamer.user, backend=BACKEND)
    return client


def text(answer):
    return answer.content.decode()


def test_a_streamer_reads_violations_points_holds_reminders_and_the_tier(streamer, client):
    violation = ViolationFactory(streamer=streamer, confirmed=True, reason="录像核实")
    CorrectionFactory(violation=violation, streamer=streamer)
    StreamerHoldFactory(streamer=streamer)
    ViolationFactory(streamer=streamer, description="还没有人确认的事")
    TierAssessmentFactory(streamer=streamer, state="approved", grade="S", effective_on=DAY)

    listed = text(client.get(reverse("streamer_notices")))
    told = text(client.get(reverse("streamer_notice", args=[violation.pk])))

    for said in [
        "虚假误导信息",
        "DB4401 5.2.3.3 d",
        "6",
        "停播整改",
        "请更正口播内容",
        "100.00 · S",
        "150,000",
    ]:
        assert said in listed
    for said in ["口播称“七天见效”", "录像核实", "发布的信息没有虚假成分", "2027-03-16", "2026-03-31"]:
        assert said in told
    assert "还没有人确认的事" not in listed + told


def test_an_appeal_is_sent_with_a_file_once(streamer, client):
    violation = ViolationFactory(streamer=streamer, confirmed=True)
    url = reverse("streamer_notice_appeal", args=[violation.pk])

    empty = client.post(url, {"appeal": ""})
    sent = client.post(url, {"appeal": "有检测报告", "file": pdf("report.pdf")}, follow=True)
    again = client.post(url, {"appeal": "再说一次"})

    violation.refresh_from_db()
    assert (empty.status_code, again.status_code) == (422, 409)
    assert (violation.state, violation.appeal) == ("appealed", "有检测报告")
    assert "report.pdf" in text(sent)
    assert "申诉正在处理" in text(sent)


def test_after_its_last_day_no_appeal_is_offered_or_taken(streamer, client):
    late = DAY - datetime.timedelta(days=1)
    violation = ViolationFactory(streamer=streamer, confirmed=True, appeal_until=late)

    told = text(client.get(reverse("streamer_notice", args=[violation.pk])))
    answer = client.post(reverse("streamer_notice_appeal", args=[violation.pk]), {"appeal": "x"})

    assert "2026-03-15" in told
    assert reverse("streamer_notice_appeal", args=[violation.pk]) not in told
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["streamer_notice", "streamer_notice_appeal"])
def test_somebody_elses_and_unconfirmed_ones_are_not_found(streamer, client, name):
    others = ViolationFactory(confirmed=True)
    reported = ViolationFactory(streamer=streamer)
    for pk in (others.pk, reported.pk, 999_999):
        assert client.get(reverse(name, args=[pk])).status_code == 404
        assert client.post(reverse(name, args=[pk]), {"appeal": "x"}).status_code in (404, 405)
    assert set(Violation.objects.values_list("state", flat=True)) == {"confirmed", "reported"}


def test_who_is_no_streamer_finds_no_notices():
    client = Client()
    client.force_login(StaffFactory(role="auditor"), backend=BACKEND)
    assert client.get(reverse("streamer_notices")).status_code == 404


def test_six_notices_take_as_many_queries_as_one(streamer, client, django_assert_max_num_queries):
    ViolationFactory(streamer=streamer, confirmed=True)
    client.get(reverse("streamer_notices"))
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("streamer_notices"))
    for _ in range(5):
        ViolationFactory(streamer=streamer, confirmed=True)
    with django_assert_max_num_queries(40) as six:
        client.get(reverse("streamer_notices"))

    assert len(six) == len(one)
