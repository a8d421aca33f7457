"""What stands open because of a streamer's conduct, as HOSTING finds it."""

import datetime

import pytest

from streamers.models import ConductMeasure, Correction, Streamer
from streamers.rules.conduct import (
    CHECKS,
    PREFETCH,
    answers_for_its_points,
    corrects_in_time,
    keeps_a_good_record,
    listed,
)
from streamers.rules.hosting import HOSTING
from tests.factories import DAY
from tests.factories.conduct import (
    ConductMeasureFactory,
    ConductThresholdFactory,
    CorrectionFactory,
    ViolationCodeFactory,
    ViolationFactory,
)


def found(check, streamer, on=DAY):
    loaded = Streamer.objects.prefetch_related(*PREFETCH).get(pk=streamer.pk)
    return [row for row, *_told in check(loaded, on)]


@pytest.mark.clause("DB4401 5.6.3.8", "DB4401 5.4.3.2 d", "LSMS 7.4.2")
def test_points_that_call_for_a_hold_block_until_somebody_decides():
    measure = ConductMeasureFactory()
    streamer = measure.streamer
    reminder = ConductMeasureFactory(threshold=ConductThresholdFactory(kind="remind"))
    decided = ConductMeasureFactory(state=ConductMeasure.State.SET_ASIDE)

    assert found(answers_for_its_points, streamer) == [measure]
    assert found(answers_for_its_points, reminder.streamer) == []
    assert found(answers_for_its_points, decided.streamer) == []
    assert "违规累计 12 分" in str(HOSTING.inspect(streamer, on=DAY).blockers[0].message)


@pytest.mark.clause("DB4401 5.4.3.2 d")
@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_correction_blocks_from_the_day_after_its_last(days, late):
    correction = CorrectionFactory()
    on = correction.due_on + datetime.timedelta(days=days)

    assert bool(found(corrects_in_time, correction.streamer, on)) == late
    assert HOSTING.inspect(correction.streamer, on=on).blockers != [] or not late


def test_a_closed_correction_does_not_block():
    correction = CorrectionFactory(state=Correction.State.CLOSED, result="已更正")
    assert found(corrects_in_time, correction.streamer, DAY + datetime.timedelta(days=30)) == []


@pytest.mark.parametrize(
    "clause", [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in listed()]
)
def test_each_code_has_a_check_that_tells_its_violations(clause):
    (check,) = [check for check in CHECKS if clause in check.clauses]
    violation = ViolationFactory(code=ViolationCodeFactory(clause=clause), confirmed=True)
    reported = ViolationFactory(code=violation.code)

    told = HOSTING.inspect(violation.streamer, on=DAY).warnings
    assert (clause, violation) in [(finding.clause, finding.subject) for finding in told]
    assert found(check, violation.streamer) == [violation]
    assert found(check, violation.streamer, violation.lapses_on) == []
    assert found(check, reported.streamer) == []
    assert check.level == "should"


@pytest.mark.clause("LSMS 5.4")
def test_what_is_serious_stands_on_the_record():
    grave = ViolationFactory(confirmed=True)
    minor = ViolationFactory(confirmed=True, severity="minor")

    assert found(keeps_a_good_record, grave.streamer) == [grave]
    assert found(keeps_a_good_record, minor.streamer) == []


def test_six_streamers_are_inspected_in_as_many_queries_as_one(django_assert_max_num_queries):
    def inspect():
        with django_assert_max_num_queries(60) as asked:
            HOSTING.inspect_many(Streamer.objects.all(), on=DAY)
        return len(asked)

    CorrectionFactory()
    ConductMeasureFactory()
    one = inspect()
    for _ in range(5):
        CorrectionFactory()
        ConductMeasureFactory()

    assert inspect() == one
