"""How old a streamer is on a day, and what somebody who is not yet of age needs to go before the camera.

A person reaches an age on the day after the birthday: on the sixteenth birthday itself nobody is sixteen yet.
That is how China's courts count full years, and the stricter reading of the standard's "16 and over". Who was
born on 29 February has the birthday on the 28th in other years (Civil Code 202: the month's last day stands
in for a day that it lacks), and so reaches the age on 1 March in every year.

The agency's day is Shanghai's. A show is asked about on each business day on which it is on air.
"""

import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.clock import add_months, business_day
from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from streamers.models import CapacityRecord, Consent

# DB4401 5.2.1 b and Civil Code 18: nobody streams below it. Civil Code 17: no guardian is needed from it on.
WORKING_AGE = 16
ADULT_AGE = 18
CONSENT = ["streamer", "relation", "state", "valid_from", "valid_to", "guardian_document_type"]
CONSENT += ["guardian_name_hash", "guardian_phone_hash", "guardian_id_number_hash"]
INSTANT = datetime.timedelta(microseconds=1)


def reaches_on(born_on, age):
    """The day on which somebody reaches an age: the one after the birthday."""
    return add_months(born_on, 12 * age) + datetime.timedelta(days=1)


def age_on(born_on, on):
    """The full years of somebody on a day."""
    had_birthday = (on.month, on.day) > (born_on.month, born_on.day)
    return on.year - born_on.year - (not had_birthday)


def days_of(starts_at, ends_at):
    """The business days on which a show is on air: both where it crosses midnight in Shanghai."""
    first = business_day(starts_at)
    last = business_day(max(starts_at, ends_at - INSTANT))
    return [first + datetime.timedelta(days=day) for day in range((last - first).days + 1)]


def is_minor(streamer, on):
    """Whether a person is of working age and not yet an adult on a day."""
    return streamer.born_on is not None and WORKING_AGE <= age_on(streamer.born_on, on) < ADULT_AGE


def latest_birth(on, age):
    """The latest day of birth of those who have reached an age on a day."""
    born = add_months(on - datetime.timedelta(days=1), -12 * age)
    leap = born + datetime.timedelta(days=1)
    return leap if (leap.month, leap.day) == (2, 29) and reaches_on(leap, age) <= on else born


def minors(streamers, on):
    """Those of a queryset who are of working age and not yet adults on a day."""
    born = (latest_birth(on, ADULT_AGE) + datetime.timedelta(days=1), latest_birth(on, WORKING_AGE))
    return streamers.filter(born_on__range=born)


def unconsented(streamers, on):
    """The minors of a queryset whom no signed consent covers on a day."""
    signed = Consent.objects.filter(state=Consent.State.SIGNED, valid_from__lte=on, valid_to__gte=on)
    return minors(streamers, on).exclude(pk__in=signed.values("streamer_id"))


def ask_page(streamer):
    """Where a guardian's consent is asked for."""
    return f"{reverse('admin:streamers_consent_add')}?streamer={streamer.pk}"


def capacity_page(streamer):
    """Where civil capacity is recorded."""
    return f"{reverse('admin:streamers_capacityrecord_add')}?streamer={streamer.pk}"


@clause("DB4401 5.2.1 b", "DB4401 5.6.2.4", level="shall not")
def is_of_working_age(streamer, on):
    """Nobody under sixteen goes before the camera, whoever consents."""
    if streamer.born_on is not None and age_on(streamer.born_on, on) < WORKING_AGE:
        yield (
            streamer,
            _("Not yet %(age)s on %(day)s: nobody under %(age)s goes before the camera.")
            % {"age": WORKING_AGE, "day": f"{on:%Y-%m-%d}"},
        )


@clause("DB4401 5.2.1 b", "DB4401 5.6.2.4", mend=ask_page)
def has_the_guardians_consent(streamer, on):
    """Somebody of sixteen or seventeen has a guardian's signed consent that covers the day."""
    if not is_minor(streamer, on):
        return
    consents = list(rows_of(streamer, "consents"))
    if not any(consent.covers(on) for consent in consents):
        yield streamer, _("Not yet %(age)s: %(lack)s") % {"age": ADULT_AGE, "lack": _lack(consents, on)}


def _lack(consents, on):
    """What to say where no consent covers the day: the last thing that happened to one."""
    signed = [row for row in consents if row.state == Consent.State.SIGNED]
    if signed:
        last = max(signed, key=lambda row: row.valid_to)
        if last.valid_from > on:
            return _("the guardian's consent begins only on %(day)s.") % {
                "day": f"{last.valid_from:%Y-%m-%d}"
            }
        return _("the guardian's consent lapsed on %(day)s; ask for a new one.") % {
            "day": f"{last.valid_to:%Y-%m-%d}"
        }
    if any(row.state == Consent.State.ASKED for row in consents):
        return _("the guardian was asked and has not signed yet.")
    if any(row.state == Consent.State.REVOKED for row in consents):
        return _("the guardian revoked the consent.")
    return _("no guardian has consented; ask for it.")


@clause("DB4401 5.1.4.4", "DB4401 5.2.1 a", mend=capacity_page)
def has_full_civil_capacity(streamer, on):
    """Somebody of sixteen or seventeen is shown to live mainly on their own labour."""
    if is_minor(streamer, on) and not any(row.covers(on) for row in rows_of(streamer, "capacity_records")):
        yield (
            streamer,
            _("Not yet %(age)s: no record of full civil capacity, with evidence, covers the day.")
            % {"age": ADULT_AGE},
        )


CHECKS = [is_of_working_age, has_the_guardians_consent, has_full_civil_capacity]
PREFETCH = [
    # Only what the checks read and a finding shows: the guardian's data stay where they are, encrypted.
    Prefetch("consents", Consent.objects.only(*CONSENT)),
    Prefetch(
        "capacity_records",
        CapacityRecord.objects.only("streamer", "valid_from", "valid_to", "document", "ended_on"),
    ),
]
