"""Whether who runs a room is known and holds what their business needs; ``ROOM`` takes it as a part.

``CHECKS`` ask of a show: what its goods need of who runs its room.
"""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mcn.kit.gather import gather
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import EntityPaper, LiveEntity

Kind = EntityPaper.Kind
# What no check reads stays in the database: who a person is, is neither fetched nor decrypted.
UNREAD = ["person_name", "id_number"]
PREFETCH_ENTITY = ["papers__permit", "requirements__permit", "requirements__category"]


def leading_to(entity):
    """What is read of the live entity that a lookup leads to."""
    found = Prefetch(entity, LiveEntity.objects.defer(*UNREAD))
    return [found, *(f"{entity}__{lookup}" for lookup in PREFETCH_ENTITY)]


PREFETCH = leading_to("room__entity")


def paper_page(row):
    """Where a live entity's missing paper is added; one that is there is mended on its own page."""
    if isinstance(row, EntityPaper):
        return reverse("admin:streamers_entitypaper_change", args=[row.pk])
    return f"{reverse('admin:streamers_entitypaper_add')}?entity={row.pk}"


def _lacking(entity, papers, name, on):
    """What is wrong where none of some papers is good on a day and verified: nothing, or the row and why."""
    good = [paper for paper in papers if paper.covers(on)]
    if not good:
        yield entity, _("No %(paper)s is good on the day: upload it.") % {"paper": name}
    elif not any(paper.is_verified for paper in good):
        yield good[-1], _("%(paper)s was not verified yet, or changed since.") % {"paper": good[-1]}


def _of_kind(entity, kind):
    return [paper for paper in entity.papers.all() if paper.kind == kind]


def _permits(entity, requirement, on):
    held = [paper for paper in entity.papers.all() if paper.permit_id == requirement.permit_id]
    return _lacking(entity, held, requirement.permit, on)


@clause("DB4401 5.1.1 a", "DB4401 5.1.1 b", mend=admin_page)
def entity_runs_rooms(entity, on):
    """Whoever answers for the room still does."""
    if entity.ended_on is not None and entity.ended_on <= on:
        yield entity, _("It runs rooms no more since %(day)s.") % {"day": f"{entity.ended_on:%Y-%m-%d}"}


@clause("DB4401 5.1.1 a", mend=paper_page)
def person_is_identified(entity, on):
    """Of a natural person an identity document is on file, good on the day and verified by another."""
    if entity.is_natural:
        yield from _lacking(entity, _of_kind(entity, Kind.IDENTITY), Kind.IDENTITY.label, on)


@clause("DB4401 5.1.1 b", "LSEC 2", mend=paper_page)
def firm_holds_its_business_licence(entity, on):
    """Of a firm the business licence is on file, good on the day, verified and its own."""
    if entity.is_natural:
        return
    licences = _of_kind(entity, Kind.BUSINESS_LICENCE)
    yield from _lacking(entity, licences, Kind.BUSINESS_LICENCE.label, on)
    for paper in licences:
        if paper.covers(on) and paper.number != entity.uscc:
            yield paper, _("The number on the licence is not the firm's credit code.")


@clause("LSEC 43", mend=paper_page)
def is_bound_by_an_agreement(entity, on):
    """Who runs rooms of their own has agreed in writing with the agency on what each looks after."""
    if entity.operation != LiveEntity.Operation.SELF:
        return
    agreements = _of_kind(entity, Kind.AGREEMENT)
    yield from _lacking(entity, agreements, Kind.AGREEMENT.label, on)
    good = [paper for paper in agreements if paper.covers(on)]
    if good and not any(paper.settles_duties for paper in good):
        yield (
            good[-1],
            _("The agreement does not settle marketers, content, quality review and consumer protection."),
        )


@clause("DB4401 5.1.1 d", mend=paper_page)
def holds_what_its_business_needs(entity, on):
    """Every licence that its business needs on the day is on file, good and verified."""
    for row in entity.requirements.all():
        if row.category_id is None and row.asks(on):
            yield from _permits(entity, row, on)


@clause("DB4401 5.1.1 e", mend=paper_page)
def holds_what_the_goods_need(show, on):
    """Every licence that the goods of the show ask of who runs its room is on file, good and verified."""
    codes = {item.product.category.code for item in show.items.all() if item.product.category}
    for row in show.room.entity.requirements.all():
        if row.category_id is not None and row.asks(on) and any(_below(code, row.category) for code in codes):
            for fault, lack in _permits(show.room.entity, row, on):
                yield fault, _("%(lack)s (for %(goods)s)") % {"lack": lack, "goods": row.category}


def _below(code, category):
    """Whether a category's code is this category's or lies below it."""
    return code == category.code or code.startswith(f"{category.code}.")


CHECKS = [holds_what_the_goods_need]


def for_inspection(entities):
    """Live entities with what all checks read, and without personal data in clear."""
    return gather(entities.defer(*UNREAD), PREFETCH_ENTITY)


ENTITY = Rulebook(
    "live_entity",
    pgettext_lazy("room", "live entity"),
    [
        entity_runs_rooms,
        person_is_identified,
        firm_holds_its_business_licence,
        is_bound_by_an_agreement,
        holds_what_its_business_needs,
    ],
    for_inspection,
    mend=admin_page,
    subjects=lambda: LiveEntity.objects.filter(ended_on=None),
)
