"""What is verified of a streamer, as digests: when an item's facts change, that item alone is stale.

The digests are made of the keyed hashes beside the encrypted columns: nothing is decrypted to compare, and
nothing can be guessed from them.
"""

import hashlib

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from streamers.models import PlatformAccount, StreamerVerification
from streamers.rules.age import is_minor

Item = StreamerVerification.Item
Method = StreamerVerification.Method
Outcome = StreamerVerification.Outcome
OF_A_PERSON = [Item.IDENTITY, Item.CONTACT, Item.ACCOUNTS, Item.RECORD, Item.POST]
OF_A_VIRTUAL_STREAMER = [Item.ACCOUNTS, Item.POST]
# A paper tells nothing of who sent it: whoever signs as a guardian is spoken to.
SPOKEN_TO = [Method.CALL, Method.MEETING, Method.VIDEO, Method.VISIT]


def needed_items(streamer, on):
    """What has to be verified on a day: of a minor the guardian too, of a virtual streamer nobody."""
    if not streamer.is_natural:
        return OF_A_VIRTUAL_STREAMER
    return [*OF_A_PERSON, Item.GUARDIAN] if guardians(streamer, on) else OF_A_PERSON


def guardians(streamer, on):
    """The consents that let a minor stream on a day, the newest first; reads prefetched consents."""
    return [row for row in rows_of(streamer, "consents") if row.covers(on)] if is_minor(streamer, on) else []


def facts(streamer, item):
    """The streamer's own data that an item covers."""
    identity = [streamer.kind, streamer.document_type, streamer.name_hash, streamer.id_number_hash]
    if item == Item.IDENTITY:
        return identity
    if item == Item.CONTACT:
        return [streamer.phone_hash, streamer.address_hash]
    if item == Item.ACCOUNTS:
        return sorted(f"{row.platform_id}:{row.account}" for row in standing_accounts(streamer))
    if item == Item.RECORD:
        return [*identity, streamer.organisation_uscc]
    return [streamer.kind, streamer.engagement, streamer.organisation, streamer.organisation_uscc]


def standing_accounts(streamer):
    """The accounts that were not given up; reads prefetched accounts."""
    return [row for row in rows_of(streamer, "accounts") if row.ended_on is None]


def guardian_facts(consent):
    """What a consent says of the guardian."""
    number = [consent.guardian_document_type, consent.guardian_id_number_hash]
    return [consent.guardian_name_hash, consent.relation, consent.guardian_phone_hash, *number]


def digest(streamer, item, on):
    """The hash of an item's facts on a day: of the guardian who signed last, where there are two."""
    return digests(streamer, item, on)[0]


def digests(streamer, item, on):
    """The hashes of which an item may hold one: of each guardian's facts, else of the streamer's own."""
    if item == Item.GUARDIAN:
        return [_hash(item, guardian_facts(consent)) for consent in guardians(streamer, on)]
    return [_hash(item, facts(streamer, item))]


def _hash(item, told):
    return hashlib.sha256("|".join([item, *told]).encode()).hexdigest()


def verify_page(row):
    """Where items are answered."""
    streamer_id = row.streamer_id if isinstance(row, StreamerVerification) else row.pk
    return reverse("admin:streamers_streamer_verb", args=[streamer_id, "verify"])


@clause("DB4401 5.1.1 a", "DB4401 5.2.1 c", "LSMS 7.1.2 a", "LSEC 28", "LSEC 39")
def gives_the_real_name(streamer, on):
    """A person gives the legal name and the number of an identity document."""
    if streamer.is_natural and not (streamer.name_hash and streamer.id_number_hash):
        yield streamer, _("The legal name or the ID number is missing.")


@clause("LSEC 39", "LSEC 28")
def gives_phone_and_address(streamer, on):
    """A person gives a phone number and the usual address."""
    if streamer.is_natural and not (streamer.phone_hash and streamer.address_hash):
        yield streamer, _("The phone number or the usual address is missing.")


@clause("LSEC 39", "LSEC 28", "LSMS 7.1.2 a", "DB4401 5.1.1 a", "DB4401 5.6.2.4", mend=verify_page)
def stands_verified_in_every_item(streamer, on):
    """Identity, contact, accounts, record and post were verified, found good, and have not changed since."""
    yield from _unverified(
        streamer, [item for item in needed_items(streamer, on) if item != Item.GUARDIAN], on
    )


@clause("DB4401 5.1.4.4", "DB4401 5.2.1 b", mend=verify_page)
def knows_the_guardian(streamer, on):
    """Whoever signed as a minor's guardian was spoken to, found to be it, and is still the same person."""
    yield from _unverified(streamer, [Item.GUARDIAN] if guardians(streamer, on) else [], on)


def _unverified(streamer, items, on):
    if not items:
        return
    standing = {row.item: row for row in rows_of(streamer, "verifications")}
    for item in items:
        row = standing.get(item)
        if row is None:
            yield streamer, _("%(item)s: not verified yet.") % {"item": item.label}
        elif row.outcome == Outcome.BAD:
            yield row, _("%(item)s: found not good. %(note)s") % {"item": item.label, "note": row.note}
        elif row.digest not in digests(streamer, item, on):
            yield row, _("%(item)s: changed since it was verified; verify it anew.") % {"item": item.label}


@clause("LSEC 28", "DB4401 5.6.2.4", mend=verify_page)
def is_verified_again_in_time(streamer, on):
    """No item's verification is older than the policy's months."""
    needed = needed_items(streamer, on)
    for row in rows_of(streamer, "verifications"):
        if row.item in needed and row.outcome != Outcome.BAD and not row.stands(on):
            yield (
                row,
                _("%(item)s: its verification ran out on %(day)s; verify it anew.")
                % {"item": row.get_item_display(), "day": f"{row.next_due_on:%Y-%m-%d}"},
            )


@clause("DB4401 5.2.1 c", "DB4401 5.1.1 a")
def is_known_to_the_platforms_by_real_name(streamer, on):
    """On every platform where the streamer has an account, that account is registered by real name."""
    for row in standing_accounts(streamer):
        if row.real_name_on is None or row.real_name_on > on:
            yield row, _("%(account)s: not registered by real name on the platform yet.") % {"account": row}


CHECKS = [
    gives_the_real_name,
    gives_phone_and_address,
    stands_verified_in_every_item,
    knows_the_guardian,
    is_verified_again_in_time,
]
ACCOUNT_CHECKS = [is_known_to_the_platforms_by_real_name]
PREFETCH = [
    Prefetch(
        "verifications",
        StreamerVerification.objects.filter(superseded_at=None).only(
            "streamer", "item", "outcome", "note", "verified_on", "next_due_on", "digest", "superseded_at"
        ),
    ),
    Prefetch(
        "accounts",
        PlatformAccount.objects.only(
            "streamer", "platform", "account", "real_name_on", "ended_on"
        ).prefetch_related("platform"),
    ),
]
