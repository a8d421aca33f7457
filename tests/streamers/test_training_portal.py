"""My training on a phone: what I owe, the exam, checking in, the certificate."""

import re

import pytest
import time_machine
from django.urls import reverse

from mcn.kit import clock
from streamers.actions import session as session_actions
from streamers.models import Attempt, Attendance, Trainee, TrainingRecord
from streamers.rules import certificate
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import (
    AttemptFactory,
    MaterialFactory,
    PlanItemFactory,
    QuestionFactory,
    SessionFactory,
    TrainingPlanFactory,
    TrainingRecordFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def course():
    made = MaterialFactory().course
    for right in ["B", "AC", "D"]:
        QuestionFactory(course=made, right=right)
    PlanItemFactory(plan=TrainingPlanFactory(), course=made)
    return made


@pytest.fixture
def streamer():
    return StreamerFactory(trained=False, user=UserFactory())


@pytest.fixture
def me(client, streamer):
    client.force_login(streamer.user)
    return client


def begin(client, course):
    answer = client.post(reverse("training_course", args=[course.pk]))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Attempt.objects.get(state="open"), answer["Location"]


def right_answers(attempt):
    return {
        f"q{place}": [number for number, option in enumerate(question["options"]) if option["right"]]
        for place, question in enumerate(attempt.questions)
    }


@pytest.mark.clause("DB4401 5.4.3.2 b")
def test_i_see_what_i_owe_until_when(me, course):
    page = me.get(reverse("streamer_training")).content.decode()

    assert course.name in page
    assert f"{DAY:%Y-%m-%d}" in page
    assert not Trainee.objects.exists(), "looking writes nothing"


def test_from_the_material_to_the_certificate(me, course):
    page = me.get(reverse("training_course", args=[course.pk])).content.decode()
    assert "不得使用绝对化用语" in page
    attempt, address = begin(me, course)
    assert me.get(address).content.decode().count('type="radio"') == 8

    answer = me.post(address, right_answers(attempt), follow=True)

    line = TrainingRecord.objects.get()
    shown = answer.content.decode()
    assert "绝对化用语不得使用" in shown, "the explanations come after passing"
    pdf = me.get(reverse("training_certificate", args=[line.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert (pdf["Content-Type"], len(pdf.content) > 5_000) == ("application/pdf", True)


def test_what_was_chosen_stays_when_something_is_missing(me, course):
    attempt, address = begin(me, course)
    given = right_answers(attempt)
    given.pop("q0")

    answer = me.post(address, given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert len(re.findall(r"<input[^>]*\bchecked\b", page)) == sum(map(len, given.values()))
    assert Attempt.objects.get().answers == {}
    assert me.post(address, right_answers(attempt)).status_code == 302


def test_handing_in_twice_shows_the_result_once_more(me, course):
    attempt, address = begin(me, course)
    me.post(address, right_answers(attempt))

    again = me.post(address, {"q0": [0]})

    assert again.status_code == 302
    assert Attempt.objects.get().score == 100
    assert TrainingRecord.objects.count() == 1


def test_who_fails_sees_no_right_answers(me, course):
    attempt, address = begin(me, course)
    wrong = {name: [(chosen[0] + 1) % 4] for name, chosen in right_answers(attempt).items()}

    page = me.post(address, wrong, follow=True).content.decode()

    assert "绝对化用语不得使用" not in page
    again = me.get(reverse("training_course", args=[course.pk])).content.decode()
    assert "2026-03-17" in again
    assert me.post(reverse("training_course", args=[course.pk])).status_code == 409


@pytest.mark.parametrize("name", ["training_exam", "training_certificate"])
def test_another_ones_is_404(me, name):
    row = AttemptFactory() if name == "training_exam" else TrainingRecordFactory()

    assert me.get(reverse(name, args=[row.pk])).status_code == 404


def test_a_course_that_is_not_there_is_404(me):
    assert me.get(reverse("training_course", args=[999_999])).status_code == 404


def test_merchants_people_have_no_training_page(client):
    client.force_login(MerchantUserFactory())

    assert client.get(reverse("streamer_training")).status_code == 404


def test_staff_have_one(client):
    client.force_login(StaffFactory(role="operator"))

    assert client.get(reverse("streamer_training")).status_code == 200


def test_one_button_checks_in(me, streamer):
    session = SessionFactory()
    address = reverse("training_check_in", args=[session_actions.code_of(session, at=clock.now())])

    assert session.place in me.get(address).content.decode()
    assert not Attendance.objects.exists(), "looking does not check in"
    assert me.post(address).status_code == 302

    assert Attendance.objects.get().trainee.streamer == streamer
    assert me.post(address).status_code == 302
    assert Attendance.objects.count() == 1


def test_a_code_that_ran_out_says_what_to_do(me, now):
    session = SessionFactory()
    address = reverse("training_check_in", args=[session_actions.code_of(session, at=clock.now())])
    now.shift(120)

    assert "过期" in me.get(address).content.decode()
    answer = me.post(address)
    assert (answer.status_code, Attendance.objects.count()) == (409, 0)


def test_anybody_can_ask_whether_a_certificate_is_real(client):
    line = TrainingRecordFactory()
    address = reverse("training_certificate_check", args=[certificate.token_of(line)])

    page = client.get(address).content.decode()

    assert certificate.fingerprint(line) in page
    assert line.certificate_number in page
    assert line.trainee.streamer.name not in page
    TrainingRecord.objects.filter(pk=line.pk).update(valid_to=DAY.replace(day=15))
    assert "已过有效期" in client.get(address).content.decode()
    assert client.get(reverse("training_certificate_check", args=["made-up"])).status_code == 404
