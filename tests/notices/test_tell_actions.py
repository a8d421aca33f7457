"""Telling people: into the inbox at once, by letter as each wishes, to endpoints that hear of it."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.notices.actions import Telling, read, read_all, tell, tell_many, unread_count
from mcn.notices.models import Delivery, Notice, Preference, Receipt
from tests.factories import AT
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.notices import EndpointFactory, PreferenceFactory

pytestmark = pytest.mark.django_db
NIGHT = AT.replace(hour=23)
MORNING = (AT + datetime.timedelta(days=1)).replace(hour=8)


@pytest.fixture
def agent():
    return UserFactory(email="agent@example.com")


def letters():
    return list(Delivery.objects.filter(endpoint=None).order_by("id"))


def test_told_people_find_it_in_their_inbox(agent):
    notice = tell([agent, agent, None], title="投诉待处理", kind="complaint", url="/x/", subject=agent, at=AT)

    receipt = Receipt.objects.visible_to(agent).get()
    assert (receipt.notice, receipt.unread) == (notice, True)
    assert (notice.subject_model, notice.subject_id) == ("accounts.user", agent.pk)
    assert unread_count(agent) == 1


def test_nobody_reads_anothers_copy(agent):
    tell([agent], title="投诉待处理", kind="complaint", at=AT)
    receipt, stranger = Receipt.objects.get(), StaffFactory(role="auditor")

    assert not Receipt.objects.visible_to(stranger).exists()
    read(receipt, by=stranger, at=AT)
    assert receipt.unread


def test_a_copy_is_read_once(agent):
    tell_many([Telling([agent], title, "complaint") for title in "甲乙"], at=AT)
    first = Receipt.objects.first()
    read(first, by=agent, at=AT)
    read(first, by=agent, at=NIGHT)

    assert first.read_at == AT
    assert read_all(by=agent, at=AT) == 1
    assert unread_count(agent) == 0


def test_what_is_told_under_one_name_is_told_once(agent):
    assert tell([agent], title="第二级催办", kind="overdue", once="clock:1:2", at=AT)
    assert tell([agent], title="第二级催办", kind="overdue", once="clock:1:2", at=NIGHT) is None
    assert Notice.objects.count() == Receipt.objects.count() == 1


def test_who_left_is_not_told():
    gone = UserFactory(is_active=False, email="gone@example.com")
    tell([gone], title="投诉待处理", kind="complaint", at=AT)
    assert not Receipt.objects.exists()


def test_an_undeclared_kind_is_a_slip(agent):
    with pytest.raises(ImproperlyConfigured):
        tell([agent], title="?", kind="gossip", at=AT)


@pytest.mark.parametrize(
    ("wish", "kind", "at", "due"),
    [
        ({}, "complaint", AT, AT),
        ({}, "complaint", NIGHT, MORNING),
        ({}, "overdue", NIGHT, NIGHT),
        (
            {"quiet_from": datetime.time(9), "quiet_to": datetime.time(11)},
            "complaint",
            AT,
            AT.replace(hour=11),
        ),
        ({"quiet_from": datetime.time(8), "quiet_to": datetime.time(8)}, "complaint", NIGHT, NIGHT),
        ({"letters": "none"}, "overdue", AT, None),
        ({"letters": "digest"}, "complaint", AT, None),
        ({"letters": "digest"}, "overdue", NIGHT, NIGHT),
        ({"muted": ["complaint"]}, "complaint", AT, None),
        ({"muted": ["overdue"]}, "overdue", AT, AT),
    ],
)
def test_a_letter_comes_as_its_reader_wishes(agent, wish, kind, at, due):
    if wish:
        PreferenceFactory(user=agent, **wish)
    tell([agent], title="投诉待处理", kind=kind, at=at)
    assert [letter.due_at for letter in letters()] == ([due] if due else [])
    assert unread_count(agent) == 1


def test_without_an_address_there_is_no_letter():
    tell([UserFactory()], title="投诉待处理", kind="complaint", at=AT)
    assert letters() == []


def test_what_comes_in_the_quiet_hours_comes_in_one_letter(agent):
    for minute in range(3):
        tell([agent], title=f"第{minute}件", kind="complaint", at=NIGHT.replace(minute=minute))
    [letter] = letters()
    assert letter.receipts.count() == 3


def test_an_endpoint_hears_of_the_kinds_that_it_chose(agent):
    everything, scores = EndpointFactory(), EndpointFactory(kinds=["score"])
    EndpointFactory(state="off")
    tell([agent], title="投诉待处理", kind="complaint", at=AT)
    tell([], title="评分下降", kind="score", at=AT)

    told = Delivery.objects.exclude(endpoint=None).values_list("endpoint", "notice__kind")
    assert sorted(told) == sorted(
        [(everything.pk, "complaint"), (everything.pk, "score"), (scores.pk, "score")]
    )


def test_many_are_told_in_as_many_queries_as_one(agent):
    people = [UserFactory(email=f"{number}@example.com") for number in range(4)]
    with CaptureQueriesContext(connection) as one:
        tell([agent], title="一件", kind="complaint", at=AT)
    with CaptureQueriesContext(connection) as many:
        tell_many([Telling(people, f"第{number}件", "complaint") for number in range(5)], at=AT)
    assert len(many) == len(one)
    assert Receipt.objects.count() == 21
    assert len(letters()) == 5


def test_a_wish_is_kept_for_its_owner(agent):
    assert not Preference.objects.exists()
    preference = PreferenceFactory(user=agent, digest_hour=7)
    assert preference.last_digest(AT) == AT.replace(hour=7)
    assert preference.last_digest(AT.replace(hour=6)) == AT.replace(hour=7) - datetime.timedelta(days=1)
