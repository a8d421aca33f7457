"""What a rule set makes of counts, and what it must have itself."""

from decimal import Decimal

import pytest

from aftersales.models import Component, Measure, ScoreBand, ScoreRuleSet, ScoreStep
from aftersales.rules.counts import Counts
from aftersales.rules.score import SCORING, score
from tests.factories import DAY
from tests.factories.scores import BANDS, STEPS

GOOD = {"orders": 1000, "due": 1000, "late": 10, "complaints": 1, "returns": 50}
VOICED = {"resolved": 1, "resolve_seconds": 36_000, "reviews": 10, "stars": Decimal(49)}


def rule_set(**given):
    """A rule set with its parts in hand, unsaved."""
    weights = dict(zip(STEPS, (30, 25, 15, 15, 15), strict=True))
    made = ScoreRuleSet(name="规则", **{f"weight_{name}": weight for name, weight in weights.items()})
    parts = {
        "steps": [
            ScoreStep(component=component, at_least=Decimal(at_least), points=points)
            for component, steps in STEPS.items()
            for at_least, points in steps
        ],
        "bands": [
            ScoreBand(name=name, at_least=Decimal(points), measure=measure) for name, points, measure in BANDS
        ],
    }
    made.pk = 1
    made._prefetched_objects_cache = parts | given
    return made


@pytest.mark.clause("DB4401 5.6.3.11", "GDAS 5.3.3 b")
@pytest.mark.parametrize(
    ("counts", "total", "band"),
    [
        (GOOD | VOICED, "100.00", "优秀"),
        # Nothing was said: what is known makes up the score, and silence is neither good nor bad.
        (GOOD, "100.00", "优秀"),
        (GOOD | VOICED | {"late": 80}, "88.00", "优秀"),
        (GOOD | VOICED | {"late": 200, "complaints": 12}, "45.00", "不合格"),
        # Not upheld, they count for nothing.
        (GOOD | VOICED | {"complaints": 12, "unfounded": 12}, "100.00", "优秀"),
        (GOOD | VOICED | {"late": 80, "complaints": 5, "returns": 250}, "72.00", "预警"),
    ],
)
def test_a_score_follows_from_its_components(counts, total, band):
    result = score(rule_set(), Counts(**counts))
    assert (f"{result.total}", result.band) == (total, band)
    assert sum(Decimal(line["weighted"] or 0) for line in result.lines) == pytest.approx(
        result.total, abs=Decimal("0.05")
    )


@pytest.mark.parametrize(
    "counts",
    [
        {},
        GOOD | {"orders": 19},
        # Shipping alone weighs 30 of a hundred.
        {"orders": 0, "due": 500, "reviews": 3, "stars": Decimal(15)},
    ],
)
def test_without_data_enough_nobody_is_rated(counts):
    result = score(rule_set(), Counts(**counts))
    assert (result.total, result.band, result.measure) == (None, "", Measure.NONE)
    assert len(result.lines) == len(Component)


def clauses(made):
    return [finding.clause for finding in SCORING.findings(made, DAY)]


@pytest.mark.clause("DB4401 6.4.1 e", "DB4401 6.4.1 f", "DB4401 5.6.3.11")
def test_a_rule_set_rates_everybody_and_does_something_about_the_worst():
    assert clauses(rule_set()) == []
    assert clauses(rule_set(steps=[])) == ["DB4401 6.4.1 e"] * 5
    one = ScoreBand(name="好", at_least=Decimal(0), measure=Measure.WARN)
    assert clauses(rule_set(bands=[one])) == ["DB4401 5.6.3.11"]
    idle = [ScoreBand(name=name, at_least=Decimal(points)) for name, points in (("好", 60), ("差", 0))]
    assert clauses(rule_set(bands=idle)) == ["DB4401 6.4.1 f"]


def test_counts_add_up():
    both = Counts(orders=1, answer_seconds=3600, answered=1) + Counts(orders=2, answered=1)
    assert (both.orders, both.answer_hours) == (3, Decimal("0.50"))
    assert Counts().complaint_rate is None
