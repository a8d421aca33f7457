"""What the gate found, by who must act: the agency, the room, the crew, each streamer, each merchant."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from merchants.models import Merchant
from products.models import Product
from streamers.models import CrewMember, LiveEntity, Offer, Room, RunItem, Show, Streamer


class Who(models.TextChoices):
    """Kinds of people who mend what the gate found, in the order in which they are asked."""

    AGENCY = "agency", _("the agency")
    ROOM = "room", _("live room")
    CREW = "crew", _("crew")
    STREAMER = "streamer", _("streamer")
    MERCHANT = "merchant", _("merchant")


# What a show itself lacks is the agency's to mend; from any other row a road leads to whoever it belongs to.
OF_THE_AGENCY = (Show, RunItem, Offer)
ROADS = "streamer cast trainee room entity product merchant card card_version sku".split()
STOPS = {
    Streamer: Who.STREAMER,
    Room: Who.ROOM,
    LiveEntity: Who.ROOM,
    Merchant: Who.MERCHANT,
}


@dataclass
class Line:
    """One thing to mend, and every row at which it is to be mended."""

    clause: str
    message: Any
    blocks: bool
    waiver: Any = None
    findings: list = field(default_factory=list)

    @property
    def first(self):
        """The first few of the rows."""
        return self.findings[:SHOWN]

    @property
    def rest(self):
        """The others."""
        return self.findings[SHOWN:]


SHOWN = 5


@dataclass
class Party:
    """Somebody who has to act, and what on."""

    who: Who
    row: Any
    findings: list = field(default_factory=list)

    @property
    def label(self):
        """Whom it is about, as people call them."""
        return self.who.label if self.row is None else str(self.row)

    @property
    def blockers(self):
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self):
        return [finding for finding in self.findings if not finding.blocks and not finding.waiver]

    @property
    def lines(self):
        """The findings with the same words in one line, what blocks first, what was set aside last."""
        lines = {}
        for finding in self.findings:
            key = (finding.clause, str(finding.message), finding.blocks, finding.waiver)
            lines.setdefault(key, Line(*key)).findings.append(finding)
        return sorted(lines.values(), key=lambda line: (not line.blocks, line.waiver is not None))

    def visible_to(self, user):
        """Whether a person may know what is to be mended: staff all of it, others what is theirs."""
        return user.is_staff or (
            self.row is not None and type(self.row).objects.visible_to(user).filter(pk=self.row.pk).exists()
        )

    def as_dict(self):
        """The party as doors give it out."""
        row = {"model": self.row._meta.label_lower, "id": self.row.pk} if self.row else {}
        return {
            "who": self.who.value,
            "label": self.label,
            **({"model": "", "id": None} | row),
            "blockers": len(self.blockers),
            "warnings": len(self.warnings),
            "findings": [finding.as_dict() for finding in self.findings],
        }


def parties(findings):
    """Everybody who has to act, by kind; who has more to mend that blocks comes first."""
    found = {}
    for finding in findings:
        who, row = _responsible(finding)
        key = (who, row and row.pk)
        found.setdefault(key, Party(who, row)).findings.append(finding)
    order = list(Who)
    return sorted(found.values(), key=lambda party: (order.index(party.who), -len(party.blockers)))


def _responsible(finding):
    """Who mends the row at fault; where that does not tell, whoever owns what was inspected."""
    for row in (finding.subject, finding.about):
        who, owner = _owner(row)
        if who:
            return who, owner
    return Who.AGENCY, None


def _owner(row):
    """The kind of people and the row they are, following what a row belongs to."""
    for _step in ROADS:
        if isinstance(row, OF_THE_AGENCY):
            return Who.AGENCY, None
        if isinstance(row, CrewMember):
            return Who.CREW, None
        if who := STOPS.get(type(row)):
            return who, row
        row = next((onward for name in ROADS if (onward := getattr(row, name, None)) is not None), None)
    return None, None


def by_product(findings):
    """``{id of a product: the findings about it}``, for the run sheet's own lines."""
    found = {}
    for finding in findings:
        product = _product(finding.subject) or _product(finding.about)
        if product:
            found.setdefault(product, []).append(finding)
    return found


def _product(row):
    """The id of the product that a row is about, or None."""
    if isinstance(row, Product):
        return row.pk
    if isinstance(row, Offer):
        return row.item.product_id
    return getattr(row, "product_id", None)
