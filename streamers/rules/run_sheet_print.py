"""The run sheet on A4: what is shown in which order, at which price, how much of it, by whom."""

from django.utils.translation import gettext as _

from mcn.kit.pdf import Sheet
from streamers.rules import run_sheet_page
from streamers.rules.show_times import span


def page(show, *, at, url=""):
    """The document, as many pages as it takes."""
    found = run_sheet_page.lines(show)
    sheet = Sheet(show.title, number=f"{show.code} · {_('run sheet')}", at=at, qr=url, size=9)
    sheet.facts(_facts(show, found))
    sheet.table(
        [
            (_("No."), 1),
            (_("product"), 6),
            (_("merchant"), 3.2),
            (_("SKU"), 3.4),
            (_("price"), 2.4),
            (_("spot"), 1.8),
            (_("presale"), 3),
            (_("card"), 1.5),
        ],
        [row for line in found for row in _rows(line)],
    )
    if show.contingency:
        sheet.heading(_("contingency plan"))
        sheet.paragraph(show.contingency)
    return sheet


def _facts(show, found):
    cast = show.cast.standing().select_related("streamer")
    crew = show.crew.standing().select_related("person")
    total = run_sheet_page.totals(found)
    return [
        (_("time"), span(show)),
        (_("room"), f"{show.room.platform} · {show.room}"),
        (_("streamers"), "、".join(f"{row.streamer.stage_name}（{row.get_role_display()}）" for row in cast)),
        (_("crew"), "、".join(f"{row.get_role_display()} {row.person}" for row in crew)),
        (
            _("products"),
            _("%(products)s products of %(merchants)s merchants, spot %(spot)s, presale %(presale)s") % total,
        ),
    ]


def _rows(line):
    """A row for each offer; the product itself stands in the first."""
    item, card = line.item, line.item.card_version
    note = f"\n{item.note}" if item.note else ""
    first = [
        str(item.position),
        f"{item.product.name}\n{item.product.code}{note}",
        str(item.product.merchant.short_name or item.product.merchant),
    ]
    version = f"v{card.number}" if card else "—"
    if not line.deals:
        return [[*first, "", "", "", "", version]]
    return [
        [*(first if place == 0 else ["", "", ""]), *_offer(deal.offer), version if place == 0 else ""]
        for place, deal in enumerate(line.deals)
    ]


def _offer(offer):
    price = f"¥{offer.price}"
    if offer.compared_price:
        price += "\n" + _("struck through ¥%(price)s") % {"price": offer.compared_price}
    ships = _("ships by %(day)s") % {"day": f"{offer.ships_on:%m-%d}"} if offer.ships_on else ""
    presale = f"{offer.presale}\n{ships}" if offer.presale else "0"
    return [offer.sku.specification or offer.sku.code, price, str(offer.spot), presale]
