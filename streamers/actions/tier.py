"""Tier rule sets: drafted, adopted by somebody else, frozen from then on, withdrawn."""

from mcn.kit import rule_sets
from mcn.kit.rule_sets import change_part, copy, draft, withdraw
from streamers.rules.tiers import ADOPTION

__all__ = ["adopt", "change_part", "copy", "draft", "withdraw"]


def adopt(rule_set, *, by, at, note=""):
    """Let a rule set take effect from its day on, when nothing is missing in it; not by who drafted it."""
    return rule_sets.adopt(rule_set, ADOPTION, by=by, at=at, note=note)
