"""The register of advertisements: a show's goods accepted, reviewed by another, archived after the show."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from streamers.models import AdEntry, Show
from streamers.rules.ad_entry import entry_of, key_of, parties_of, with_names

State = AdEntry.State
OVER = [Show.State.ENDED, Show.State.CANCELLED]

# What stands where names stood until their term was over.
REMOVED = "—"


def register(show, *, by, at, note=""):
    """Put a show's goods on the register; what changed since it was reviewed is accepted anew."""
    moves.require_may(by, "add", AdEntry(show=show, product_name=str(show)))
    with transaction.atomic():
        locked = moves.lock(show)
        if locked.state not in Show.OPEN:
            raise WrongState(_("The show is over: its advertisements can only be archived."))
        [loaded] = with_names(Show.objects.filter(pk=show.pk))
        key = key_of(loaded)
        told = [_told(loaded, item, key, by=by, at=at) for item in loaded.items.all()]
        changed = [entry for entry in told if entry is not None]
        return records.save_many(changed, by=by, at=at, verb="register", why=note)


def _told(show, item, key, *, by, at):
    """A product's entry as the show stands now, or None where it says so already."""
    entry = entry_of(item) or AdEntry(item=item, show=show)
    same = entry.pk and entry.parties == key and entry.card_version_id == item.card_version_id
    if same or entry.state == State.ARCHIVED:
        return None
    parties = parties_of(show, item)
    entry.product_name, entry.card_version, entry.parties = item.product.name, item.card_version, key
    entry.advertiser, entry.operator = parties.advertiser, parties.operator
    entry.publisher, entry.endorsers = parties.publisher, parties.endorsers
    entry.state, entry.accepted_by, entry.accepted_at = State.ACCEPTED, by, at
    entry.reviewed_by = entry.reviewed_at = None
    return entry


def change(entry, *, by, at, why=""):
    """Mend who answers for an advertisement that nobody has reviewed yet."""
    moves.require_may(by, "change", entry)
    if entry.state != State.ACCEPTED:
        raise WrongState(_("Accept it anew before you change who answers for it."))
    return records.save(entry, by=by, at=at, why=why)


def review(entry, *, by, at, note=""):
    """Find an advertisement in order; not by who accepted it."""
    return _decide(entry, "review", by=by, at=at, note=note)


def refuse(entry, *, note, by, at):
    """Turn an advertisement down with the reason: the product is not shown."""
    return _decide(entry, "refuse", by=by, at=at, note=said(note))


def exempt(entry, *, note, by, at):
    """Find with the reason that a product is shown without being commercially advertised."""
    return _decide(entry, "exempt", by=by, at=at, note=said(note))


def _decide(entry, verb, *, by, at, note):
    with moves.move(entry, verb, by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.accepted_by_id)
        locked.reviewed_by, locked.reviewed_at, locked.comment = by, at, note.strip()
    return entry


def accept(entry, *, by, at, note=""):
    """Take an advertisement up again, so that it can be mended and is reviewed anew."""
    with moves.move(entry, "accept", by=by, at=at, note=note) as locked:
        locked.accepted_by, locked.accepted_at = by, at
        locked.reviewed_by = locked.reviewed_at = None
    return entry


def archive(entry, *, beyond_material=False, file=None, by, at, note=""):
    """Close an entry after its show; whoever went beyond the merchant's material answers for more."""
    with moves.move(entry, "archive", by=by, at=at, note=note) as locked:
        if locked.show.state not in OVER:
            raise Refused(_("The show is not over yet: archive its advertisements afterwards."))
        if beyond_material and not note.strip():
            raise ValidationError({"note": _("Say what was said beyond the merchant's material.")})
        if file:
            locked.document = evidence.attach(locked, file, title=str(locked), by=by, at=at)
        locked.beyond_material, locked.archived_at, locked.comment = beyond_material, at, note.strip()
    return entry


def purge(entry, *, by, at):
    """Take who answered for an advertisement off it after its term; what was shown when stays."""
    for name in ("advertiser", "operator", "publisher", "endorsers"):
        setattr(entry, name, REMOVED)
    entry.comment, entry.purged_at = "", at
    return records.save(entry, by=by, at=at, verb="purge")
