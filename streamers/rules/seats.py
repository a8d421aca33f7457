"""How many customer-service seats a service plan needs: quantities, expected contacts, then Erlang C."""

import math
from dataclasses import asdict, dataclass

from mcn.agency.models import Figure, figures
from streamers.rules import erlang

HOUR = 3600
KEYS = {
    "sold_percent": Figure.Key.SERVICE_SOLD_PERCENT,
    "presale_percent": Figure.Key.SERVICE_PRESALE_PERCENT,
    "peak_percent": Figure.Key.SERVICE_PEAK_PERCENT,
    "handling_seconds": Figure.Key.SERVICE_HANDLING_SECONDS,
    "chats": Figure.Key.SERVICE_CHATS,
    "busy_percent": Figure.Key.SERVICE_BUSY_PERCENT,
    "answer_percent": Figure.Key.SERVICE_ANSWER_PERCENT,
    "answer_seconds": Figure.Key.SERVICE_ANSWER_SECONDS,
}


@dataclass(frozen=True)
class Terms:
    """The figures of policy by which contacts are expected and seats counted, as of a day."""

    sold_percent: int
    presale_percent: int
    peak_percent: int
    handling_seconds: int
    chats: int
    busy_percent: int
    answer_percent: int
    answer_seconds: int


def terms(on):
    """The figures in force on a day, by one query."""
    return Terms(*figures(list(KEYS.values()), on))


@dataclass(frozen=True)
class Quantity:
    """What a plan has of a SKU, with the contacts that its category makes per hundred orders."""

    label: str
    spot: int
    presale: int
    rate: float

    def contacts(self, terms):
        """The contacts to expect: presale orders make more of them, for they wait longer."""
        weighed = self.spot + self.presale * terms.presale_percent / 100
        return weighed * terms.sold_percent / 100 * self.rate / 100


def quantities(lines):
    """The quantities of a plan's lines; reads ``sku__product__category``."""
    return [
        Quantity(
            label=f"{line.sku.product.name} {line.sku.specification}".strip(),
            spot=line.spot,
            presale=line.presale,
            rate=float(line.sku.product.category.contact_rate) if line.sku.product.category else 0.0,
        )
        for line in lines
        if line.spot or line.presale
    ]


def assess(lines, terms, *, percent=None, seconds=None, seats=None):
    """The seats that quantities need, with every step of the reasoning, as plain JSON.

    A promise of the plan's own counts where it is stricter than the agency's. With ``seats`` given it tells
    what buyers then meet.
    """
    percent = max(percent or 0, terms.answer_percent)
    seconds = min(seconds or terms.answer_seconds, terms.answer_seconds)
    told = [asdict(line) | {"contacts": round(line.contacts(terms), 1)} for line in lines]
    contacts = sum(line.contacts(terms) for line in lines)
    peak = contacts * terms.peak_percent / 100
    traffic = peak * terms.handling_seconds / HOUR
    servers = erlang.servers_for(
        traffic,
        share=percent / 100,
        seconds=seconds,
        handling=terms.handling_seconds,
        most_busy=terms.busy_percent / 100,
    )
    needed = math.ceil(servers / terms.chats)
    met = {"seconds": seconds, "handling": terms.handling_seconds, "chats": terms.chats}
    return {
        "terms": asdict(terms),
        "percent": percent,
        "seconds": seconds,
        "lines": told,
        "contacts": round(contacts, 1),
        "peak": round(peak, 1),
        "traffic": round(traffic, 2),
        "servers": servers,
        "seats": needed,
        "needed": _met(needed, traffic, **met),
        "offered": _met(seats, traffic, **met) if seats else None,
    }


def _met(seats, traffic, *, seconds, handling, chats):
    """What buyers meet with so many seats, in percent and seconds; no wait is told where it never ends."""
    servers = seats * chats
    wait = erlang.mean_wait(servers, traffic, handling=handling) if traffic else 0.0
    within = erlang.answered_within(servers, traffic, seconds=seconds, handling=handling) if traffic else 1.0
    return {
        "seats": seats,
        "waits": round(erlang.waits(servers, traffic) * 100, 1) if traffic else 0.0,
        "answered": round(within * 100, 1),
        "wait": None if math.isinf(wait) else round(wait, 1),
        "busy": round(erlang.occupancy(servers, traffic) * 100, 1) if traffic else 0.0,
    }
