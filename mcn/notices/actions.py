"""Telling people, and what they do with what they were told.

::

    tell([agent, lead], title=_("..."), text=_("..."), url=complaint_url, kind="deadline", subject=complaint,
         at=at, once=f"clock:{clock.pk}:2")

Many at once, in as many queries as one: ``tell_many([Telling(...), ...], at=at)``.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.notices.kinds import kind_named
from mcn.notices.models import Delivery, Endpoint, Notice, Preference, Receipt
from mcn.notices.models.endpoint import new_secret

OLD_SECRET_SIGNS = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Telling:
    """One thing to tell: to whom, in which words, where to look, and about which row."""

    users: Iterable
    title: Any
    kind: str
    text: Any = ""
    url: str = ""
    subject: Any = None
    once: str = ""


def tell(users, *, title, text="", url="", kind, subject=None, at, once=""):
    """Put a notice into people's inboxes and send it on as each wishes; return it.

    ``kind`` is one of ``settings.MCN_NOTICES``; ``url`` a path of the product; ``once`` a name under which it
    is told but once, for tasks that may run twice (None is returned the second time). Words hold no personal
    data: they go out by mail and webhook.
    """
    told = tell_many([Telling(users, title, kind, text, url, subject, once)], at=at)
    return told[0] if told else None


def tell_many(tellings, *, at):
    """Tell many things, each to its own people, in as many queries as one; return the notices made."""
    tellings = _not_yet_told(tellings)
    if not tellings:
        return []
    with transaction.atomic():
        notices = [_notice(telling, at) for telling in tellings]
        records.save_many(notices, by=None, at=at)
        receipts = [
            records.new(Receipt, notice=notice, user=user, told_at=at)
            for telling, notice in zip(tellings, notices, strict=True)
            for user in _people(telling.users)
        ]
        _enclose(receipts, at=at)
        records.save_many(receipts, by=None, at=at)
        _post(notices, at=at)
    return notices


def _people(users):
    """Those who can still log in, each once."""
    return {user.pk: user for user in users if user is not None and user.is_active}.values()


def _not_yet_told(tellings):
    names = [telling.once for telling in tellings if telling.once]
    told = set(Notice.objects.filter(once__in=names).values_list("once", flat=True)) if names else set()
    fresh = []
    for telling in tellings:
        if telling.once not in told:
            fresh.append(telling)
        if telling.once:
            told.add(telling.once)
    return fresh


def _notice(telling, at):
    subject = telling.subject
    return records.new(
        Notice,
        kind=kind_named(telling.kind).name,
        title=str(telling.title)[:200],
        text=str(telling.text),
        url=telling.url,
        subject_model=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        told_at=at,
        once=telling.once,
    )


def _enclose(receipts, *, at):
    """Put each copy that goes out by letter into one: a person's copies of one moment into the same."""
    people = {receipt.user_id: receipt.user for receipt in receipts if receipt.user.email}
    wishes = {wish.user_id: wish for wish in Preference.objects.filter(user__in=people)}
    letters = {}
    for receipt in receipts:
        wish = wishes.get(receipt.user_id) or Preference()
        kind = kind_named(receipt.notice.kind)
        if receipt.user_id not in people or not wish.wants(kind) or wish.waits_for_digest(kind):
            continue
        due_at = at if kind.urgent else wish.comes_at(at)
        letters.setdefault((receipt.user_id, due_at), []).append(receipt)
    # What waits for the end of the same quiet hours goes out together.
    waiting = Delivery.objects.filter(
        user__in={user for user, _due in letters}, state=Delivery.State.WAITING, tries=0, due_at__gt=at
    )
    stored = {(letter.user_id, letter.due_at): letter for letter in waiting} if letters else {}
    made = {
        key: records.new(Delivery, user=people[key[0]], due_at=key[1]) for key in letters if key not in stored
    }
    records.save_many([*made.values()], by=None, at=at)
    for key, enclosed in letters.items():
        for receipt in enclosed:
            receipt.letter = stored.get(key) or made[key]


def _post(notices, *, at):
    """Have every endpoint that hears of a kind be told."""
    endpoints = list(Endpoint.objects.filter(state=Endpoint.State.ON))
    made = [
        records.new(Delivery, endpoint=endpoint, notice=notice, due_at=at)
        for endpoint in endpoints
        for notice in notices
        if endpoint.hears(notice.kind)
    ]
    records.save_many(made, by=None, at=at)


def read(receipt, *, by, at):
    """Mark one's own copy as read; a second time changes nothing."""
    if receipt.user_id == by.pk and receipt.read_at is None:
        receipt.read_at = at
        records.save(receipt, by=by, at=at)
    return receipt


def read_all(*, among=None, by, at):
    """Mark all of one's own copies, or those among some rows, as read; return how many."""
    rows = Receipt.objects.all() if among is None else among
    unread = list(rows.visible_to(by).unread())
    for receipt in unread:
        receipt.read_at = at
    return len(records.save_many(unread, by=by, at=at))


def prefer(preference, *, by, at):
    """Be told this way from now on; everybody sets their own."""
    preference.user = by
    return records.save(preference, by=by, at=at)


def unread_count(user):
    """How many copies a person has not opened yet."""
    return Receipt.objects.visible_to(user).unread().count()


def send_again(delivery, *, by, at, note=""):
    """Try again what was given up, from the first attempt on."""
    with moves.move(delivery, "send_again", by=by, at=at, note=note) as locked:
        locked.due_at, locked.tries, locked.taken_until = at, 0, None
    return delivery


def add_endpoint(endpoint, *, by, at):
    """Have another system be told by webhook from now on."""
    moves.require_may(by, "add", endpoint)
    endpoint.added_by = by
    return records.save(endpoint, by=by, at=at)


def change_endpoint(endpoint, *, by, at):
    """Keep another address, or other kinds, of an endpoint."""
    moves.require_may(by, "change", endpoint)
    return records.save(endpoint, by=by, at=at)


def switch_off(endpoint, *, by, at, note=""):
    """Tell an endpoint nothing more."""
    with moves.move(endpoint, "switch_off", by=by, at=at, note=note):
        return endpoint


def switch_on(endpoint, *, by, at, note=""):
    """Tell an endpoint again, from now on."""
    with moves.move(endpoint, "switch_on", by=by, at=at, note=note):
        return endpoint


def rotate(endpoint, *, by, at, note=""):
    """Give an endpoint a new secret; the old one signs along for a day."""
    with transaction.atomic():
        locked = moves.lock(endpoint)
        moves.require_may(by, "rotate", locked)
        locked.old_secret, locked.old_until = locked.secret, at + OLD_SECRET_SIGNS
        locked.secret = new_secret()
        return records.save(locked, by=by, at=at, verb="rotate", why=note)


def try_out(endpoint, *, by, at, note=""):
    """Send an endpoint a notice that says nothing, to see whether it arrives."""
    moves.require_may(by, "change", endpoint)
    with transaction.atomic():
        notice = Notice(kind="trial", title=_("A notice to try the webhook"), told_at=at)
        records.save(notice, by=by, at=at)
        records.save(Delivery(endpoint=endpoint, notice=notice, due_at=at), by=by, at=at)
    return endpoint
