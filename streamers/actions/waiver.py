"""Setting a warning of the gate aside for one show; what must be so can never be set aside."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from streamers.models import Show, Waiver
from streamers.rules import go_live


def waive(show, *, clause, note, by, at):
    """Set the standing warnings of a clause aside, with the reason; not by who planned the show."""
    with transaction.atomic():
        locked = moves.lock(show)
        moves.require_may(by, "waive", locked)
        moves.require_another(by, locked.planned_by_id)
        if locked.state not in Show.BEFORE_AIR:
            raise WrongState(
                _("%(show)s is %(state)s: warnings are set aside before a show goes live.")
                % {"show": locked, "state": locked.get_state_display()}
            )
        rows = [_row(finding) for finding in _warnings(locked, clause)]
        waiver = Waiver(show=locked, clause=clause, rows=rows, reason=said(note), waived_by=by, waived_at=at)
        return records.save(waiver, by=by, at=at, verb="waive", why=note)


def _warnings(show, clause):
    report = go_live.report(show)
    found = [finding for finding in report.warnings if finding.clause == clause]
    if found:
        return found
    if any(finding.clause == clause for finding in report.blockers):
        raise Refused(
            _("%(clause)s is a must: it has to be mended and is never set aside.") % {"clause": clause}
        )
    raise Refused(_("No warning of %(clause)s stands against this show.") % {"clause": clause})


def _row(finding):
    told = finding.as_dict()
    return {**told["subject"], "message": told["message"]}
