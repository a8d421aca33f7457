"""The shipped conduct data: the standards' codes with their tariffs, the thresholds, a first rule set."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from mcn.kit import records
from streamers.models import (
    ConductThreshold,
    TierBand,
    TierGrade,
    TierRuleSet,
    ViolationCode,
    ViolationTariff,
)
from streamers.rules.conduct import listed

DATA = Path(__file__).parent.parent / "data"
START = datetime.date(2000, 1, 1)
SOURCE = "机构默认值"
Kind = ConductThreshold.Kind
THRESHOLDS = [
    {"kind": Kind.REMIND, "points": 6, "automatic": True, "hold_days": None},
    {"kind": Kind.HOLD, "points": 12, "automatic": True, "hold_days": 30},
    {"kind": Kind.BLACKLIST, "points": 24, "automatic": False, "hold_days": None},
]


def read(name):
    """The rows of one shipped file as dicts."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def sync_conduct(*, at):
    """Add what is shipped and not there; what staff changed or added stays."""
    _sync_codes(at)
    if not ConductThreshold.objects.exists():
        made = [ConductThreshold(valid_from=START, source=SOURCE, **row) for row in THRESHOLDS]
        records.save_many(made, by=None, at=at, verb="ship")
    if not TierRuleSet.objects.exists():
        _ship_rule_set(at)


def _sync_codes(at):
    told = listed()
    known = set(ViolationCode.objects.values_list("clause", flat=True))
    missing = {row["clause"]: row for row in read("violation_codes") if row["clause"] not in known}
    codes = [
        ViolationCode(
            clause=clause,
            name=missing[clause]["name"] or row["title"],
            told=row["told"],
            place=place,
        )
        for place, (clause, row) in enumerate(told.items(), start=1)
        if clause in missing
    ]
    records.save_many(codes, by=None, at=at, verb="ship")
    tariffs = [
        ViolationTariff(
            code=code,
            valid_from=START,
            severity=missing[code.clause]["severity"],
            points=int(missing[code.clause]["points"]),
            action=missing[code.clause]["action"],
            source=SOURCE,
        )
        for code in codes
    ]
    records.save_many(tariffs, by=None, at=at, verb="ship")


def _ship_rule_set(at):
    rule_set = TierRuleSet(
        name="主播分级规则",
        valid_from=START,
        weight_followers=25,
        weight_sales=35,
        weight_orientation=20,
        weight_violations=20,
        source=f"DB4401 5.4.3.2 e；{SOURCE}",
        state=TierRuleSet.State.ADOPTED,
    )
    records.save(rule_set, by=None, at=at, verb="ship")
    bands = [
        TierBand(
            rule_set=rule_set,
            component=row["component"],
            at_least=Decimal(row["at_least"]),
            points=int(row["points"]),
        )
        for row in read("tier_bands")
    ]
    records.save_many(bands, by=None, at=at, verb="ship")
    grades = [
        TierGrade(
            rule_set=rule_set,
            grade=row["grade"],
            at_least=Decimal(row["at_least"]) if row["at_least"] else None,
            training_plan=row["training_plan"],
            training_hours=int(row["training_hours"]),
            script_review=row["script_review"] == "yes",
            recording_share=int(row["recording_share"]),
            management=row["management"],
        )
        for row in read("tier_grades")
    ]
    records.save_many(grades, by=None, at=at, verb="ship")
