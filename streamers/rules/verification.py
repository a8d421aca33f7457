"""What is verified of a streamer, as digests: when an item's facts change, that item alone is stale.

The digests are made of the keyed hashes beside the encrypted columns: nothing is decrypted to compare, and
nothing can be guessed from them.
"""

import hashlib

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.standards.checks import clause
from streamers.models import PlatformAccount, StreamerVerification

Item = StreamerVerification.Item
Outcome = StreamerVerification.Outcome
OF_A_PERSON = list(Item)
OF_A_VIRTUAL_STREAMER = [Item.ACCOUNTS, Item.POST]


def needed_items(streamer):
    """What has to be verified: of a virtual streamer only its accounts and its post, for it is nobody."""
    return OF_A_PERSON if streamer.is_natural else OF_A_VIRTUAL_STREAMER


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
    return [row for row in streamer.accounts.all() if row.ended_on is None]


def digest(streamer, item):
    """The hash of an item's facts."""
    return hashlib.sha256("|".join([item, *facts(streamer, item)]).encode()).hexdigest()


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
    standing = {row.item: row for row in streamer.verifications.all()}
    for item in needed_items(streamer):
        row = standing.get(item)
        if row is None:
            yield streamer, _("%(item)s: not verified yet.") % {"item": item.label}
        elif row.outcome == Outcome.BAD:
            yield row, _("%(item)s: found not good. %(note)s") % {"item": item.label, "note": row.note}
        elif row.digest != digest(streamer, item):
            yield row, _("%(item)s: changed since it was verified; verify it anew.") % {"item": item.label}


@clause("LSEC 28", "DB4401 5.6.2.4", mend=verify_page)
def is_verified_again_in_time(streamer, on):
    """No item's verification is older than the policy's months."""
    for row in streamer.verifications.all():
        if row.outcome != Outcome.BAD and not row.stands(on):
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
