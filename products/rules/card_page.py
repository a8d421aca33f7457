"""A card as one A4 page for the streamer's desk."""

import datetime

from django.utils.translation import gettext as _

from mcn.kit import clock
from mcn.kit.pdf import Sheet, one_page
from products.models import CardVersion
from products.rules.card_scan import standing_points

Part = CardVersion.Part
# In points: as large as the desk likes it, and the smallest that can still be read from it.
SIZES = (13, 11, 9, 8)
# When a card is only measured, what is printed of time and address takes the room that any would.
ANY_TIME = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ANY_ADDRESS = "https://example.com/portal/cards/1/"


def page(version, *, at, url):
    """The sheet of a version as ``for_inspection`` loads it, in the largest letters that fit a page."""
    return one_page(lambda size: _sheet(version, at=at, url=url, size=size), SIZES)


def pages_of(version):
    """How many pages a version takes in the smallest letters allowed."""
    return page(version, at=ANY_TIME, url=ANY_ADDRESS).pages


def _sheet(version, *, at, url, size):
    said, product = words(version), version.card.product
    number = f"{product.merchant.code} · {product.code} · v{version.number} · {version.get_state_display()}"
    sheet = Sheet(product.name, number=number, at=at, qr=url, size=size)
    sheet.facts(said["product"])
    sheet.heading(said["points_label"])
    sheet.table([(_("claim"), 7), (_("evidence or source"), 3)], said["points"])
    sheet.facts(said["parts"])
    sheet.heading(said["promotion_label"])
    sheet.facts(said["promotion"])
    sheet.paragraph(said["signature"], muted=True)
    return sheet


def words(version):
    """All that a card says, by heading, as screens and paper show it."""
    return {
        "product": product_facts(version),
        "points_label": Part.POINTS.label,
        "points": [(point.claim, proof_of(point)) for point in standing_points(version)],
        "parts": part_rows(version),
        "promotion_label": Part.PROMOTION.label,
        "promotion": promotion_rows(version),
        "signature": signature(version),
    }


def product_facts(version):
    """Who sells what at which price, as label and value."""
    product = version.card.product
    return [
        (_("merchant"), str(product.merchant)),
        (_("price"), "；".join(price_of(sku) for sku in product.skus.all() if sku.on_sale)),
        (_("specification"), product.specification),
    ]


def price_of(sku):
    """A SKU with its price, and the struck-through one where there is one."""
    said = f"{sku.specification or sku.code} ¥{sku.price:.2f}"
    return f"{said}（{_('struck-through price')} ¥{sku.list_price:.2f}）" if sku.list_price else said


def proof_of(point):
    """In a few words, what a selling point stands on."""
    papers = [str(paper) for paper in (point.document, point.credential) if paper is not None]
    source = [f"{_('source')}：{point.source}"] if point.source else []
    return "；".join([*papers, *source])


def part_rows(version):
    """The parts that are told in words, as label and value."""
    parts = [Part.HAZARDS, Part.WARNINGS, Part.ACCIDENT, Part.AFTER_SALES, Part.DATES]
    return [(part.label, part_text(version, part)) for part in parts]


def part_text(version, part):
    """What a version says of a part, or why the part does not apply."""
    if not version.applies(part):
        return _("not applicable: %(reason)s") % {"reason": version.not_applicable[part]}
    names = CardVersion.FIELDS_OF[part]
    if len(names) == 1:
        return getattr(version, names[0])
    told = [(version._meta.get_field(name).verbose_name, getattr(version, name)) for name in names]
    return "；".join(f"{label}：{value}" for label, value in told if value)


def promotion_rows(version):
    """The promotion, as label and value."""
    if not version.applies(Part.PROMOTION):
        return [(Part.PROMOTION.label, part_text(version, Part.PROMOTION))]
    days = [f"{day:%Y-%m-%d}" if day else "" for day in (version.promotion_from, version.promotion_to)]
    compared = f"¥{version.compared_price:.2f}" if version.compared_price else ""
    return [
        (_("scope of the promotion"), version.promotion_scope),
        (_("rules of the promotion"), version.promotion_rules),
        (
            _("period of the promotion"),
            _("%(from)s to %(to)s") % {"from": days[0], "to": days[1]} if any(days) else "",
        ),
        (_("limits of the promotion"), version.promotion_limits),
        (_("compared price"), "；".join(text for text in (compared, version.price_basis) if text)),
    ]


def signature(version):
    """Who approved it and when, or that nobody has."""
    if version.state not in CardVersion.FROZEN:
        return _("Not approved: do not use it on air.")
    said = _("Version %(number)s · approved by %(by)s · %(on)s")
    on = f"{clock.business_day(version.decided_at):%Y-%m-%d}"
    return said % {"number": version.number, "by": version.decided_by or _("the system"), "on": on}
