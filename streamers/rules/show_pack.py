"""What an evidence pack of a show holds, and its summary on paper."""

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mcn.audit.models import Entry
from mcn.evidence.models import Document, Revision
from mcn.evidence.pack import list_files
from mcn.kit.clock import to_the_second
from mcn.kit.pdf import Sheet
from streamers.models import Recording, ReplayHandover, ReplayRequest


def files_of(record):
    """The files that the record names by hash, as they were at its moment; papers of people stay away."""
    ids = [int(number) for number in record.facts.get("documents", {})]
    documents = Document.objects.filter(pk__in=ids)
    open_ids = [row.pk for row in documents if not _is_personal(row)]
    rows = Revision.objects.filter(document__in=open_ids, uploaded_at__lte=record.frozen_at)
    return rows.select_related("document").order_by("document", "number")


def _is_personal(document):
    return hasattr(apps.get_model(document.owner_model).objects, "files_visible_to")


def trail_of(parts):
    """The audit entries of the rows of some parts, each with the block that seals it."""
    found = []
    for model, lines in parts.items():
        rows = [str(line["id"]) for line in lines]
        entries = Entry.objects.filter(model=model._meta.label_lower, row__in=rows)
        found += entries.values(
            "id",
            "at",
            "by__username",
            "verb",
            "model",
            "row",
            "changes",
            "why",
            "sealed__block",
            "sealed__block__digest",
        )
    return sorted(found, key=lambda entry: entry["id"])


def summary(show, record, parts, packed, missing, *, at):
    """The pack on paper: what was shown, by whom, when, and the hash of each file."""
    sheet = Sheet(_("Evidence pack of %(show)s") % {"show": show}, number=show.code, at=at)
    sheet.facts(_head(show, record))
    sheet.heading(_("Run sheet as frozen"))
    sheet.table(
        [
            ("#", 1),
            (_("product"), 5),
            (_("merchant"), 4),
            (_("SKU"), 3),
            (_("price"), 2),
            (_("spot / presale"), 3),
        ],
        goods_of(record),
    )
    findings = record.facts.get("findings", [])
    if findings:
        sheet.heading(_("Warnings at go-live"))
        sheet.points(_warning(line) for line in findings)
    _list_recordings(sheet, show)
    _list_requests(sheet, show)
    sheet.heading(_("On record now"))
    sheet.table(
        [(_("kind"), 4), (_("rows"), 1)],
        [(model._meta.verbose_name_plural, len(lines)) for model, lines in parts.items() if lines],
    )
    list_files(sheet, packed, missing)
    sheet.paragraph(
        _(
            "manifest.json names the hash of every file, SHA256SUMS serves to check them with sha256sum -c. "
            "The hash of manifest.json stands in the audit trail."
        ),
        muted=True,
    )
    return sheet


def _warning(line):
    told = f"{line['clause']}：{line['subject']['label']} · {line['message']}"
    if waiver := line.get("waiver"):
        told += _(" (set aside by %(who)s: %(why)s)") % {"who": waiver["by"], "why": waiver["reason"]}
    return told


def _head(show, record):
    parts = record.facts["parts"] if record.content else {}
    names = [line["stage_name"] for line in parts.get("streamers.streamer", [])]
    entities = [line["name"] for line in parts.get("streamers.liveentity", [])]
    return [
        (_("show"), str(show)),
        (_("live entity"), "、".join(entities)),
        (_("room"), f"{show.room.platform} · {show.room}"),
        (_("streamers"), "、".join(names)),
        (_("went live at"), to_the_second(show.started_at)),
        (_("ended at"), to_the_second(show.ended_at)),
        (_("frozen record"), f"SHA-256 {record.sha256}"),
    ]


def goods_of(record):
    """A line for each offer of the frozen run sheet, in its order."""
    parts = record.facts.get("parts", {})
    products = {line["id"]: line for line in parts.get("products.product", [])}
    merchants = {line["id"]: line["name"] for line in parts.get("merchants.merchant", [])}
    skus = {line["id"]: line["code"] for line in parts.get("products.sku", [])}
    offers = {}
    for offer in parts.get("streamers.offer", []):
        offers.setdefault(offer["item_id"], []).append(offer)
    for item in sorted(parts.get("streamers.runitem", []), key=lambda line: (line["position"], line["id"])):
        product = products[item["product_id"]]
        for offer in offers.get(item["id"], [None]):
            said = (
                (skus[offer["sku_id"]], offer["price"], f"{offer['spot']} / {offer['presale']}")
                if offer
                else ("", "", "")
            )
            yield (item["position"], product["name"], merchants[product["merchant_id"]], *said)


def _list_recordings(sheet, show):
    recordings = Recording.objects.filter(show=show).select_related("show").order_by("begins_at")
    sheet.heading(Recording._meta.verbose_name_plural)
    sheet.table(
        [(_("file"), 4), (_("span"), 4), (_("state"), 2), ("SHA-256", 5)],
        [
            (
                row.name,
                f"{to_the_second(row.begins_at)} – {to_the_second(row.ends_at)}",
                row.get_state_display(),
                row.sha256,
            )
            for row in recordings
        ],
    )


def _list_requests(sheet, show):
    requests = ReplayRequest.objects.filter(show=show).order_by("id")
    handed = ReplayHandover.objects.filter(request__show=show).select_related("request").order_by("id")
    if requests:
        sheet.heading(ReplayRequest._meta.verbose_name_plural)
        sheet.table(
            [
                (pgettext("replay", "authority"), 4),
                (_("reference"), 4),
                (pgettext("replay", "received on"), 3),
                (_("state"), 2),
            ],
            [
                (row.authority, row.reference, f"{row.received_on:%Y-%m-%d}", row.get_state_display())
                for row in requests
            ],
        )
    if handed:
        sheet.table(
            [(_("reference"), 4), (_("handed over at"), 4), (_("way"), 3), ("SHA-256", 6)],
            [
                (row.request.reference, to_the_second(row.handed_at), row.get_way_display(), row.sha256)
                for row in handed
            ],
        )
