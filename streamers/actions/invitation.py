"""Coming in: an invitation by a link, and its acceptance by a person who opens an account with it."""

import datetime

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.accounts.models import User
from mcn.kit import moves, records
from mcn.kit.refusal import Denied, Refused
from streamers.actions.application import open_draft
from streamers.models import Streamer, StreamerInvitation

SALT = "streamers.invitation"
GOOD_FOR = datetime.timedelta(days=7)


def invite(invitation, *, by, at):
    """Make a link for a new streamer, or for one whose file has no login yet."""
    moves.require_may(by, "add", invitation)
    _require_no_login(invitation.streamer)
    invitation.invited_by = by
    invitation.expires_at = at + GOOD_FOR
    return records.save(invitation, by=by, at=at, verb="invite")


def revoke(invitation, *, by, at, note=""):
    """Make a link useless before it was used."""
    with moves.move(invitation, "revoke", by=by, at=at, note=note):
        pass
    return invitation


def token_of(invitation):
    """What the link carries: the invitation's number, signed; nothing that could be guessed or changed."""
    return signing.dumps(invitation.pk, salt=SALT)


def find(token):
    """The invitation of a link's token, or None where the token is not ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return StreamerInvitation.objects.select_related("streamer").filter(pk=number).first()


def is_open(invitation, at):
    """Whether a link still lets somebody in."""
    return invitation.state == StreamerInvitation.State.OPEN and at < invitation.expires_at


def accept(invitation, *, user, stage_name, at):
    """Bind a person to the file that a link names, or to the new one that it opens; once."""
    with transaction.atomic():
        locked = moves.lock(invitation)
        if not is_open(locked, at):
            raise Refused(_("This link was used or has expired: ask for a new one."))
        if user.is_staff:
            raise Denied(_("Staff are no streamers: sign out and let the invited person use the link."))
        if Streamer.objects.filter(user=user).exists():
            raise Refused(
                _("You have a streamer's file already: sign out to use the link for somebody else.")
            )
        locked.streamer = _bind(locked, user, stage_name, at)
        locked.state = StreamerInvitation.State.ACCEPTED
        records.save(locked, by=user, at=at, verb="accept")
    return locked.streamer


def _bind(invitation, user, stage_name, at):
    if invitation.streamer_id is None:
        # Who invited looks after the newcomer, until somebody says otherwise.
        made = Streamer(
            stage_name=stage_name,
            engagement=invitation.engagement,
            manager=invitation.invited_by,
            user=user,
        )
        return open_draft(made, by=user, at=at)
    streamer = moves.lock(invitation.streamer)
    _require_no_login(streamer)
    streamer.user = user
    return records.save(streamer, by=user, at=at, verb="join")


def _require_no_login(streamer):
    if streamer is not None and streamer.user_id is not None:
        raise Refused(_("%(row)s has a login already.") % {"row": streamer})


def accept_as_new(invitation, *, username, name, password, stage_name, at):
    """Let a person in who has no account yet: make it, then accept; returns the user and the streamer."""
    user = User(username=username, name=name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    with transaction.atomic():
        records.save(user, by=None, at=at)
        return user, accept(invitation, user=user, stage_name=stage_name, at=at)
