"""Rules that come as a set with effect from a day: drafted, adopted by somebody else, frozen from then on."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves, said
from mcn.kit.records import Record
from mcn.kit.refusal import WrongState


class RuleSet(Record):
    """What every rule set has: ``weight_<component>`` in percent, settings, and parts with a ``rule_set``."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        ADOPTED = "adopted", pgettext_lazy("rule set", "adopted")
        WITHDRAWN = "withdrawn", pgettext_lazy("rule set", "withdrawn")

    MOVES = Moves(
        adopt=([State.DRAFT], State.ADOPTED),
        withdraw=([State.DRAFT, State.ADOPTED], State.WITHDRAWN),
    )
    SETTINGS: ClassVar[list[str]] = []
    PARTS: ClassVar[list[str]] = []

    name = models.CharField(gettext_lazy("name"), max_length=60)
    valid_from = models.DateField(gettext_lazy("with effect from"))
    source = models.CharField(
        gettext_lazy("source"), max_length=200, help_text=gettext_lazy("The decision it comes from.")
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    drafted_by = ActorField(gettext_lazy("drafted by"))
    adopted_by = ActorField(gettext_lazy("adopted by"))

    class Meta:
        abstract = True
        ordering = ["-valid_from", "-id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return f"{self.name} ({self.valid_from:%Y-%m-%d})"

    def weight(self, component):
        """The weight of a component in percent."""
        return getattr(self, f"weight_{component}")


def draft(rule_set, *, by, at):
    """Enter a rule set, or change one that is still a draft."""
    moves.require_may(by, "change" if rule_set.pk else "add", rule_set)
    if rule_set.pk:
        require_draft(moves.lock(rule_set))
    else:
        rule_set.drafted_by = by
    return records.save(rule_set, by=by, at=at)


def change_part(part, *, by, at):
    """Enter or change a part of a rule set that is still a draft."""
    moves.require_may(by, "change", part.rule_set)
    require_draft(moves.lock(part.rule_set))
    return records.save(part, by=by, at=at)


def require_draft(rule_set):
    """Refuse to touch what was adopted: a change is a new rule set."""
    if rule_set.state != RuleSet.State.DRAFT:
        raise WrongState(_("%(row)s is not a draft any more: make a new one.") % {"row": rule_set})


def adopt(rule_set, rulebook, *, by, at, note=""):
    """Let a rule set take effect from its day on, when its rulebook finds nothing; not by who drafted it."""
    with moves.move(rule_set, "adopt", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.drafted_by_id)
        rulebook.inspect(locked, on=business_day(at)).require()
        locked.adopted_by = by
    return rule_set


def withdraw(rule_set, *, note, by, at):
    """Take a rule set out of use, with the reason; what was worked out by it stays."""
    with moves.move(rule_set, "withdraw", by=by, at=at, note=note):
        said(note)
    return rule_set


def copy(rule_set, *, name, valid_from, by, at):
    """Make a draft like an existing rule set, to be changed and adopted from a day on."""
    kept = {field: getattr(rule_set, field) for field in ["source", *rule_set.SETTINGS]}
    made = draft(type(rule_set)(name=name, valid_from=valid_from, **kept), by=by, at=at)
    for parts in [list(getattr(rule_set, name).all()) for name in rule_set.PARTS]:
        for part in parts:
            part.pk, part.version, part.rule_set = None, 0, made
            part._state.adding = True
        records.save_many(parts, by=by, at=at)
    return made
