"""Score rule sets: drafted, adopted by somebody else, frozen from then on, withdrawn; and the shipped one."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from aftersales.models import Measure, ScoreBand, ScoreRuleSet, ScoreStep
from aftersales.rules.score import SCORING
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState

State = ScoreRuleSet.State
STEPS = Path(__file__).parents[1] / "data" / "score_steps.csv"
START = datetime.date(2000, 1, 1)
BANDS = [
    ("优秀", 85, Measure.NONE),
    ("良好", 70, Measure.NONE),
    ("预警", 50, Measure.WARN),
    ("不合格", 0, Measure.HOLD),
]


def draft(rule_set, *, by, at):
    """Enter a rule set, or change one that is still a draft."""
    moves.require_may(by, "change" if rule_set.pk else "add", rule_set)
    if rule_set.pk:
        require_draft(moves.lock(rule_set))
    else:
        rule_set.drafted_by = by
    return records.save(rule_set, by=by, at=at)


def change_part(part, *, by, at):
    """Enter or change a step or a band of a rule set that is still a draft."""
    moves.require_may(by, "change", part.rule_set)
    require_draft(moves.lock(part.rule_set))
    return records.save(part, by=by, at=at)


def require_draft(rule_set):
    """Refuse to touch what was adopted: a change is a new rule set."""
    if rule_set.state != State.DRAFT:
        raise WrongState(_("%(row)s is not a draft any more: make a new one.") % {"row": rule_set})


def adopt(rule_set, *, by, at, note=""):
    """Let a rule set take effect from its day on, when nothing is missing in it; not by who drafted it."""
    with moves.move(rule_set, "adopt", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.drafted_by_id)
        SCORING.inspect(locked, on=business_day(at)).require()
        locked.adopted_by = by
    return rule_set


def withdraw(rule_set, *, note, by, at):
    """Take a rule set out of use, with the reason; what was scored by it stays."""
    with moves.move(rule_set, "withdraw", by=by, at=at, note=note):
        said(note)
    return rule_set


def copy(rule_set, *, name, valid_from, by, at):
    """Make a draft like an existing rule set, to be changed and adopted from a day on."""
    fields = ["source", *ScoreRuleSet.SETTINGS]
    kept = {field: getattr(rule_set, field) for field in fields}
    made = draft(ScoreRuleSet(name=name, valid_from=valid_from, **kept), by=by, at=at)
    for parts in (list(rule_set.steps.all()), list(rule_set.bands.all())):
        for part in parts:
            part.pk, part.version, part.rule_set = None, 0, made
            part._state.adding = True
        records.save_many(parts, by=by, at=at)
    return made


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
