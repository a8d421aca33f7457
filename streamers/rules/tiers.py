"""Tiers: what a rule set makes of a streamer's figures, and what a tier asks of the rest of the product."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.standards.checks import Rulebook, clause
from streamers.models import Component, TierAssessment, TierRuleSet

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Result:
    """What a rule set gave: a line for each component, and the total and tier if no figure was missing."""

    lines: list
    total: Decimal | None
    grade: str


def in_force(on):
    """The adopted rule set with the latest effect not after a day, with its bands and tiers, or None."""
    adopted = TierRuleSet.objects.filter(state=TierRuleSet.State.ADOPTED, valid_from__lte=on)
    return adopted.order_by("-valid_from").prefetch_related("bands", "grades").first()


def assess(rule_set, inputs):
    """Rate the inputs (``{component: number or None}``); where one is missing there is no total, no tier."""
    lines = [_line(rule_set, component, inputs.get(component)) for component in Component]
    if any(line["points"] is None for line in lines):
        return Result(lines, None, "")
    total = sum((Decimal(line["weighted"]) for line in lines), Decimal())
    return Result(lines, total, _grade(rule_set, total))


def _line(rule_set, component, value):
    """One component as it is kept and shown; numbers as text, so that they stay exact."""
    weight = rule_set.weight(component)
    band = None if value is None else _band(rule_set, component, value)
    line = {"component": component.value, "input": None, "at_least": None, "weight": weight}
    if band is None:
        return line | {"points": None, "weighted": None}
    weighted = (Decimal(weight) * band.points / 100).quantize(CENT, ROUND_HALF_UP)
    found = {"input": f"{Decimal(value):f}", "at_least": f"{band.at_least:f}"}
    return line | found | {"points": band.points, "weighted": f"{weighted:f}"}


def _band(rule_set, component, value):
    bands = [band for band in rule_set.bands.all() if band.component == component and band.at_least <= value]
    return max(bands, key=lambda band: band.at_least, default=None)


def _grade(rule_set, total):
    rated = [row for row in rule_set.grades.all() if row.grade and row.at_least <= total]
    return max(rated, key=lambda row: row.at_least).grade


@dataclass(frozen=True)
class Measures:
    """What a tier asks for: training, scripts looked at beforehand, the share of recordings looked at."""

    grade: str
    training_plan: str
    training_hours: int
    script_review: bool
    recording_share: int
    management: str
    assessment: Any = None


# Where no rule set says otherwise, somebody who is not rated is watched most closely.
UNRATED = Measures("", "", 0, True, 100, "")


def measures_of(streamer, on):
    """The measures for a streamer on a day: of the tier in force then, else of those who are not rated."""
    assessment = current(streamer, on)
    rule_set = assessment.rule_set if assessment else in_force(on)
    if rule_set is None:
        return UNRATED
    grade = assessment.grade if assessment else ""
    for row in rule_set.grades.all():
        if row.grade == grade:
            return Measures(
                row.grade,
                row.training_plan,
                row.training_hours,
                row.script_review,
                row.recording_share,
                row.management,
                assessment,
            )
    return UNRATED


def current(streamer, on):
    """The assessment whose tier is in force on a day, or None."""
    decided = TierAssessment.objects.filter(
        streamer=streamer, state__in=TierAssessment.DECIDED, effective_on__lte=on
    )
    return (
        decided.select_related("rule_set")
        .prefetch_related("rule_set__grades")
        .order_by("-month", "-id")
        .first()
    )


@clause("DB4401 5.4.3.2 e", level="shall")
def gives_points_from_nothing_on(rule_set, on):
    """Every component has a band that begins at 0, so that each figure falls into one."""
    begin = {band.component for band in rule_set.bands.all() if band.at_least == 0}
    for component in Component:
        if component not in begin:
            yield rule_set, _("%(component)s: no band begins at 0.") % {"component": component.label}


@clause("DB4401 5.4.3.2 e", level="shall")
def has_tiers_for_everybody(rule_set, on):
    """There is a tier from 0 points on, a second one, and a line for those who are not rated."""
    rows = list(rule_set.grades.all())
    rated = [row for row in rows if row.grade]
    if len(rated) < 2 or all(row.at_least for row in rated):
        yield rule_set, _("There must be at least two tiers, the lowest from 0 points on.")
    if len(rated) == len(rows):
        yield rule_set, _("The measures for those who are not rated are missing.")


@clause("DB4401 5.4.3.2 e", "DB4401 5.6.3.8")
def watches_the_influential_more(rule_set, on):
    """The scripts of the highest tier are reviewed beforehand."""
    rated = sorted((row for row in rule_set.grades.all() if row.grade), key=lambda row: row.at_least)
    if rated and not rated[-1].script_review:
        yield rated[-1], _("The highest tier should have its scripts reviewed beforehand.")


def page(row):
    """Where a rule set, or the one of a part of it, is read."""
    return reverse("admin:streamers_tierruleset_change", args=[getattr(row, "rule_set_id", row.pk)])


ADOPTION = Rulebook(
    "tier_adoption",
    gettext_lazy("tier rules"),
    [gives_points_from_nothing_on, has_tiers_for_everybody, watches_the_influential_more],
    lambda rule_sets: rule_sets.prefetch_related("bands", "grades"),
    mend=page,
    subjects=lambda: TierRuleSet.objects.filter(state=TierRuleSet.State.ADOPTED),
)
