"""The merchant's form of a selling-point card: a post saves it all, then does what its button asks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.refusal import Blocked, Refused, Stale, WrongState
from products.actions import card as cards
from products.actions import card_point as points
from products.models import SellingPoint
from products.portal.card_form import CardForm
from products.portal.card_kept import find, keep, keep_if_signed_out, restore
from products.portal.card_shell import shell
from products.rules.card import CARD
from products.rules.card_page import words
from products.rules.card_scan import scan_version, segments


@keep_if_signed_out
def form(request, pk):
    """The form of a version that may be written now, and the plain page of one that may not."""
    version = find(request, pk)
    if request.method == "POST":
        return take(request, version)
    if restore(request, version):
        return redirect("card", pk)
    if version.editable and may(request.user, "change", version):
        return form_page(request, version)
    return TemplateResponse(request, "products/portal/card_read.html", read_context(request, version))


def form_page(request, version, card_form=None, *, refused=(), status=200):
    """The form with what stands in the way of submitting it."""
    card_form = card_form or CardForm(version)
    removed = SellingPoint.objects.filter(card_version=version, removed_at__isnull=False).exclude(claim="")
    context = shell(request, version) | {
        "form": card_form,
        "said": card_form.comments.get("", []),
        "removed": removed,
        "kept": version.set_asides.filter(typed_by=request.user, settled_at=None).first(),
        "scans": scans(version),
        "findings": refused or CARD.inspect(version, on=clock.today()).findings,
        "refused": bool(refused),
    }
    return TemplateResponse(request, "products/portal/card_form.html", context, status=status)


def scans(version):
    """``{name of the field: its text in segments, its hits}`` of the texts that the scan hits."""
    return {
        place.anchor: {
            "hits": scan.hits,
            "segments": segments(place.text, [hit.as_dict() for hit in scan.hits]),
        }
        for place, scan in scan_version(version)
        if scan.hits
    }


def read_context(request, version):
    """What the page of a version shows that is not written now."""
    newest = version.card.versions.order_by("number").last()
    return shell(request, version) | {
        "comments": version.comments.select_related("said_by"),
        "newest": newest,
        "words": words(version),
        "may_withdraw": version.state == version.State.SUBMITTED and may(request.user, "withdraw", version),
        "may_open": newest.state not in newest.OPEN and may(request.user, "add", version),
        "kept": version.set_asides.filter(typed_by=request.user, settled_at=None).first(),
    }


def take(request, version):
    """Save what was sent as far as it is right, then go on with the button."""
    card_form = CardForm(version, request.POST, request.FILES)
    try:
        complete = card_form.write(by=request.user, at=clock.now())
    except (Stale, WrongState) as no:
        return keep(request, version, no)
    if not complete:
        messages.error(request, _("Saved, but for what is marked below."))
        return form_page(request, version, card_form, status=422)
    return do(request, version, request.POST.get("do", "save"))


def do(request, version, asked):
    """Do what a button of the saved form asks, and come back to where it stands."""
    name, _dash, target = asked.partition("-")
    try:
        anchor = BUTTONS.get(name, stay)(version, target, by=request.user, at=clock.now())
    except Blocked as no:
        messages.error(request, _("Saved, but not submitted: mend first what is listed."))
        return form_page(request, find(request, version.pk), refused=no.findings, status=no.status)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("card", version.pk)
    if name in SAID:
        messages.success(request, SAID[name])
    return redirect(f"{reverse('card', args=[version.pk])}{anchor}")


def stay(version, target, *, by, at):
    return ""


def submit(version, target, *, by, at):
    cards.submit(version, by=by, at=at)
    return ""


def add(version, target, *, by, at):
    return f"#point-{points.add_point(version, by=by, at=at).pk}-claim"


def remove(version, target, *, by, at):
    points.remove_point(_point(version, target), by=by, at=at)
    return "#points"


def restore_point(version, target, *, by, at):
    points.restore_point(_point(version, target), by=by, at=at)
    return f"#point-{target}-claim"


def detach(version, target, *, by, at):
    points.detach_evidence(_point(version, target), by=by, at=at)
    return f"#point-{target}-evidence"


def up(version, target, *, by, at):
    return _shift(version, target, -1, by=by, at=at)


def down(version, target, *, by, at):
    return _shift(version, target, 1, by=by, at=at)


BUTTONS = {
    "submit": submit,
    "add": add,
    "remove": remove,
    "restore": restore_point,
    "detach": detach,
    "up": up,
    "down": down,
}
SAID = {
    "save": gettext_lazy("Saved."),
    "submit": gettext_lazy("Submitted. You will see here what the reviewer says."),
    "remove": gettext_lazy("Removed. It can be brought back below the list."),
}


def _point(version, target):
    known = target.isascii() and target.isdigit()
    return get_object_or_404(SellingPoint, card_version=version, pk=int(target) if known else 0)


def _shift(version, target, step, *, by, at):
    """Move a standing point one place."""
    point = _point(version, target)
    order = list(version.points.filter(removed_at=None).values_list("pk", flat=True))
    place = order.index(point.pk)
    order.insert(max(place + step, 0), order.pop(place))
    points.reorder_points(version, order, by=by, at=at)
    return f"#point-{target}"
