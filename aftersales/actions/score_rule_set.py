"""Score rule sets: drafted, adopted by somebody else, frozen from then on, withdrawn; and the shipped one."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

from aftersales.models import Measure, ScoreBand, ScoreRuleSet, ScoreStep
from aftersales.rules.score import SCORING
from mcn.kit import records, rule_sets
from mcn.kit.rule_sets import change_part, copy, draft, withdraw

__all__ = ["adopt", "change_part", "copy", "draft", "sync_scores", "withdraw"]
State = ScoreRuleSet.State
STEPS = Path(__file__).parents[1] / "data" / "score_steps.csv"
START = datetime.date(2000, 1, 1)
BANDS = [
    ("优秀", 85, Measure.NONE),
    ("良好", 70, Measure.NONE),
    ("预警", 50, Measure.WARN),
    ("不合格", 0, Measure.HOLD),
]


def adopt(rule_set, *, by, at, note=""):
    """Let a rule set take effect from its day on, when nothing is missing in it; not by who drafted it."""
    return rule_sets.adopt(rule_set, SCORING, by=by, at=at, note=note)


def sync_scores(*, at):
    """Ship a first rule set where there is none; what staff changed or added stays."""
    if ScoreRuleSet.objects.exists():
        return
    rule_set = ScoreRuleSet(
        name="商家服务评分规则",
        valid_from=START,
        weight_shipping=30,
        weight_complaints=25,
        weight_resolution=15,
        weight_returns=15,
        weight_ratings=15,
        source="DB4401 5.6.3.11、6.4.1 e；机构默认值",
        state=State.ADOPTED,
    )
    records.save(rule_set, by=None, at=at, verb="ship")
    with STEPS.open(encoding="utf-8", newline="") as file:
        steps = [
            ScoreStep(
                rule_set=rule_set,
                component=row["component"],
                at_least=Decimal(row["at_least"]),
                points=int(row["points"]),
            )
            for row in csv.DictReader(file)
        ]
    bands = [
        ScoreBand(rule_set=rule_set, name=name, at_least=Decimal(points), measure=measure)
        for name, points, measure in BANDS
    ]
    records.save_many(steps, by=None, at=at, verb="ship")
    records.save_many(bands, by=None, at=at, verb="ship")
