"""Samples: taken in, tried, given back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import WrongState
from products.models import Sample


def receive(sample, *, by, at):
    """Take a sample in."""
    moves.require_may(by, "add", sample)
    sample.recorded_by = by
    return records.save(sample, by=by, at=at, verb="receive")


def change(sample, *, by, at, why=""):
    """Mend what is written of a sample before anybody tried it."""
    moves.require_may(by, "change", sample)
    if sample.state != Sample.State.RECEIVED:
        raise WrongState(
            _("%(row)s is %(state)s, so this cannot be done now.")
            % {"row": sample, "state": sample.get_state_display()}
        )
    return records.save(sample, by=by, at=at, why=why)


def record_trial(sample, *, tried_by, impression, same_as_sold, by, at, tried_on=None, note=""):
    """Write down who tried a sample, what they felt, and whether the goods sold are the same."""
    missing = {"tried_by": tried_by.strip(), "impression": impression.strip()}
    if same_as_sold is None or not all(missing.values()):
        raise ValidationError(_("Say who tried it, what they felt, and whether the goods sold are the same."))
    with moves.move(sample, "record_trial", by=by, at=at, note=note) as locked:
        locked.tried_by, locked.impression, locked.same_as_sold = tried_by, impression, same_as_sold
        locked.tried_on = tried_on or business_day(at)
    return sample


def give_back(sample, *, by, at, returned_on=None, note=""):
    """Give a sample back to its merchant."""
    with moves.move(sample, "give_back", by=by, at=at, note=note) as locked:
        locked.returned_on = returned_on or business_day(at)
    return sample
