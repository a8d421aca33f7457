"""Sending what is due: taken by one worker at a time, tried again in longer steps, logged each time.

Nothing is sent inside a transaction. A worker that is killed between the call and its log lets the delivery
go after ``TAKEN``, and it is sent once more: the other side knows it again by its ``Webhook-Id``.
"""

import datetime
import time
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.notices import webhook
from mcn.notices.kinds import kind_named
from mcn.notices.letters import letter, page_of
from mcn.notices.models import Attempt, Delivery, Endpoint, Preference, Receipt
from mcn.notices.webhook import Answer

State = Delivery.State
# How long after each failed attempt the next one comes; after the last it is given up.
STEPS = [datetime.timedelta(minutes=step) for step in (1, 5, 30, 120, 480, 1440)]
TAKEN = datetime.timedelta(minutes=10)
AT_ONCE = 40
# What nobody opened for so long stays in the inbox alone.
DIGEST_REACH = datetime.timedelta(days=7)


def send_due(*, at):
    """Send what is due, webhooks and letters; return how many arrived."""
    arrived = 0
    down = set()  # endpoints that did not answer in this round: what else waits for them is put off
    mail = get_connection()
    for delivery in take(at=at):
        if delivery.endpoint_id is None:
            arrived += _send_letter(delivery, mail, at)
        elif delivery.endpoint_id in down:
            _put_off(delivery, at)
        else:
            good = _call(delivery, at)
            arrived += good
            if not good:
                down.add(delivery.endpoint_id)
    return arrived


def take(*, at):
    """Take what is due, so that no other worker sends it meanwhile."""
    free = Q(taken_until=None) | Q(taken_until__lte=at)
    with transaction.atomic():
        due = Delivery.objects.filter(free, state=State.WAITING, due_at__lte=at)
        locked = due.order_by("due_at", "id").select_for_update(skip_locked=True, of=("self",))
        taken = list(locked.select_related("user", "endpoint", "notice")[:AT_ONCE])
        for delivery in taken:
            delivery.taken_until = at + TAKEN
        records.save_many(taken, by=None, at=at)
    return taken


def _call(delivery, at):
    endpoint = delivery.endpoint
    if endpoint.state != Endpoint.State.ON:
        return _end(delivery, State.DROPPED, at)
    body = webhook.body_of(delivery.notice, page_of(delivery.notice))
    headers = webhook.headers_of(endpoint.secrets(at), f"delivery_{delivery.pk}", at, body)
    return _log(delivery, webhook.post(endpoint.url, body, headers), at)


def _send_letter(delivery, mail, at):
    unread = delivery.receipts.unread().select_related("notice").order_by("-id")
    notices = [receipt.notice for receipt in unread]
    user = delivery.user
    if not notices or not user.email or not user.is_active:
        return _end(delivery, State.DROPPED, at)
    began = time.monotonic()
    status, error = None, ""
    try:
        letter(user, notices, mail).send()
        status = 250  # what a mail server says to a letter that it takes
    except (SMTPException, OSError) as failure:
        # The server's words may hold the address: only their kind is kept.
        error = _("the mail server did not take it: %(kind)s") % {"kind": type(failure).__name__}
    return _log(delivery, Answer(status, int((time.monotonic() - began) * 1000), error), at)


def _log(delivery, answer, at):
    """Keep what came of an attempt, and say when the next one is due."""
    with transaction.atomic():
        attempt = Attempt(
            delivery=delivery,
            tried_at=at,
            status=answer.status,
            milliseconds=answer.milliseconds,
            error=answer.error,
        )
        records.save(attempt, by=None, at=at)
        arrived = answer.status is not None and not answer.error
        delivery.tries += 1
        delivery.taken_until = None
        if arrived:
            delivery.state, delivery.arrived_at = State.ARRIVED, at
        elif answer.final or delivery.tries > len(STEPS):
            delivery.state = State.FAILED
        else:
            delivery.due_at = at + STEPS[delivery.tries - 1]
        records.save(delivery, by=None, at=at)
    return arrived


def _put_off(delivery, at):
    delivery.due_at, delivery.taken_until = at + STEPS[0], None
    records.save(delivery, by=None, at=at)


def _end(delivery, state, at):
    delivery.state, delivery.taken_until = state, None
    records.save(delivery, by=None, at=at)
    return False


def digest(*, at):
    """Put what waits for daily letters into one for each person whose hour has come; return how many."""
    reached = Preference.objects.filter(
        letters=Preference.Letters.DIGEST, user__is_active=True, user__email__gt=""
    )
    wishes = {wish.user_id: wish for wish in reached.select_related("user")}
    waiting = Receipt.objects.unread().filter(user__in=wishes, letter=None, told_at__gt=at - DIGEST_REACH)
    enclosed = {}
    for receipt in waiting.select_related("notice").order_by("id"):
        wish = wishes[receipt.user_id]
        if receipt.told_at <= wish.last_digest(at) and wish.wants(kind_named(receipt.notice.kind)):
            enclosed.setdefault(receipt.user_id, []).append(receipt)
    with transaction.atomic():
        letters = {user: Delivery(user=wishes[user].user, due_at=at) for user in enclosed}
        records.save_many([*letters.values()], by=None, at=at)
        for user, receipts in enclosed.items():
            for receipt in receipts:
                receipt.letter = letters[user]
        records.save_many([receipt for rows in enclosed.values() for receipt in rows], by=None, at=at)
    return len(letters)
