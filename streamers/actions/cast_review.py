"""A streamer's own review of a product before a show, by themselves or as handed in on paper."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.kit.refusal import Refused
from streamers.actions.preparation import keep, preparing, supersede
from streamers.models import CastReview, RunItem, Show, ShowCast
from streamers.rules.cast_review import digest
from streamers.rules.preparation import for_preparation


def review(row, file=None, *, by, at):
    """Record a streamer's answers about a product; who enters them for a person adds what they signed."""
    with preparing(row, by=by) as show:
        _require_part(row, show)
        own = by is None or row.streamer.user_id == by.pk
        if row.streamer.is_natural and not own and not file:
            raise ValidationError({"file": _("Attach what the streamer signed.")})
        [seen] = for_preparation(Show.objects.filter(pk=show.pk))
        [item] = [item for item in seen.items.all() if item.product_id == row.product_id]
        supersede(
            CastReview.objects.filter(show=show, streamer=row.streamer, product=row.product), by=by, at=at
        )
        row.digest, row.reviewed_by, row.reviewed_at = digest(item), by, at
        records.save(row, by=by, at=at, verb="review")
        return keep(row, file, by=by, at=at)


def _require_part(row, show):
    if not ShowCast.objects.filter(show=show, streamer=row.streamer, removed_at=None).exists():
        raise Refused(_("%(streamer)s is not in this show.") % {"streamer": row.streamer})
    if not RunItem.objects.filter(show=show, product=row.product, removed_at=None).exists():
        raise Refused(_("%(product)s is not on the run sheet of this show.") % {"product": row.product})
