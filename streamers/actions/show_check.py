"""Recording what was looked through before a show: append-only, a later answer supersedes the earlier."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import records
from streamers.actions.preparation import keep, preparing, supersede
from streamers.models import Show, ShowCheck
from streamers.rules.preparation import for_preparation
from streamers.rules.show_check import digest

Outcome = ShowCheck.Outcome


@dataclass(frozen=True)
class Answer:
    """What somebody found of one item."""

    item: Any
    outcome: str = Outcome.GOOD
    note: str = ""
    file: Any = None


def check(show, *, answers, by, at):
    """Record answers on items of a show in one go; each remembers what it was given on."""
    if not answers:
        raise ValidationError(_("Answer at least one item."))
    errors = {str(answer.item): said for answer in answers if (said := lack(answer))}
    if errors:
        raise ValidationError(errors)
    with preparing(ShowCheck(show=show), by=by) as locked:
        [seen] = for_preparation(Show.objects.filter(pk=locked.pk))
        supersede(locked.checks.filter(item__in=[answer.item for answer in answers]), by=by, at=at)
        made = [
            ShowCheck(
                show=locked,
                item=answer.item,
                outcome=answer.outcome,
                note=answer.note.strip(),
                digest=digest(seen, answer.item),
                checked_by=by,
                checked_at=at,
            )
            for answer in answers
        ]
        records.save_many(made, by=by, at=at, verb="check")
        for row, answer in zip(made, answers, strict=True):
            keep(row, answer.file, by=by, at=at)
    return made


def lack(answer):
    """What an answer still lacks, or nothing: a reason where something is wrong or not there."""
    if answer.item not in ShowCheck.Item.values:
        return _("There is no such item.")
    if answer.outcome == Outcome.NOT_APPLICABLE and answer.item in ShowCheck.ALWAYS:
        return _("Every show has this: answer good or not good.")
    if answer.outcome != Outcome.GOOD and not answer.note.strip():
        return _("Say what was found.")
    return ""
