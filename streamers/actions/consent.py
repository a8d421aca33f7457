"""A guardian's consent: asked for by a link of their own, signed there, revoked there or on paper."""

import datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.identity import compact, normalise, read_id_number
from mcn.kit.moves import said
from mcn.kit.privacy import keyed_hash
from mcn.kit.refusal import Denied, Refused, Stale
from streamers.models import Consent, Streamer
from streamers.rules import age
from streamers.rules.consent_text import words_of
from streamers.rules.signature import require_drawn

SALT = "streamers.consent"
GOOD_FOR = datetime.timedelta(days=7)
State = Consent.State


def ask(consent, *, by, at):
    """Make a link for the guardian of somebody of sixteen or seventeen; the consent ends with minority."""
    moves.require_may(by, "add", consent)
    on = business_day(at)
    with transaction.atomic():
        streamer = moves.lock(consent.streamer)
        if not may_ask(streamer, by):
            raise Denied(
                _("A guardian took a consent back: ask the agency, whose staff talk to the guardian first.")
            )
        if keyed_hash(consent.guardian_phone) == streamer.phone_hash:
            own = _("This is the streamer's own number: the agency calls the guardian back on theirs.")
            raise ValidationError({"guardian_phone": own})
        span = span_for(streamer, consent.valid_from, consent.valid_to, on=on)
        consent.valid_from, consent.valid_to = span
        consent.asked_by, consent.expires_at = by, at + GOOD_FOR
        return records.save(consent, by=by, at=at, verb="ask")


def may_ask(streamer, by):
    """Whether a person may name the guardian: the minor too, until a consent of theirs was revoked."""
    staff = by is None or by.is_staff
    return staff or not streamer.consents.filter(state=State.REVOKED).exists()


def span_for(streamer, valid_from, valid_to, *, on):
    """The days of a consent: as given, else from now to the end of minority, beyond which none reaches."""
    if not age.is_minor(streamer, on):
        raise Refused(_("A guardian consents only for a person of 16 or 17 whose ID number is known."))
    last = last_day_as_minor(streamer)
    if valid_to and valid_to > last:
        late = _("A consent ends at the latest on %(day)s, the last day before the person is of age.")
        raise ValidationError({"valid_to": late % {"day": f"{last:%Y-%m-%d}"}})
    return valid_from or on, valid_to or last


def last_day_as_minor(streamer):
    """The last day on which a person is not of age: the eighteenth birthday itself."""
    return age.reaches_on(streamer.born_on, age.ADULT_AGE) - datetime.timedelta(days=1)


def cancel(consent, *, by, at, note=""):
    """Make a guardian's link useless before it was signed."""
    with moves.move(consent, "cancel", by=by, at=at, note=note):
        pass
    return consent


def token_of(consent):
    """What the guardian's link carries: the consent's number, signed."""
    return signing.dumps(consent.pk, salt=SALT)


def find(token):
    """The consent of a link's token, or None where the token is not ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Consent.objects.select_related("streamer").filter(pk=number).first()


def is_open(consent, at):
    """Whether the guardian's link still leads somewhere: to sign in time, or to what was signed."""
    if consent.state == State.ASKED:
        return consent.expires_at is not None and at < consent.expires_at
    return consent.state in (State.SIGNED, State.REVOKED)


def sign(consent, *, name, document_type, id_number, text_sha256, at, by=None, drawn=b"", paper=None):
    """Take the guardian's signature under the very words that they read; the link says who comes.

    ``by`` is whoever happens to be signed in: no streamer signs as a guardian.
    """
    if by is not None and Streamer.objects.filter(user=by).exists():
        raise Denied(_("You are signed in as a streamer: your guardian opens the link on their own phone."))
    if not drawn and paper is None:
        raise ValidationError({"signature": _("Sign in the frame, or send a photo of the signed paper.")})
    if drawn:
        _require_drawn(drawn)
    with transaction.atomic():
        locked = moves.lock(consent)
        if locked.state == State.ASKED and not is_open(locked, at):
            raise Refused(_("This link has expired: ask for a new one."))
        with moves.move(consent, "sign", by=None, at=at, note=_("by the guardian, through the link")) as row:
            words = words_of(row)
            if words.sha256 != text_sha256:
                raise Stale(_("The text was changed meanwhile: read it again, then sign."))
            _identify(row, name, document_type, id_number, on=business_day(at))
            row.text, row.text_version, row.text_sha256 = words.text, words.version, words.sha256
            row.signed_at = at
            _keep_files(row, drawn, paper, at)
    return consent


def _identify(consent, name, document_type, id_number, *, on):
    """Take down who signs: the guardian who was asked, of age, and somebody else than the minor."""
    if normalise(name) != consent.guardian_name:
        raise ValidationError({"name": _("The link is for a guardian of another name. Ask for a new link.")})
    try:
        born_on = read_id_number(id_number, document_type, on=on).born_on
    except ValidationError as error:
        raise ValidationError({"id_number": error.messages}) from error
    a_streamer = Streamer.objects.filter(id_number_hash=keyed_hash(compact(id_number))).exists()
    if a_streamer or age.age_on(born_on, on) < age.ADULT_AGE:
        message = _("A guardian must be of age and no streamer here: ask the agency if yours is one.")
        raise ValidationError({"id_number": message})
    consent.guardian_document_type, consent.guardian_id_number = document_type, compact(id_number)


def _require_drawn(drawn):
    try:
        require_drawn(drawn)
    except ValidationError as error:
        raise ValidationError({"signature": error.messages}) from error


def _keep_files(consent, drawn, paper, at):
    given = {"by": None, "at": at, "evidence_on": business_day(at)}
    if drawn:
        picture = ContentFile(drawn, name="signature.png")
        consent.signature = evidence.attach(consent, picture, title=_("guardian's signature"), **given)
    if paper is not None:
        consent.document = evidence.attach(consent, paper, title=_("guardian's signed paper"), **given)


def revoke(consent, *, note, by, at, paper=None):
    """Take a consent back, at once: the guardian through the link (``by=None``), or staff who were told."""
    with moves.move(consent, "revoke", by=by, at=at, note=note) as locked:
        locked.revoked_at, locked.comment = at, note if by is None else said(note)
        if paper is not None:
            title = _("guardian's revocation")
            locked.revocation = evidence.attach(locked, paper, title=title, by=by, at=at)
    return consent
