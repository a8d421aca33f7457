"""Complaints: taken in, accepted, asked about, resolved with reasons, answered, called back, reopened."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.models import Clock, Complaint, ComplaintEntry, Nature, Priority, Urgency
from aftersales.rules.complaint_file import faults
from aftersales.rules.complaint_steps import RESOLUTION
from mcn.audit.models import Entry
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from tests.factories import AT, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.training import CourseFactory, TraineeFactory, TrainingRecordFactory

State, Turn, Kind = Complaint.State, Complaint.Turn, ComplaintEntry.Kind
LATER = AT + datetime.timedelta(hours=2)
REASONS = {
    "outcome": Complaint.Outcome.UPHELD,
    "conclusion": "陈皮受潮发霉，投诉成立，退款并补偿二十元。",
    "basis": "商家质检照片、物流签收记录，服务方案第四条。",
    "next_step": "三日内原路退款，客服第四日回访。",
}


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


@pytest.fixture
def merchant():
    return MerchantFactory()


def new(**given):
    told = {"nature": Nature.QUALITY, "text": "收到的陈皮有霉点", "phone": "13800138000", "name": "陈小满"}
    return Complaint(**told | given)


def taken_on(agent, merchant, **given):
    complaint = intake.receive(new(merchant=merchant, **given), by=agent, at=AT)
    return intake.accept(complaint, by=agent, at=AT)


def whole(complaint):
    complaint.refresh_from_db()
    return list(faults(complaint, complaint.entries.order_by("number"))) == []


def running(complaint):
    rows = Clock.objects.filter(object_id=complaint.pk)
    return {clock.kind: clock.state for clock in rows}


@pytest.mark.clause("EJAS 6.6.2", "DB4401 6.4.1 c", "GDAS 5.3.3 c")
def test_a_consumer_s_complaint_is_numbered_put_in_order_and_waits_for_us(merchant):
    complaint = intake.receive(new(channel="form", merchant=merchant), by=None, at=AT, file=pdf())

    assert (complaint.code, complaint.state, complaint.turn) == ("C000001", State.RECEIVED, Turn.AGENCY)
    assert (len(complaint.tracking), len(complaint.pin)) == (14, 6)
    assert [entry.kind for entry in complaint.entries.all()] == [Kind.RECEIVE, Kind.CONSUMER]
    assert running(complaint) == {"complaint_accept": "running"}
    assert whole(complaint)
    told = "".join(Entry.objects.values_list("changes", flat=True))
    assert [word for word in ("霉点", "13800138000", complaint.pin) if word in told] == []


@pytest.mark.clause("EJAS 6.6.1")
@pytest.mark.parametrize(
    ("nature", "urgency", "wish", "priority", "serious"),
    [
        (Nature.QUALITY, Urgency.NORMAL, "", Priority.NORMAL, False),
        (Nature.QUALITY, Urgency.CRITICAL, "", Priority.FIRST, False),
        (Nature.SAFETY, Urgency.NORMAL, "", Priority.FIRST, True),
        (Nature.PROMISE, Urgency.NORMAL, "", Priority.HIGH, True),
        (Nature.DELIVERY, Urgency.NORMAL, "compensation", Priority.NORMAL, True),
        (Nature.INVOICE, Urgency.NORMAL, "", Priority.LOW, False),
    ],
)
def test_nature_and_urgency_say_what_comes_first(agent, nature, urgency, wish, priority, serious):
    complaint = intake.receive(new(nature=nature, urgency=urgency, wish=wish), by=agent, at=AT)

    assert (complaint.priority, complaint.serious) == (priority, serious)


def test_a_complaint_by_the_page_leaves_a_way_to_answer():
    with pytest.raises(ValidationError, match="请留下电话"):
        intake.receive(new(channel="form", phone=""), by=None, at=AT)


def test_a_merchant_does_not_take_complaints_in_by_itself(merchant):
    with pytest.raises(Denied):
        intake.receive(new(merchant=merchant), by=MerchantUserFactory(merchant=merchant), at=AT)


def test_many_complaints_come_in_by_as_few_statements_as_few(agent, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        made = intake.receive_many([new(reference=f"P{number}") for number in range(30)], by=agent, at=AT)

    assert [made[0].code, made[-1].code] == ["C000001", "C000030"]
    assert all(whole(one) for one in made[:3])


@pytest.mark.clause("EJAS 6.6.3", "LSMS 7.3.2.3 d", "GDAS 4.2", "DB4401 6.1.2")
def test_the_whole_way_of_a_complaint(agent, merchant):
    complaint = taken_on(agent, merchant)
    complaints.verify(complaint, by=agent, at=AT)
    talk.ask_merchant(complaint, note="请核对批次与仓储。", by=agent, at=AT)
    assert complaint.turn == Turn.MERCHANT
    talk.reply(complaint, text="该批次受潮，同意退款。", by=MerchantUserFactory(merchant=merchant), at=LATER)
    assert (complaint.turn, complaint.turn_since) == (Turn.AGENCY, LATER)
    complaints.negotiate(complaint, by=agent, at=LATER)
    complaints.resolve(complaint, **REASONS, by=agent, at=LATER)
    complaints.answer(complaint, ways=["phone", "sms"], by=agent, at=LATER)
    assert complaint.entries.get(kind=Kind.ANSWER).for_consumer
    assert "服务方案第四条" in complaint.entries.get(kind=Kind.ANSWER).text
    complaints.call_back(complaint, satisfaction=5, by=agent, at=LATER)
    complaints.close(complaint, by=agent, at=LATER)

    assert (complaint.state, complaint.turn, complaint.satisfaction) == (State.CLOSED, "", 5)
    assert set(running(complaint).values()) == {"met"}
    assert whole(complaint)


@pytest.mark.clause("GDAS 5.3.3 g", "GDAS 5.3.2 e", "DB4401 6.4.1 g", "DB4401 6.4.2 f")
def test_a_serious_case_is_resolved_after_its_three_steps(agent, merchant):
    complaint = complaints.verify(taken_on(agent, merchant, nature=Nature.PROMISE), by=agent, at=AT)
    for kind in (Kind.CONTACT, Kind.FACTS, Kind.SOLUTION):
        with pytest.raises(Blocked, match=r"GDAS 5\.3\.3 g"):
            complaints.resolve(complaint, **REASONS, by=agent, at=LATER)
        talk.record(complaint, kind=kind, note="已办理并记录。", by=agent, at=LATER)

    assert complaints.resolve(complaint, **REASONS, by=agent, at=LATER).state == State.RESOLVED
    assert complaint.first_answer_at == LATER


@pytest.mark.clause("GDAS 5.3.3 d", "DB4401 6.4.1 d", "DB4401 6.4.3 d")
def test_no_agreement_needs_the_platform_and_the_other_remedies(agent, merchant):
    complaint = complaints.verify(taken_on(agent, merchant), by=agent, at=AT)
    unresolved = REASONS | {"outcome": Complaint.Outcome.UNRESOLVED}
    with pytest.raises(Blocked, match=r"DB4401 6\.4\.3 d"):
        complaints.resolve(complaint, **unresolved, by=agent, at=LATER)
    talk.record(complaint, kind=Kind.PLATFORM, note="平台介入", by=agent, at=LATER)
    talk.record(complaint, kind=Kind.REMEDIES, note="可拨打12315", by=agent, at=LATER)

    assert complaints.resolve(complaint, **unresolved, by=agent, at=LATER).outcome == "unresolved"


@pytest.mark.clause("EJAS 6.6.4")
@pytest.mark.parametrize(
    ("trained", "mediator", "held_up"),
    [(None, "", True), ("ethics", "", True), ("law", "", False), (None, "广州市消委会", False)],
)
def test_a_mediation_is_led_by_somebody_who_knows_the_law(agent, merchant, trained, mediator, held_up):
    complaint = complaints.verify(taken_on(agent, merchant), by=agent, at=AT)
    if trained:
        trainee = TraineeFactory(kind="staff", user=agent)
        TrainingRecordFactory(trainee=trainee, course=CourseFactory(topic=trained))
    talk.record(complaint, kind=Kind.MEDIATION, note="双方到场", mediator=mediator, by=agent, at=AT)

    found = RESOLUTION.inspect(complaint, on=AT.date()).blockers
    assert ("EJAS 6.6.4" in [finding.clause for finding in found]) is held_up
    assert (mediator in complaint.entries.get(kind=Kind.MEDIATION).text) is True


@pytest.mark.clause("EJAS 6.6.3")
@pytest.mark.parametrize("name", ["conclusion", "basis", "next_step"])
def test_an_answer_has_a_conclusion_its_basis_and_what_comes_next(agent, merchant, name):
    complaint = complaints.verify(taken_on(agent, merchant), by=agent, at=AT)

    with pytest.raises(Blocked, match=r"EJAS 6\.6\.3"):
        complaints.resolve(complaint, **REASONS | {name: " "}, by=agent, at=LATER)


def test_time_stands_still_while_the_consumer_is_asked(agent, merchant):
    complaint = taken_on(agent, merchant)
    talk.ask_consumer(complaint, note="请补一张外包装照片。", by=agent, at=AT)
    assert (complaint.turn, running(complaint)["complaint_resolve"]) == (Turn.CONSUMER, "paused")

    talk.say(complaint, text="照片在此。", file=pdf(), at=LATER)
    assert (complaint.turn, running(complaint)["complaint_resolve"]) == (Turn.AGENCY, "running")
    assert whole(complaint)


@pytest.mark.clause("GDAS 5.3.2 d", "DB4401 6.4.2 e")
def test_what_is_not_ours_is_handed_on_and_followed(agent):
    complaint = intake.receive(new(), by=agent, at=AT)
    intake.redirect(complaint, to="平台客服", note="购自他人直播间", by=agent, at=AT)
    with pytest.raises(Blocked, match=r"GDAS 5\.3\.2 d"):
        complaints.close(complaint, by=agent, at=LATER)
    intake.follow(complaint, note="平台已退款。", by=agent, at=LATER)

    assert complaints.close(complaint, by=agent, at=LATER).state == State.CLOSED
    assert [entry.for_consumer for entry in complaint.entries.all()] == [True, True, True, True]


def test_a_duplicate_becomes_part_of_the_earlier_one(agent, merchant):
    first = taken_on(agent, merchant)
    second = intake.receive(new(merchant=merchant), by=agent, at=AT)
    with pytest.raises(Refused, match="自身"):
        intake.merge(second, into=second, by=agent, at=AT)
    intake.merge(second, into=first, by=agent, at=LATER)

    assert (second.state, second.merged_into, second.turn) == (State.MERGED, first, "")
    assert [whole(first), whole(second)] == [True, True]


def test_who_may_not_merge_learns_nothing_of_the_other_complaint(merchant):
    over = ComplaintFactory(state=State.WITHDRAWN)
    stranger = MerchantUserFactory(merchant=merchant)
    with pytest.raises(Denied):
        intake.merge(ComplaintFactory(merchant=merchant), into=over, by=stranger, at=AT)


def test_a_closed_complaint_is_taken_up_again_and_asks_for_its_steps_anew(agent, merchant):
    complaint = taken_on(agent, merchant, nature=Nature.PROMISE)
    complaints.verify(complaint, by=agent, at=AT)
    for kind in (Kind.CONTACT, Kind.FACTS, Kind.SOLUTION):
        talk.record(complaint, kind=kind, note="已办理并记录。", by=agent, at=AT)
    complaints.resolve(complaint, **REASONS, by=agent, at=AT)
    complaints.answer(complaint, ways=["phone"], by=agent, at=AT)
    complaints.reopen(complaint, note="退款没有到账", by=None, at=LATER)
    assert (complaint.state, complaint.reopened, complaint.outcome) == (State.ACCEPTED, 1, "")

    complaints.verify(complaint, by=agent, at=LATER)
    with pytest.raises(Blocked):
        complaints.resolve(complaint, **REASONS, by=agent, at=LATER)


def test_closing_without_a_call_back_says_why(agent, merchant):
    complaint = ComplaintFactory(state=State.ANSWERED, merchant=merchant)
    with pytest.raises(ValidationError, match="原因"):
        complaints.close(complaint, by=agent, at=LATER)

    assert complaints.close(complaint, note="三次未接通", by=agent, at=LATER).state == State.CLOSED


@pytest.mark.parametrize("state", [State.CLOSED, State.ANSWERED])
def test_what_is_over_is_not_accepted(agent, state):
    with pytest.raises(WrongState):
        intake.accept(ComplaintFactory(state=state), by=agent, at=LATER)
