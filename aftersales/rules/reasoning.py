"""How an entitlement is told: its lines in words, what follows from them, and how a row keeps it."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from aftersales.models.guarantee import Remedy

GIVES, BARS, TELLS = "gives", "bars", "tells"


@dataclass(frozen=True)
class Line:
    """One step of the reasoning: what it is, by which clause, what it gives or bars, on which days."""

    code: str
    clause: str
    effect: str
    remedies: list = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self):
        """The step in words."""
        return WORDS[self.code] % self.values

    @property
    def remedy_labels(self):
        return [Remedy(one).label for one in self.remedies]

    def as_dict(self):
        """As a row keeps it: no words of a language, so that each reader sees their own."""
        return {
            "code": self.code,
            "clause": self.clause,
            "effect": self.effect,
            "remedies": [str(one) for one in self.remedies],
            "values": {name: str(value) for name, value in self.values.items()},
        }


@dataclass(frozen=True)
class Entitlement:
    """The remedies on a day, and the lines that lead to them."""

    on: datetime.date
    lines: list

    @property
    def remedies(self):
        """What the buyer may ask for, each once, the most far-reaching first."""
        given = {one for line in self.lines if line.effect == GIVES for one in line.remedies}
        full = Remedy.RETURN in given or Remedy.REFUND in given
        return [one for one in Remedy if one in given and not (full and one == Remedy.DEPRECIATED)]

    @property
    def depreciation(self):
        """How much a return after two repairs costs the buyer; nothing where a full one is due."""
        if Remedy.DEPRECIATED not in self.remedies:
            return Decimal(0)
        return max(Decimal(line.values["cost"]) for line in self.lines if "cost" in line.values)

    @property
    def labels(self):
        return [one.label for one in self.remedies]

    def as_dict(self):
        """As a row keeps it."""
        return {
            "on": str(self.on),
            "remedies": [str(one) for one in self.remedies],
            "lines": [line.as_dict() for line in self.lines],
        }


def stored(told):
    """The entitlement that ``as_dict`` gave, or None where none was kept."""
    if not told:
        return None
    lines = [Line(**line) for line in told["lines"]]
    return Entitlement(datetime.date.fromisoformat(told["on"]), lines)


WORDS = {
    "unshipped": _("Not shipped yet: the payment goes back at once, nobody need approve."),
    "not_received": _(
        "Shipped and not received: once it is refused at the door or lost, the payment goes back."
    ),
    "never_arrived": _("The tracking shows no receipt: the payment goes back."),
    "was_received": _(
        "Received on %(received)s by the tracking: that it never arrived is for evidence to show."
    ),
    "seven_days": _("Day %(day)s after receipt on %(received)s: without reason until %(last)s."),
    "seven_days_over": _("Seven days without reason ended on %(last)s; this is day %(day)s."),
    "exempt_by_law": _("The law exempts this category from seven days without reason."),
    "exempt_confirmed": _(
        "The buyer confirmed at the order that this category has no seven days without reason."
    ),
    "not_confirmed": _(
        "The category may be exempt, but no confirmation of the buyer at the order is on file."
    ),
    "not_intact": _(
        "The goods are no longer complete and unharmed: without reason they need not be taken back."
    ),
    "seller_at_fault": _(
        "Day %(day)s after receipt: what the seller brought about is made good until %(last)s."
    ),
    "seller_at_fault_late": _("Reported on day %(day)s, after %(last)s: evidence decides."),
    "perishable": _("Perishable goods, reported on day %(day)s, until %(last)s: nothing need be sent back."),
    "perishable_late": _("Perishable goods had to be reported until %(last)s; this is day %(day)s."),
    "misuse": _("The fault comes from the buyer's own use: the guarantees do not cover it."),
    "paid_repair": _("It can be repaired at a price that is agreed before."),
    "plain_fault": _(
        "Outside the three guarantees: a fault within seven days, until %(last)s, gives a return."
    ),
    "plain_fault_late": _(
        "Outside the three guarantees: after %(last)s exchange or repair; a return if agreed."
    ),
    "return_days": _("Day %(day)s after receipt: a fault until %(last)s gives return, exchange or repair."),
    "return_days_over": _("The days for a return because of a fault ended on %(last)s; this is day %(day)s."),
    "exchange_days": _("Day %(day)s after receipt: a fault until %(last)s gives exchange or repair."),
    "exchange_days_over": _(
        "The days for an exchange because of a fault ended on %(last)s; this is day %(day)s."
    ),
    "warranty": _("Under guarantee until %(last)s, %(paused)s days of repairs added: repair free of charge."),
    "warranty_over": _("The guarantee ended on %(last)s, %(paused)s days of repairs added."),
    "repairs_failed": _("Repaired %(count)s times and still faulty; %(limit)s are enough for an exchange."),
    "depreciated": _("A return instead: %(used)s days of use at %(rate)s %% a day cost %(cost)s yuan."),
    "repairs_few": _("Repaired %(count)s times; an exchange is due after %(limit)s."),
    "parts_late": _("In repair for %(days)s days, parts not supplied: more than %(limit)s give an exchange."),
    "parts_soon": _("In repair for %(days)s days, waiting for parts: an exchange is due after %(limit)s."),
    "repairer_late": _(
        "In repair for %(days)s days by the repairer's own delay: more than %(limit)s give an exchange."
    ),
    "repairer_soon": _("In repair for %(days)s days: an exchange is due after %(limit)s."),
    "cause_not_noted": _("The repair record notes no reason for the delay: it counts as the repairer's own."),
    "no_same_model": _(
        "The same model is not to be had: instead of the exchange the full payment goes back."
    ),
}
