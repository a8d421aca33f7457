"""What the form of a card asks while it is written: to save itself, to scan a text, to take a file in."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from mcn.kit import clock
from mcn.kit.moves import require_may
from mcn.kit.refusal import Stale, WrongState
from products.actions import card_point as points
from products.models import CardVersion, SellingPoint
from products.portal.card_form import CardForm
from products.portal.card_kept import find, keep, keep_if_signed_out
from products.rules.card import CARD
from products.rules.card_scan import scan_text, segments

LONGEST = 5_000


@keep_if_signed_out
@require_POST
def autosave(request, pk):
    """Save the form as far as it is right, and say when; what is wrong is told beside its field."""
    version = find(request, pk)
    card_form = CardForm(version, request.POST)
    try:
        card_form.write(by=request.user, at=clock.now())
    except (Stale, WrongState) as no:
        return keep(request, version, no)
    return render(request, "products/portal/_card_saved.html", saved_context(version, card_form))


def saved_context(version, card_form=None):
    """What follows from a save: the count of changes, what is wrong, what is still to do."""
    return {
        "version": version,
        "form": card_form,
        "saved_at": clock.now(),
        "findings": CARD.inspect(version, on=clock.today()).findings,
    }


@keep_if_signed_out
@require_POST
def scan(request, pk, name):
    """The hits of the text of one field, as it stands on the screen."""
    versions = CardVersion.objects.visible_to(request.user).select_related("card__product__category")
    version = get_object_or_404(versions, pk=pk)
    text = request.POST.get(name, "").replace("\r\n", "\n")[:LONGEST]
    hits = scan_text(text, version.card.product).hits
    marked = segments(text, [hit.as_dict() for hit in hits])
    return render(request, "products/portal/_card_scan.html", {"hits": hits, "segments": marked})


@keep_if_signed_out
@require_POST
def evidence(request, pk, point_pk):
    """Take in the file that proves a selling point, as soon as it is chosen."""
    version = find(request, pk)
    require_may(request.user, "change", version)
    point = get_object_or_404(SellingPoint, card_version=version, removed_at=None, pk=point_pk)
    wrong = []
    try:
        file = request.FILES.get(f"point-{point_pk}-file")
        if file:
            points.attach_evidence(point, file, by=request.user, at=clock.now())
    except WrongState as no:
        wrong = [str(no)]
    except ValidationError as error:
        wrong = error.messages
    version = find(request, pk)
    point_form = next(one for one in CardForm(version).points if one.point.pk == point_pk)
    context = saved_context(version) | {"point_form": point_form, "wrong": wrong}
    return render(request, "products/portal/_card_evidence_saved.html", context)
