"""How complaints are dealt with, as everybody may read it: stages, deadlines, who answers for what.

Annex A of GDAS is an image that is not in the text we have: the flow is drawn from its 5.3.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models import Complaint, DeadlineRule
from aftersales.rules.deadline_rule import fits

State = Complaint.State
# The way of most complaints as a consumer sees it: a stage and the states in which it is the present one.
STAGES = [
    (pgettext_lazy("complaint", "handed in"), [State.RECEIVED]),
    (_("taken on"), [State.ACCEPTED]),
    (_("verified and negotiated"), [State.VERIFYING, State.NEGOTIATING, State.RESOLVED]),
    (pgettext_lazy("complaint", "answered"), [State.ANSWERED]),
    (_("call-back and end"), [State.CALLED_BACK, State.CLOSED]),
]
SHOWN = [
    DeadlineRule.Kind.COMPLAINT_ACCEPT,
    DeadlineRule.Kind.COMPLAINT_MERCHANT,
    DeadlineRule.Kind.COMPLAINT_RESOLVE,
    DeadlineRule.Kind.COMPLAINT_CALL_BACK,
    DeadlineRule.Kind.COMPLAINT_REDIRECT,
]


@dataclass(frozen=True)
class Stage:
    """One stage of a complaint's way: its name, and whether it is done, present or still to come."""

    label: Any
    done: bool
    present: bool


def stages(complaint):
    """The stages of a complaint; none where it left the usual way."""
    place = next((place for place, (_label, states) in enumerate(STAGES) if complaint.state in states), None)
    if place is None:
        return []
    over = complaint.state == State.CLOSED
    return [
        Stage(label, done=number < place or over, present=number == place and not over)
        for number, (label, _states) in enumerate(STAGES)
    ]


def deadlines(on):
    """The deadline rules of complaints in force on a day, the usual ones first."""
    rules = DeadlineRule.objects.filter(kind__in=SHOWN, valid_from__lte=on).order_by("-valid_from")
    newest = {}
    for rule in rules:
        place = (rule.kind, rule.channel, rule.nature, rule.urgency)
        facts = {name: getattr(rule, name) for name in DeadlineRule.FILTERS}
        if place not in newest and fits(rule, facts, on):
            newest[place] = rule
    urgencies = ["", "urgent", "critical"]
    return sorted(
        (rule for rule in newest.values() if not rule.channel and not rule.nature),
        key=lambda rule: (
            SHOWN.index(rule.kind),
            urgencies.index(rule.urgency) if rule.urgency in urgencies else len(urgencies),
        ),
    )


@dataclass(frozen=True)
class Box:
    """A step in the drawing: where its middle is, who does it, and what is done in it."""

    x: int
    y: int
    who: str
    text: Any
    node: str = ""

    @property
    def left(self):
        return self.x - WIDE // 2

    @property
    def top(self):
        return self.y - HIGH // 2


WIDE, HIGH = 168, 48
LEFT, MIDDLE, RIGHT = 94, 290, 486
CONSUMER, AGENCY, MERCHANT, OTHERS = "consumer", "agency", "merchant", "others"
BOXES = [
    Box(MIDDLE, 34, CONSUMER, _("Consumer complains"), "GDAS 5.3.2 c, 5.3.3 c"),
    Box(MIDDLE, 124, AGENCY, _("Received, numbered, ordered"), "EJAS 6.6.1"),
    Box(MIDDLE, 214, AGENCY, _("Ours to decide?")),
    Box(RIGHT, 214, OTHERS, _("Told, handed on, followed"), "GDAS 5.3.2 d"),
    Box(MIDDLE, 304, AGENCY, _("Accepted; facts verified")),
    Box(LEFT, 304, MERCHANT, _("Merchant answers"), "GDAS 5.3.2 b"),
    Box(MIDDLE, 394, AGENCY, _("Promise broken or damages?")),
    Box(RIGHT, 394, AGENCY, _("Contact, verify, joint plan"), "GDAS 5.3.2 e, 5.3.3 g"),
    Box(MIDDLE, 484, AGENCY, _("Negotiated")),
    Box(RIGHT, 484, OTHERS, _("Platform, mediation, 12315"), "GDAS 5.3.3 d"),
    Box(MIDDLE, 574, AGENCY, _("Answer with its basis"), "EJAS 6.6.3"),
    Box(MIDDLE, 664, AGENCY, _("Call-back: content?")),
    Box(MIDDLE, 754, AGENCY, _("Closed, file kept"), "EJAS 6.6.2"),
]
HALF_W, HALF_H = WIDE // 2, HIGH // 2
# Arrows as paths, with the word beside each and where it stands.
ARROWS = [
    *((f"M{MIDDLE} {y + HALF_H} V{y + 90 - HALF_H - 4}", "", 0, 0) for y in (34, 124, 304, 484, 574)),
    (f"M{MIDDLE} {214 + HALF_H} V{304 - HALF_H - 4}", _("yes"), MIDDLE + 8, 262),
    (f"M{MIDDLE + HALF_W} 214 H{RIGHT - HALF_W - 4}", _("no"), MIDDLE + HALF_W + 5, 208),
    (f"M{MIDDLE - HALF_W} 298 H{LEFT + HALF_W + 4}", "", 0, 0),
    (f"M{LEFT + HALF_W} 312 H{MIDDLE - HALF_W - 4}", "", 0, 0),
    (f"M{MIDDLE} {394 + HALF_H} V{484 - HALF_H - 4}", _("no"), MIDDLE + 8, 442),
    (f"M{MIDDLE + HALF_W} 394 H{RIGHT - HALF_W - 4}", _("yes"), MIDDLE + HALF_W + 5, 388),
    (f"M{RIGHT} {394 + HALF_H} V439 H{MIDDLE + 40} V{484 - HALF_H - 4}", "", 0, 0),
    (f"M{MIDDLE + HALF_W} 478 H{RIGHT - HALF_W - 4}", _("no"), MIDDLE + HALF_W + 5, 472),
    (f"M{RIGHT} {484 + HALF_H} V574 H{MIDDLE + HALF_W + 4}", "", 0, 0),
    (f"M{MIDDLE} {664 + HALF_H} V{754 - HALF_H - 4}", _("yes"), MIDDLE + 8, 712),
    (f"M{MIDDLE - HALF_W} 664 H6 V394 H{MIDDLE - HALF_W - 4}", _("no"), MIDDLE - HALF_W - 24, 658),
]


def drawn():
    """The boxes and arrows of the flow, as the page's drawing takes them."""
    return {
        "boxes": BOXES,
        "arrows": [{"path": path, "word": word, "x": x, "y": y} for path, word, x, y in ARROWS],
        "wide": WIDE,
        "high": HIGH,
    }
