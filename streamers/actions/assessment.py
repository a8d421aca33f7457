"""Assessing tiers: proposed once a month for everybody, approved or adjusted by people."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import add_months, business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Denied, Refused
from streamers.models import Streamer, TierAssessment
from streamers.rules.figures import inputs_of
from streamers.rules.tiers import assess, in_force

State = TierAssessment.State
AT_WORK = [Streamer.State.ACTIVE, Streamer.State.SUSPENDED]


def last_day(month):
    """The day as of which a month is assessed: its last."""
    return add_months(month.replace(day=1), 1) - datetime.timedelta(days=1)


def month_before(day):
    """The first day of the month before a day's."""
    return (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def assess_month(month, *, by, at):
    """Propose a tier for all at work who were let on camera by the month's end; again, it adds nothing."""
    month = month.replace(day=1)
    on = last_day(month)
    if on >= business_day(at):
        raise Refused(_("%(month)s is not over yet.") % {"month": f"{month:%Y-%m}"})
    if by is not None and not by.has_perm("streamers.add_tierassessment"):
        raise Denied(_("You may not assess tiers."))
    with transaction.atomic():
        rule_set = in_force(on)
        if rule_set is None:
            raise Refused(_("No tier rule set is in force on %(day)s.") % {"day": f"{on:%Y-%m-%d}"})
        known = TierAssessment.objects.filter(month=month).values("streamer")
        in_post = Streamer.objects.filter(state__in=AT_WORK, activated_on__lte=on)
        streamers = list(in_post.exclude(pk__in=known).order_by("pk"))
        inputs = inputs_of(streamers, on)
        made = [
            _fill(
                TierAssessment(streamer=streamer, month=month),
                rule_set,
                inputs[streamer.pk],
                by=by,
                at=at,
            )
            for streamer in streamers
        ]
        return records.save_many(made, by=by, at=at, verb="assess")


def reassess(assessment, *, by, at, note=""):
    """Propose anew from the figures as they are now, for instance when missing ones have come."""
    with moves.move(assessment, "reassess", by=by, at=at, note=note) as locked:
        on = last_day(locked.month)
        rule_set = in_force(on) or locked.rule_set
        _fill(locked, rule_set, inputs_of([locked.streamer], on)[locked.streamer_id], by=by, at=at)
    return assessment


def _fill(assessment, rule_set, inputs, *, by, at):
    result = assess(rule_set, inputs)
    assessment.rule_set, assessment.lines = rule_set, result.lines
    assessment.total, assessment.proposed = result.total, result.grade
    assessment.proposed_by, assessment.proposed_at = by, at
    return assessment


def approve(assessment, *, by, at, note=""):
    """Put the proposed tier, or that nobody could be rated, in force; not by who proposed it."""
    with moves.move(assessment, "approve", by=by, at=at, note=note) as locked:
        _decide(locked, locked.proposed, note, by=by, at=at)
    return assessment


def adjust(assessment, *, grade, note, by, at):
    """Put another tier in force with the reason; not by who proposed it, nor by who approved it."""
    with moves.move(assessment, "adjust", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.decided_by_id)
        known = locked.rule_set.grades.exclude(grade="").values_list("grade", flat=True)
        if grade not in known:
            raise ValidationError({"grade": _("The rule set has no such tier.")})
        if grade == locked.grade_in_question:
            raise ValidationError({"grade": _("It is this tier already.")})
        _decide(locked, grade, said(note), by=by, at=at)
    return assessment


def _decide(assessment, grade, note, *, by, at):
    moves.require_another(by, assessment.proposed_by_id)
    assessment.grade, assessment.reason, assessment.decided_by = grade, note, by
    assessment.effective_on = assessment.effective_on or business_day(at)
