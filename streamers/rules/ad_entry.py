"""Whether every product of a show stands on the register of advertisements, reviewed and with who answers."""

import hashlib
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.evidence.models import RetentionClass
from mcn.evidence.terms import kept_until, rules_in_force
from mcn.kit.clock import business_day
from mcn.kit.gather import gather
from mcn.standards.checks import clause
from streamers.models import AdEntry, CrewMember, RunItem, ShowCast

SEPARATOR = "、"
READ = ["id", "item", "show", "card_version", "endorsers", "parties", "state"]
PREFETCH = [
    Prefetch("crew", CrewMember.objects.filter(removed_at=None)),
    Prefetch("items__ad_entry", AdEntry.objects.only(*READ)),
]
NAMED = [
    "room__entity",
    Prefetch("cast", ShowCast.objects.filter(removed_at=None).select_related("streamer")),
    Prefetch("crew", CrewMember.objects.filter(removed_at=None).select_related("person")),
    Prefetch(
        "items", RunItem.objects.filter(removed_at=None).select_related("product__merchant", "card_version")
    ),
    "items__ad_entry",
]


@dataclass(frozen=True)
class Parties:
    """Who answers for the advertisement of a product in a show."""

    advertiser: str
    operator: str
    publisher: str
    endorsers: str


def with_names(shows):
    """Shows with what it takes to name who answers for their goods."""
    return gather(shows, NAMED)


def parties_of(show, item):
    """Who answers for a product of a show, by the parts they have in it.

    The merchant is the advertiser, and so is a streamer in a room of their own (DB4401 5.2.2.1); whoever runs
    the room operates and publishes (5.4.2.1); streamers and marketers publish with it (5.2.2.2, 5.3.2.1); who
    recommends with their own name and face endorses (5.2.2.3): a virtual figure has neither.
    """
    entity, streamers = show.room.entity, [row.streamer for row in show.cast.all()]
    own = entity.streamer_id in {streamer.pk for streamer in streamers}
    marketers = [row.person for row in show.crew.all() if row.role == CrewMember.Role.MARKETER]
    return Parties(
        advertiser=_together([item.product.merchant.name, *([entity.name] if own else [])]),
        operator=entity.name,
        publisher=_together([entity.name, *streamers, *marketers]),
        endorsers=_together([row for row in streamers if row.is_natural]),
    )


def _together(names):
    return SEPARATOR.join(dict.fromkeys(str(name) for name in names))


def key_of(show):
    """Who stands in a show, by their numbers: the same as long as nobody else answers for its goods."""
    entity = show.room.entity_id
    cast = sorted(row.streamer_id for row in show.cast.all())
    marketers = sorted(row.person_id for row in show.crew.all() if row.role == CrewMember.Role.MARKETER)
    return hashlib.sha256(f"{entity}|{cast}|{marketers}".encode()).hexdigest()


def entry_of(item):
    """An item's entry on the register, or None; reads the loaded row."""
    return getattr(item, "ad_entry", None)


def entry_page(row):
    """The entry's own page; of a product that has none, where a show's goods are put on the register."""
    entry = row if isinstance(row, AdEntry) else entry_of(row)
    if entry:
        return reverse("admin:streamers_adentry_change", args=[entry.pk])
    return f"{reverse('admin:streamers_adentry_add')}?show={row.show_id}"


@clause(
    "DB4401 5.1.2.3", "DB4401 5.1.2.2", "DB4401 5.2.2.4", "DB4401 5.3.2.3", "DB4401 5.4.2.2", mend=entry_page
)
def is_on_the_register(show, on):
    """Every product was accepted and reviewed as an advertisement, as its card stands, or is none."""
    for item in show.items.all():
        entry = entry_of(item)
        if entry is None:
            yield item, _("not on the register of advertisements yet")
        elif entry.state not in AdEntry.SETTLED:
            yield item, _("advertisement: %(state)s") % {"state": entry.get_state_display()}
        elif item.card_version_id and entry.card_version_id != item.card_version_id:
            yield item, _("the card changed since the advertisement was reviewed")


@clause(
    "DB4401 5.4.2.1",
    "DB4401 5.2.2.1",
    "DB4401 5.2.2.2",
    "DB4401 5.3.2.1",
    "DB4401 5.1.2.1",
    "DB4401 5.1.2.2",
    mend=entry_page,
)
def says_who_answers(show, on):
    """The register names those who answer for the advertisement now, not those of an earlier plan."""
    key = key_of(show)
    for item in show.items.all():
        entry = entry_of(item)
        if entry and entry.state in AdEntry.SETTLED and entry.parties != key:
            yield item, _("who answers for the advertisement changed since it was reviewed")


@clause("DB4401 5.2.2.3", "DB4401 5.3.2.2", mend=entry_page)
def names_its_endorsers(show, on):
    """Whoever recommends with their own name and face stands on the register as an endorser."""
    if not any(row.streamer.is_natural for row in show.cast.all()):
        return
    for item in show.items.all():
        entry = entry_of(item)
        if entry and entry.state == AdEntry.State.REVIEWED and not entry.endorsers:
            yield item, _("the register names no endorser, and a streamer recommends in person")


def keep_until(entry, on):
    """The last day on which an archived entry is kept by the rules in force, or None before it is one."""
    begun = entry.archived_at and business_day(entry.archived_at)
    return kept_until({RetentionClass.ADVERTISING: begun}, rules_in_force(on), [])


CHECKS = [is_on_the_register, says_who_answers, names_its_endorsers]
