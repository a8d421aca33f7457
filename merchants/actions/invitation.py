"""Coming in: an application from the public page, an invitation by a link, and its acceptance."""

import datetime

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.accounts.models import User
from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.refusal import Denied, Refused
from merchants.actions import membership as membership_actions
from merchants.actions.merchant import open_draft
from merchants.models import Application, Invitation, Membership

SALT = "merchants.invitation"
GOOD_FOR = datetime.timedelta(days=7)
Role = Membership.Role


def apply(application, *, at):
    """Take a stranger's wish to work with the agency in; no account comes of it."""
    if Application.objects.filter(uscc=application.uscc, state=Application.State.RECEIVED).exists():
        raise Refused(_("We have an application of this firm already and will get in touch."))
    return records.save(application, by=None, at=at, verb="apply")


def invite_applicant(application, *, by, at, note=""):
    """Answer an application with a link to draft the merchant; returns the invitation."""
    with moves.move(application, "invite", by=by, at=at, note=note):
        made = Invitation(name=application.name, application=application)
        _invite(made, by=by, at=at)
    return made


def decline(application, *, note, by, at):
    """Turn an application down with the reason."""
    with moves.move(application, "decline", by=by, at=at, note=note) as locked:
        locked.answer = said(note)
    return application


def invite(invitation, *, by, at):
    """Make a link for a new merchant (staff) or for a colleague to join one (staff and its owners)."""
    moves.require_may(by, "add", invitation)
    return _invite(invitation, by=by, at=at)


def _invite(invitation, *, by, at):
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
    return Invitation.objects.select_related("merchant", "application").filter(pk=number).first()


def is_open(invitation, at):
    """Whether a link still lets somebody in."""
    return invitation.state == Invitation.State.OPEN and at < invitation.expires_at


def accept(invitation, *, user, at, merchant=None):
    """Let a person in by a link: into the merchant it names, or as owner of the new one they draft."""
    with transaction.atomic():
        locked = moves.lock(invitation)
        if not is_open(locked, at):
            raise Refused(_("This link was used or has expired: ask for a new one."))
        if user.is_staff:
            raise Denied(_("Staff do not join a merchant: sign out and let the invited person use the link."))
        joined = locked.merchant or open_draft(merchant, by=user, at=at)
        membership_actions.join(user, joined, role=locked.role, by=user, at=at)
        locked.merchant, locked.accepted_by, locked.state = joined, user, Invitation.State.ACCEPTED
        records.save(locked, by=user, at=at, verb="accept")
    return joined


def accept_as_new(invitation, *, username, name, password, at, merchant=None):
    """Let a person in who has no account yet: make it, then accept; returns the user and the merchant."""
    user = User(username=username, name=name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    with transaction.atomic():
        records.save(user, by=None, at=at)
        return user, accept(invitation, user=user, at=at, merchant=merchant)
