"""Tier rule sets: drafted, adopted by somebody else, frozen from then on, withdrawn."""

from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState
from streamers.models import TierRuleSet
from streamers.rules.tiers import ADOPTION

State = TierRuleSet.State


def draft(rule_set, *, by, at):
    """Enter a rule set, or change one that is still a draft."""
    moves.require_may(by, "change" if rule_set.pk else "add", rule_set)
    if rule_set.pk:
        require_draft(moves.lock(rule_set))
    else:
        rule_set.drafted_by = by
    return records.save(rule_set, by=by, at=at)


def change_part(part, *, by, at):
    """Enter or change a band or a tier of a rule set that is still a draft."""
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
        ADOPTION.inspect(locked, on=business_day(at)).require()
        locked.adopted_by = by
    return rule_set


def withdraw(rule_set, *, note, by, at):
    """Take a rule set out of use, with the reason; what was assessed by it stays."""
    with moves.move(rule_set, "withdraw", by=by, at=at, note=note):
        said(note)
    return rule_set


def copy(rule_set, *, name, valid_from, by, at):
    """Make a draft like an existing rule set, to be changed and adopted from a day on."""
    fields = ["weight_followers", "weight_sales", "weight_orientation", "weight_violations", "source"]
    made = TierRuleSet(
        name=name, valid_from=valid_from, **{field: getattr(rule_set, field) for field in fields}
    )
    draft(made, by=by, at=at)
    for part in [*rule_set.bands.all(), *rule_set.grades.all()]:
        part.pk, part.version, part.rule_set = None, 0, made
        part._state.adding = True
        records.save(part, by=by, at=at)
    return made
