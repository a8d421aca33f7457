"""What people do with their own accounts."""

from django.contrib.auth.models import Group
from django.db import transaction

from mcn.kit import moves, records


def add(user, *, roles=(), by, at):
    """Let a person log in, in the jobs that these roles name; the row carries the password's hash already."""
    moves.require_may(by, "add", user)
    with transaction.atomic():
        records.save(user, by=by, at=at)
        user.groups.set(Group.objects.filter(name__in=roles))
    return user


def choose_language(user, language, *, by, at):
    """Speak this language to a person from now on."""
    user = moves.lock(user)
    user.language = language
    return records.save(user, by=by, at=at)
