"""Making a show ready: recorded, superseded later, refused to whoever may not and when it is too late."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit import records
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import cast_review, identity_report, rehearsal, script, show_check
from streamers.actions.show_check import Answer
from streamers.models import CastReview, IdentityReport, Rehearsal, Script, Show, ShowCheck
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.preparation import ALL_RIGHT, WORDS, ScriptFactory
from tests.factories.shows import ShowFactory
from tests.factories.streamers import StreamerFactory

ONE = datetime.timedelta(days=1)


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


@pytest.fixture
def show():
    return ShowFactory(prepared=False)


def row_of(model, show):
    """A row that nothing is wrong with."""
    if model is CastReview:
        return CastReview(
            show=show,
            streamer=show.cast.get().streamer,
            product=show.items.get().product,
            answers=ALL_RIGHT,
        )
    return {
        Script: lambda: Script(show=show, text=WORDS),
        Rehearsal: lambda: Rehearsal(show=show, held_at=AT, with_cast=True, outcome="passed"),
        IdentityReport: lambda: IdentityReport(show=show, reported_on=DAY, receipt="SF-1"),
    }[model]()


RECORD = {
    CastReview: lambda row, by: cast_review.review(row, pdf(), by=by, at=AT),
    Script: lambda row, by: script.add(row, by=by, at=AT),
    Rehearsal: lambda row, by: rehearsal.record(row, by=by, at=AT),
    IdentityReport: lambda row, by: identity_report.record(row, by=by, at=AT),
}
every_record = pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)


@pytest.mark.clause("LSEC 30", "DB4401 5.6.3.6")
def test_items_are_looked_through_in_one_go_and_a_later_answer_supersedes(show, operator):
    answers = [Answer(item, file=pdf() if item == "venue" else None) for item in ShowCheck.Item]
    made = show_check.check(show, answers=answers, by=operator, at=AT)
    assert (len(made), made[0].checked_by, made[0].document.latest.name) == (9, operator, "scan.pdf")

    show_check.check(show, answers=[Answer("set", "bad", "背景板有绝对化用语")], by=operator, at=AT)

    standing = ShowCheck.objects.filter(show=show, superseded_at=None)
    assert (standing.count(), standing.get(item="set").outcome) == (9, "bad")
    assert ShowCheck.objects.filter(show=show).count() == 10


@pytest.mark.parametrize(
    "answer",
    [
        Answer("set", "bad"),
        Answer("props", "not_applicable"),
        Answer("venue", "not_applicable", "无"),
        Answer("weather"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(show, operator, answer):
    with pytest.raises(ValidationError) as no:
        show_check.check(show, answers=[answer], by=operator, at=AT)
    assert list(no.value.message_dict) == [answer.item]


@pytest.mark.clause("DB4401 5.2.2.5")
def test_a_streamer_reviews_without_a_paper_and_staff_with_one(show, operator):
    streamer = show.cast.get().streamer
    streamer.user = UserFactory()
    records.save(streamer, by=None, at=AT)

    first = cast_review.review(row_of(CastReview, show), by=streamer.user, at=AT)
    assert (first.outcome, first.reviewed_by) == ("good", streamer.user)
    with pytest.raises(ValidationError, match="签字"):
        cast_review.review(row_of(CastReview, show), by=operator, at=AT)
    found_wrong = row_of(CastReview, show)
    found_wrong.answers = ALL_RIGHT | {"price": "bad"}
    with pytest.raises(ValidationError, match="哪里不符"):
        cast_review.review(found_wrong, pdf(), by=operator, at=AT)
    found_wrong.note = "与样品标价不符"
    cast_review.review(found_wrong, pdf(), by=operator, at=AT)
    assert CastReview.objects.get(show=show, superseded_at=None).outcome == "bad"


@pytest.mark.parametrize(
    "answers",
    [{}, {"price": "good"}, ALL_RIGHT | {"price": "not_applicable"}, ALL_RIGHT | {"uses": "perhaps"}, "good"],
)
@pytest.mark.clause("DB4401 5.2.2.5")
def test_a_review_answers_every_aspect(show, operator, answers):
    row = row_of(CastReview, show)
    row.answers = answers
    with pytest.raises(ValidationError) as no:
        cast_review.review(row, pdf(), by=operator, at=AT)
    assert "answers" in no.value.message_dict


def test_nobody_reviews_for_a_show_that_they_are_not_in_or_goods_that_are_not_shown(show, operator):
    other = StreamerFactory(user=UserFactory())
    row = row_of(CastReview, show)
    row.streamer = other
    with pytest.raises(Refused, match="不在本场直播的主播名单"):
        cast_review.review(row, by=other.user, at=AT)
    with pytest.raises(Denied):
        cast_review.review(row_of(CastReview, show), by=other.user, at=AT)
    row = row_of(CastReview, show)
    row.product = ShowFactory(prepared=False).items.get().product
    with pytest.raises(Refused, match="不在本场直播的排品表"):
        cast_review.review(row, pdf(), by=operator, at=AT)


@pytest.mark.clause("LSEC 30", "DB4401 5.4.3.1 c")
def test_a_script_is_approved_by_another_and_frozen(show, operator, officer):
    first = script.add(row_of(Script, show), by=operator, at=AT)
    with pytest.raises(ValidationError, match="未完成的版本"):
        script.add(row_of(Script, show), by=operator, at=AT)
    script.submit(first, by=operator, at=AT)
    with pytest.raises(WrongState):
        script.change(first, by=operator, at=AT)
    manager = StaffFactory(role="streamer_manager")
    script.withdraw(first, by=operator, at=AT)
    script.submit(first, by=manager, at=AT)
    with pytest.raises(Denied):
        script.approve(first, by=manager, at=AT)
    script.approve(first, by=officer, at=AT)

    first.text = "全网最低价"
    with pytest.raises(ValidationError, match="新"):
        records.save(first, by=operator, at=AT)
    second = script.add(row_of(Script, show), by=operator, at=AT)
    script.submit(second, by=operator, at=AT)
    script.approve(second, by=officer, at=AT)
    assert list(Script.objects.order_by("number").values_list("number", "state")) == [
        (1, "superseded"),
        (2, "approved"),
    ]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("本款饼干能治疗失眠，根治便秘。", "LSEC 30"),
        ("本场保证销售额破百万。", "DB4401 5.4.3.1 b"),
        ("想更便宜的加我微信，私下转账给你低价。", "DB4401 5.6.3.5"),
    ],
)
@pytest.mark.clause("LSEC 30", "DB4401 5.4.3.1 b", "DB4401 5.6.3.5")
def test_a_script_with_a_banned_word_is_not_approved(show, operator, officer, text, clause):
    draft = ScriptFactory(show=show, text=text)
    script.submit(draft, by=operator, at=AT)
    assert draft.hits
    with pytest.raises(Blocked) as no:
        script.approve(draft, by=officer, at=AT)
    assert {finding.clause for finding in no.value.findings} == {clause}
    script.send_back(draft, note="请删去", by=officer, at=AT)
    assert (draft.state, draft.comment, draft.decided_by) == ("returned", "请删去", officer)


def test_a_script_about_goods_that_are_not_shown_is_refused(show, operator):
    row = row_of(Script, show)
    row.product = ShowFactory(prepared=False).items.get().product
    with pytest.raises(ValidationError, match="排品表"):
        script.add(row, by=operator, at=AT)


@pytest.mark.parametrize(
    ("verb", "states"),
    [
        ("submit", ["submitted", "approved", "superseded"]),
        ("withdraw", ["draft", "approved", "returned", "superseded"]),
        ("approve", ["draft", "approved", "returned", "superseded"]),
        ("send_back", ["draft", "approved", "returned", "superseded"]),
    ],
)
def test_a_script_moves_only_from_the_right_state(show, verb, states):
    row = ScriptFactory(show=show)
    for state in states:
        row.state = state
        records.save(row, by=None, at=AT)
        given = {"note": "x"} if verb == "send_back" else {}
        with pytest.raises(WrongState):
            getattr(script, verb)(row, **given, by=None, at=AT)


@pytest.mark.clause("DB4401 5.4.3.1 c", "LSEC 28")
@pytest.mark.parametrize("model", [Rehearsal, IdentityReport], ids=lambda model: model.__name__)
def test_the_last_one_counts(show, operator, model):
    for _number in range(2):
        RECORD[model](row_of(model, show), operator)
    assert (model.objects.count(), model.objects.filter(superseded_at=None).count()) == (2, 1)


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Rehearsal, {"held_at": AT + ONE}, "held_at"),
        (Rehearsal, {"outcome": "failed"}, "found"),
        (IdentityReport, {"reported_on": DAY + ONE}, "reported_on"),
        (IdentityReport, {"receipt": ""}, "receipt"),
    ],
)
def test_a_record_that_cannot_be_is_refused(show, operator, model, values, field):
    row = row_of(model, show)
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as no:
        RECORD[model](row, operator)
    assert list(no.value.message_dict) == [field]


@pytest.mark.clause("LSEC 28")
def test_nobody_is_reported_where_nobody_is_cast(operator):
    empty = ShowFactory(prepared=False, cast=False, items=0)
    with pytest.raises(Refused, match="尚未安排主播"):
        identity_report.record(row_of(IdentityReport, empty), by=operator, at=AT)


@every_record
def test_nothing_is_made_ready_for_a_show_that_is_on_air_nor_by_who_may_not(show, operator, model):
    with pytest.raises(Denied):
        RECORD[model](row_of(model, show), StaffFactory(role="auditor"))
    show.state = Show.State.LIVE
    records.save(show, by=None, at=AT)
    with pytest.raises(WrongState):
        RECORD[model](row_of(model, show), operator)
    with pytest.raises(WrongState):
        show_check.check(show, answers=[Answer("venue")], by=operator, at=AT)
