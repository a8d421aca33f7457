"""What everything that is made ready for a show shares: the show is locked meanwhile and not yet on air."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.refusal import WrongState
from streamers.models import Show

OPEN = [Show.State.PLANNED, Show.State.CLEARED]


@contextmanager
def preparing(row, *, by):
    """The locked show of a row that is about to be added; refused once it is on air, over or called off.

    A cleared show is still prepared: what is found then counts when it goes on air.
    """
    with transaction.atomic():
        show = moves.lock(row.show)
        moves.require_may(by, "add", row)
        if show.state not in OPEN:
            raise WrongState(
                _("%(show)s is %(state)s: this belongs before the show.")
                % {"show": show, "state": show.get_state_display()}
            )
        yield show


def supersede(rows, *, by, at):
    """Let rows that still count make way for later ones."""
    rows = list(rows.filter(superseded_at=None))
    for row in rows:
        row.superseded_at = at
    records.save_many(rows, by=by, at=at, verb="supersede")


def keep(row, file, *, by, at):
    """Keep a file with the row that it proves, where there is one."""
    if file:
        row.document = evidence.attach(row, file, title=str(row)[:200], by=by, at=at)
        records.save(row, by=by, at=at, verb="attach")
    return row
