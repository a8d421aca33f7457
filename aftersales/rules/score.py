"""What a rule set makes of a merchant's counts; and what a rule set must have before it is adopted."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Component, Measure, ScoreRuleSet
from aftersales.rules.counts import CENT
from mcn.standards.checks import Rulebook, clause

# The figure of each component, and how many rows it rests on.
FIGURES = {
    Component.SHIPPING: ("shipping", "due"),
    Component.COMPLAINTS: ("founded_rate", "orders"),
    Component.RESOLUTION: ("resolve_hours", "resolved"),
    Component.RETURNS: ("return_rate", "orders"),
    Component.RATINGS: ("rating", "reviews"),
}


@dataclass(frozen=True)
class Result:
    """What a rule set gave: a line for each component, and the score and band where there was data enough."""

    lines: list
    total: Decimal | None = None
    band: str = ""
    measure: str = Measure.NONE


def in_force(on):
    """The adopted rule set with the latest effect not after a day, with its steps and bands, or None."""
    adopted = ScoreRuleSet.objects.filter(state=ScoreRuleSet.State.ADOPTED, valid_from__lte=on)
    return adopted.order_by("-valid_from").prefetch_related("steps", "bands").first()


def score(rule_set, counts):
    """Score a merchant's counts.

    A component without data is left out and its weight goes to the others in proportion; with too few
    orders, or too little weight left, the merchant is not rated. So no data never counts as good.
    """
    lines = [_line(rule_set, component, counts) for component in Component]
    known = [line for line in lines if line["points"] is not None]
    weight = sum(line["weight"] for line in known)
    if counts.orders < rule_set.least_orders or weight < max(rule_set.least_weight, 1):
        return Result(lines)
    for line in known:
        line["weighted"] = f"{_part(line, weight):f}"
    points = sum(Decimal(line["weight"]) * line["points"] for line in known)
    total = (points / weight).quantize(CENT, ROUND_HALF_UP)
    band = max(
        (band for band in rule_set.bands.all() if band.at_least <= total), key=lambda band: band.at_least
    )
    return Result(lines, total, band.name, band.measure)


def _line(rule_set, component, counts):
    """One component as it is kept and shown; numbers as text, so that they stay exact."""
    name, of = FIGURES[component]
    figure = getattr(counts, name)
    line = {
        "component": component.value,
        "figure": None if figure is None else f"{figure:f}",
        "of": getattr(counts, of),
        "at_least": None,
        "weight": rule_set.weight(component),
        "points": None,
        "weighted": None,
    }
    step = None if figure is None else _step(rule_set, component, figure)
    return line if step is None else line | {"at_least": f"{step.at_least:f}", "points": step.points}


def _step(rule_set, component, figure):
    reached = [
        step for step in rule_set.steps.all() if step.component == component and step.at_least <= figure
    ]
    return max(reached, key=lambda step: step.at_least, default=None)


def _part(line, weight):
    return (Decimal(line["weight"]) * line["points"] / weight).quantize(CENT, ROUND_HALF_UP)


def explained(score):
    """The lines of a stored score with the words of their components, the costliest first."""
    lines = [line | {"label": Component(line["component"]).label} for line in score.lines]
    return sorted(lines, key=lambda line: -_cost(line))


def _cost(line):
    """The points of a hundred that a component takes from the score."""
    return line["weight"] * (100 - line["points"]) if line["points"] is not None else -1


def weakest(score):
    """The components that take most from a score, in words for who is told of it."""
    costly = [line for line in explained(score) if _cost(line) > 0][:2]
    return "；".join(
        _("%(component)s %(figure)s (%(points)s points)")
        % {"component": line["label"], "figure": line["figure"], "points": line["points"]}
        for line in costly
    )


@clause("DB4401 6.4.1 e", "DB4401 5.6.3.11", level="shall")
def gives_points_from_nothing_on(rule_set, on):
    """Every component has a step that begins at 0, so that each figure falls onto one."""
    begin = {step.component for step in rule_set.steps.all() if step.at_least == 0}
    for component in Component:
        if component not in begin:
            yield rule_set, _("%(component)s: no step begins at 0.") % {"component": component.label}


@clause("DB4401 5.6.3.11", "GDAS 5.3.3 b", level="shall")
def has_bands_for_everybody(rule_set, on):
    """There are two bands at least, the lowest from 0 points on."""
    bands = list(rule_set.bands.all())
    if len(bands) < 2 or all(band.at_least for band in bands):
        yield rule_set, _("There must be at least two bands, the lowest from 0 points on.")


@clause("DB4401 6.4.1 f", "GDAS 5.3.3 e", level="shall")
def does_something_about_the_worst(rule_set, on):
    """The lowest band carries at least a warning."""
    lowest = min(rule_set.bands.all(), key=lambda band: band.at_least, default=None)
    if lowest is not None and lowest.measure == Measure.NONE:
        yield lowest, _("The lowest band carries nothing: at least a warning is due.")


def page(row):
    """Where a rule set, or the one of a part of it, is read."""
    return reverse("admin:aftersales_scoreruleset_change", args=[getattr(row, "rule_set_id", row.pk)])


SCORING = Rulebook(
    "score_adoption",
    gettext_lazy("score rules"),
    [gives_points_from_nothing_on, has_bands_for_everybody, does_something_about_the_worst],
    lambda rule_sets: rule_sets.prefetch_related("steps", "bands"),
    mend=page,
    subjects=lambda: ScoreRuleSet.objects.filter(state=ScoreRuleSet.State.ADOPTED),
)
