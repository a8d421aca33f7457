"""ANSWERING: what may be said to a buyer by whoever answers; and how a buyer follows a question."""

import hmac

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Inquiry
from aftersales.rules import wording
from mcn.kit.clock import business_day
from mcn.kit.pages import admin_page
from mcn.kit.privacy import keyed_hash
from mcn.standards.checks import Rulebook, clause

LENGTH = 8


def tracking_code(inquiry):
    """What a buyer shows together with the number to read the answer; derived, so it lies in no column."""
    return keyed_hash(f"inquiry {inquiry.code}")[:LENGTH].upper()


def find(number, code):
    """The question of a number and its tracking code, or None where they do not fit."""
    inquiry = Inquiry.objects.filter(code=number.strip().upper()).first()
    # Asked of a made-up row too, so that the time of the answer does not tell which numbers there are.
    right = tracking_code(inquiry or Inquiry(code=number.strip().upper()))
    fits = hmac.compare_digest(right.encode(), code.strip().upper().encode())
    return inquiry if fits else None


@clause("EJAS 6.1.2.1", "EJAS 6.7.3 -4", "EJAS 6.7.3 -1")
def says_nothing_banned(inquiry, on):
    """An answer to a buyer holds no vulgar, abusive, discriminating or untrue word that the scan knows."""
    for said in wording.banned(inquiry.answer):
        yield inquiry, said


@clause("EJAS 6.7.3 -3")
def leads_nowhere_else(inquiry, on):
    """An answer to a buyer leads to nothing outside the platform."""
    for said in wording.leads_elsewhere(inquiry.answer):
        yield inquiry, said


@clause("EJAS 6.7.3 -5")
def tells_of_nobody(inquiry, on):
    """An answer to a buyer holds nobody's personal numbers."""
    for said in wording.tells_of_people(inquiry.answer):
        yield inquiry, said


# Asked of the words of an answer before they go out; the row need not be stored yet.
ANSWERING = Rulebook(
    "answering",
    gettext_lazy("answers to buyers"),
    [says_nothing_banned, leads_nowhere_else, tells_of_nobody],
    lambda rows: rows.iterator(chunk_size=2_000),
    mend=admin_page,
    subjects=lambda: Inquiry.objects.exclude(answer=""),
)


@clause("EJAS 6.1.2.2", "GDAS 5.3.2 g", "DB4401 6.4.2 h", "GDAS 5.3.2 f", "DB4401 6.4.2 g")
def is_answered_in_time(inquiry, on):
    """A buyer's question is answered by the moment that the buyer was told."""
    waiting = inquiry.state == Inquiry.State.WAITING and inquiry.due_at
    if waiting and business_day(inquiry.due_at) < on:
        yield (
            inquiry,
            _("the answer was promised by %(day)s") % {"day": f"{business_day(inquiry.due_at):%Y-%m-%d}"},
        )


INQUIRIES = Rulebook(
    "inquiries",
    gettext_lazy("buyers' questions"),
    [is_answered_in_time],
    lambda rows: rows.select_related("merchant"),
    mend=admin_page,
    subjects=lambda: Inquiry.objects.filter(state=Inquiry.State.WAITING),
)
