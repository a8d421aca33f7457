"""The merchant's cards by product: how far each is and what to do next, its versions, its print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mcn.kit import clock
from mcn.kit.portal import Page
from mcn.kit.qr import qr_image
from mcn.kit.refusal import Refused
from merchants.portal.base import MerchantMixin
from products.actions import card as cards
from products.models import CardVersion, Product
from products.portal.card_kept import find
from products.portal.card_shell import shell
from products.rules.card import CARD
from products.rules.card_page import page, words

State = CardVersion.State
PAGE = 20
WAITS = [State.DRAFT, State.RETURNED]
FILTERS = {
    "": (gettext_lazy("All"), Q()),
    "todo": (gettext_lazy("To do"), Q(newest_state=None) | Q(newest_state__in=WAITS)),
    State.SUBMITTED.value: (State.SUBMITTED.label, Q(newest_state=State.SUBMITTED)),
    State.APPROVED.value: (State.APPROVED.label, Q(newest_state=State.APPROVED)),
}


class CardsPage(MerchantMixin, Page):
    """Every product of the merchant with its newest version."""

    section = "cards"
    template_name = "products/portal/cards.html"

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("state", "")
        asked = asked if asked in FILTERS else ""
        query = self.request.GET.get("q", "").strip()
        newest = CardVersion.objects.filter(card__product=OuterRef("pk")).order_by("-number")
        found = Product.objects.filter(merchant=self.merchant).annotate(
            newest_pk=Subquery(newest.values("pk")[:1]), newest_state=Subquery(newest.values("state")[:1])
        )
        found = found.filter(FILTERS[asked][1]).order_by("-id")
        if query:
            found = found.filter(search__tokens=query)
        shown = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=shown,
            rows=_rows(shown.object_list),
            filters=[(key, label, key == asked) for key, (label, _wanted) in FILTERS.items()],
            asked=asked,
            query=query,
            may_write="products.add_cardversion" in self.allowed,
            **kwargs,
        )


def _rows(products):
    """Each product with its newest version, the approved one, and how much is still to do."""
    versions = CardVersion.objects.filter(pk__in=[product.newest_pk for product in products])
    reports = CARD.inspect_many(versions.filter(state__in=WAITS), on=clock.today())
    newest = {version.card_id: version for version in versions.select_related("card")}
    by_product = {version.card.product_id: version for version in newest.values()}
    approved = CardVersion.objects.filter(card__in=newest, state=State.APPROVED).select_related("card")
    on_air = {version.card.product_id: version for version in approved}
    return [
        {
            "product": product,
            "version": by_product.get(product.pk),
            "approved": on_air.get(product.pk),
            "todo": len(reports[product.newest_pk].blockers) if product.newest_pk in reports else 0,
        }
        for product in products
    ]


@login_required
@require_POST
def open_version(request, pk):
    """Begin the card of a product, or its next version, or go on with the one that is open."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    try:
        version = cards.open_version(product, by=request.user, at=clock.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect(_newest_url(product))
    return redirect("card", version.pk)


def _newest_url(product):
    newest = CardVersion.objects.filter(card__product=product).order_by("number").last()
    code = product.merchant.code
    return reverse("card", args=[newest.pk]) if newest else reverse("portal_cards", args=[code])


@login_required
@require_POST
def withdraw(request, pk):
    """Take a card back from the reviewers to go on writing."""
    version = find(request, pk)
    try:
        cards.withdraw(version, by=request.user, at=clock.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Taken back: you can go on writing."))
    return redirect("card", pk)


@login_required
@require_safe
def versions(request, pk):
    """Every version of a card, with what the reviewers said of each."""
    version = find(request, pk)
    found = version.card.versions.order_by("-number").select_related("submitted_by", "decided_by")
    context = shell(request, version) | {
        "versions": found.prefetch_related("comments__said_by", "comments__point")
    }
    return TemplateResponse(request, "products/portal/card_versions.html", context)


@login_required
@require_safe
def print_page(request, pk):
    """The card as a page for the printer, in letters as large as one A4 page allows."""
    version = find(request, pk)
    sheet = page(version, at=clock.now(), url=_address(request, version))
    context = {"version": version, "product": version.card.product, "size": sheet.size, "pages": sheet.pages}
    context |= {"words": words(version), "qr": qr_image(_address(request, version), border=0)}
    return TemplateResponse(request, "products/portal/card_print.html", context)


@login_required
@require_safe
def pdf(request, pk):
    """The card as a PDF of one A4 page."""
    version = find(request, pk)
    sheet = page(version, at=clock.now(), url=_address(request, version))
    answer = HttpResponse(sheet.output(), content_type="application/pdf")
    name = f"card-{version.card.product.code}-v{version.number}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _address(request, version):
    return request.build_absolute_uri(reverse("card", args=[version.pk]))
