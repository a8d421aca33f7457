"""Recording how the items of a streamer were verified: append-only, later ones supersede earlier."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import add_months, business_day
from mcn.kit.refusal import Refused, Stale, WrongState
from streamers import realname
from streamers.models import IdentityPaper, Streamer, StreamerVerification
from streamers.rules.verification import SPOKEN_TO, digest, needed_items

Item = StreamerVerification.Item
Outcome = StreamerVerification.Outcome


@dataclass(frozen=True)
class Answer:
    """What the desk, or a provider of real-name checks, found out about one item."""

    item: Any
    outcome: str = Outcome.GOOD
    method: str = StreamerVerification.Method.DOCUMENT
    note: str = ""
    file: Any = None
    provider: str = ""
    reference: str = ""


def verify(streamer, *, answers, by, at):
    """Record answers on items of a streamer in one go; they count from then on."""
    with transaction.atomic():
        locked = _open(streamer, by)
        _require_sound(answers, on_file=has_paper(locked))
        return _record(locked, answers, by=by, at=at)


def check_real_name(streamer, *, by, at, note=""):
    """Ask the provider whether name and number are one person's, and record what it answered."""
    moves.require_may(by, "verify", streamer)
    if not (streamer.name and streamer.id_number):
        raise Refused(_("The legal name or the ID number is missing."))
    # Asked before the row is locked: a provider may take seconds.
    match = realname.provider().check(
        name=streamer.name, id_number=streamer.id_number, document_type=streamer.document_type
    )
    answer = Answer(
        Item.IDENTITY,
        Outcome.GOOD if match.matches else Outcome.BAD,
        StreamerVerification.Method.REGISTER,
        note or (_("Name and number match.") if match.matches else _("Name and number do not match.")),
        provider=match.provider,
        reference=match.reference,
    )
    with transaction.atomic():
        locked = _open(streamer, by)
        on = business_day(at)
        if digest(locked, Item.IDENTITY, on) != digest(streamer, Item.IDENTITY, on):
            raise Stale(_("The name or the number was changed meanwhile: ask again."))
        return _record(locked, [answer], by=by, at=at)[0]


def _open(streamer, by):
    locked = moves.lock(streamer)
    moves.require_may(by, "verify", locked)
    if locked.state == Streamer.State.ENDED:
        raise WrongState(_("The work with %(row)s has ended: reopen the file first.") % {"row": locked})
    return locked


def has_paper(streamer):
    """Whether a picture of the identity document is on file."""
    return streamer.papers.filter(kind=IdentityPaper.Kind.FRONT).exclude(document=None).exists()


def _require_sound(answers, *, on_file):
    if not answers:
        raise ValidationError(_("Answer at least one item."))
    errors = {str(answer.item): said for answer in answers if (said := lack(answer, on_file=on_file))}
    if errors:
        raise ValidationError(errors)


def lack(answer, *, on_file):
    """What an answer by hand still lacks, or nothing: a reason or evidence; for people more than that."""
    if answer.item == Item.GUARDIAN and answer.outcome == Outcome.GOOD:
        return _lack_of_a_guardian(answer)
    seen = answer.file or on_file
    if answer.item == Item.IDENTITY and answer.outcome == Outcome.GOOD and not seen:
        return _("Attach the identity document that was looked at.")
    if not answer.note.strip() and (answer.outcome == Outcome.BAD or not answer.file):
        return _("Say what was looked at, or what is to be mended.")
    return ""


def _lack_of_a_guardian(answer):
    if answer.method not in SPOKEN_TO:
        return _("Speak to the guardian: by calling back, meeting or video. A paper alone is not enough.")
    if not answer.note.strip():
        return _("Say with whom you spoke and what proves that they are the guardian.")
    return ""


def _record(streamer, answers, *, by, at):
    on = business_day(at)
    due = add_months(on, figure(Figure.Key.STREAMER_VERIFICATION_MONTHS, on))
    wrong = [answer.item for answer in answers if answer.item not in needed_items(streamer, on)]
    if wrong:
        raise ValidationError({str(item): _not_asked(item) for item in wrong})
    old = list(streamer.verifications.filter(item__in=[row.item for row in answers], superseded_at=None))
    for row in old:
        row.superseded_at = at
    records.save_many(old, by=by, at=at, verb="supersede")
    return [_append(streamer, answer, on, due, by=by, at=at) for answer in answers]


def _not_asked(item):
    if item == Item.GUARDIAN:
        return _("No guardian's consent is in force: nobody is there to be verified.")
    return _("This is not verified of a virtual streamer.")


def _append(streamer, answer, on, due, *, by, at):
    made = StreamerVerification(
        streamer=streamer,
        item=answer.item,
        outcome=answer.outcome,
        method=answer.method,
        note=answer.note,
        verified_by=by,
        verified_on=on,
        next_due_on=due,
        digest=digest(streamer, answer.item, on),
        provider=answer.provider,
        reference=answer.reference,
    )
    records.save(made, by=by, at=at, verb="verify")
    if answer.file:
        made.document = evidence.attach(made, answer.file, title=str(made), by=by, at=at)
        records.save(made, by=by, at=at, verb="attach")
    return made
