"""The run sheet of a show: products picked, put in order, priced and promised, row by row as one types."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mcn.kit import clock
from mcn.kit.forms import RecordForm
from mcn.kit.refusal import Refused
from products.models import Product
from products.rules.listing import LISTING
from streamers.actions import run_sheet as run_sheet_actions
from streamers.actions import show as show_actions
from streamers.admin.show_pages import gate_of
from streamers.models import Offer, RunItem
from streamers.rules import run_sheet_page
from streamers.rules.go_live import days
from streamers.rules.parties import by_product
from streamers.rules.run_sheet_print import page as print_page

FOUND = 20
WRONG = 422
# A number of a row has fewer digits than this.
WIDE = 19


class ItemForm(RecordForm):
    """What the run sheet says of a product beside its offers."""

    class Meta:
        model = RunItem
        fields = ["minutes", "note"]


class OfferForm(RecordForm):
    """What is offered of one SKU."""

    link = forms.URLField(
        label=Offer._meta.get_field("link").verbose_name,
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    class Meta:
        model = Offer
        fields = ["price", "compared_price", "price_basis", "spot", "presale", "ships_on", "link"]


class RunSheetMixin:
    """Gives a show its run sheet: a page to work on, and what the page calls."""

    def get_urls(self):
        views = [
            ("", require_safe(self.run_sheet_view), "run_sheet"),
            ("print/", require_safe(self.print_view), "run_sheet_print"),
            ("gate/", require_safe(self.marks_view), "run_sheet_gate"),
            ("find/", require_safe(self.find_view), "run_sheet_find"),
            ("pick/", require_POST(self.pick_view), "run_sheet_pick"),
            ("numbers/", require_POST(self.numbers_view), "run_sheet_numbers"),
            ("order/", require_POST(self.order_view), "run_sheet_order"),
            ("cards/", require_POST(self.cards_view), "run_sheet_cards"),
            ("items/<int:pk>/", require_POST(self.item_view), "run_sheet_item"),
            ("items/<int:pk>/off/", require_POST(self.off_view), "run_sheet_off"),
            ("items/<int:pk>/skus/", require_POST(self.skus_view), "run_sheet_skus"),
            ("offers/<int:pk>/", require_POST(self.offer_view), "run_sheet_offer"),
            ("offers/<int:pk>/off/", require_POST(self.offer_off_view), "run_sheet_offer_off"),
        ]
        own = [
            path(
                f"<int:object_id>/run-sheet/{address}",
                self.admin_site.admin_view(view),
                name=f"streamers_show_{name}",
            )
            for address, view, name in views
        ]
        return [*own, *super().get_urls()]

    def run_sheet_view(self, request, object_id, answers=(), status=200):
        """The run sheet as a table to type in, each line with what stands against it."""
        show = self.show_or_404(request, object_id)
        gate = gate_of(show)
        lines = run_sheet_page.lines(show)
        found = by_product(gate.report.findings) if gate else {}
        for line in lines:
            line.findings = found.get(line.item.product_id, [])
        context = {
            **self.admin_site.each_context(request),
            **self.head(request, show, "run_sheet"),
            "title": str(show),
            "opts": self.opts,
            "original": show,
            "media": self.media,
            "gate": gate,
            "lines": lines,
            "answers": answers,
            "totals": run_sheet_page.totals(lines),
            "editable": self.has_change_permission(request, show),
            "export_url": f"{reverse('admin:streamers_show_export', args=['xlsx'])}?id__exact={show.pk}",
            "import_url": f"{reverse('admin:sheets_importjob_add')}?sheet=run-sheets",
        }
        return TemplateResponse(request, "streamers/admin/show/run_sheet.html", context, status=status)

    def print_view(self, request, object_id):
        """The run sheet on paper."""
        show = self.show_or_404(request, object_id)
        url = request.build_absolute_uri(reverse("admin:streamers_show_run_sheet", args=[show.pk]))
        sheet = print_page(show, at=clock.now(), url=url)
        answer = HttpResponse(sheet.output(), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="run-sheet-{show.code}.pdf"'
        return answer

    def marks_view(self, request, object_id):
        """What stands against the show and each of its lines now, after something was typed."""
        show = self.show_or_404(request, object_id)
        gate = gate_of(show)
        found = by_product(gate.report.findings) if gate else {}
        items = show.items.standing()
        marks = [(item, *_mark(found.get(item.product_id, []))) for item in items]
        context = {"gate": gate, "row": show, "marks": marks}
        return TemplateResponse(request, "streamers/admin/show/_marks.html", context)

    def find_view(self, request, object_id):
        """Products for a few letters: those that may be listed then to pick, the others with why not."""
        show = self.show_or_404(request, object_id)
        asked = request.GET.get("q", "").strip()
        products = Product.objects.visible_to(request.user).filter(state=Product.State.VERIFIED)
        if asked:
            products = products.filter(search__tokens=asked)
        products = products.exclude(run_items__in=show.items.standing())
        shown = list(products.select_related("merchant")[:FOUND])
        on = days(show)[0]
        reports = LISTING.inspect_many(Product.objects.filter(pk__in=[row.pk for row in shown]), on=on)
        found = sorted(
            ((product, reports[product.pk].blockers[:1]) for product in shown), key=lambda row: bool(row[1])
        )
        context = {"row": show, "found": found, "asked": asked, "most": len(shown) == FOUND}
        return TemplateResponse(request, "streamers/admin/show/_found.html", context)

    def pick_view(self, request, object_id):
        """Put the ticked products at the end."""
        show = self.show_or_404(request, object_id)
        chosen = [int(pk) for pk in request.POST.getlist("product") if pk.isdecimal() and len(pk) < WIDE]
        products = list(Product.objects.visible_to(request.user).filter(pk__in=chosen))
        products.sort(key=lambda product: chosen.index(product.pk))
        try:
            items = run_sheet_actions.pick(show, products, by=request.user, at=clock.now())
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
        else:
            said = ngettext("%(count)s product added.", "%(count)s products added.", len(items))
            self.message_user(request, said % {"count": len(items)}, messages.SUCCESS)
        return redirect("admin:streamers_show_run_sheet", show.pk)

    def numbers_view(self, request, object_id):
        """Put the products of a pasted list at the end, and say what became of each number."""
        show = self.show_or_404(request, object_id)
        numbers = request.POST.get("numbers", "").replace("，", "\n").replace(",", "\n").splitlines()
        try:
            answers = run_sheet_actions.pick_numbers(show, numbers, by=request.user, at=clock.now())
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
            return redirect("admin:streamers_show_run_sheet", show.pk)
        refused = any(answer.refusal for answer in answers)
        return self.run_sheet_view(request, object_id, answers, WRONG if refused else 200)

    def order_view(self, request, object_id):
        """Bring the products into the order in which the page shows them."""
        show = self.show_or_404(request, object_id)
        ids = [int(pk) for pk in request.POST.getlist("item") if pk.isdecimal() and len(pk) < WIDE]
        try:
            run_sheet_actions.arrange(show, ids, by=request.user, at=clock.now())
        except Refused as no:
            return HttpResponse(str(no), status=no.status, content_type="text/plain; charset=utf-8")
        except ValidationError as error:
            said = "；".join(error.messages)
            return HttpResponse(said, status=409, content_type="text/plain; charset=utf-8")
        return HttpResponse(_("The order is saved."), content_type="text/plain; charset=utf-8")

    def cards_view(self, request, object_id):
        """Read from the newest approved card of every product."""
        show = self.show_or_404(request, object_id)
        try:
            run_sheet_actions.renew_cards(show, by=request.user, at=clock.now())
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
        else:
            self.message_user(request, _("The cards are the newest approved ones."), messages.SUCCESS)
        return redirect("admin:streamers_show_run_sheet", show.pk)

    def item_view(self, request, object_id, pk):
        """Save the minutes or the note of a line."""
        item = self.part_or_404(request, object_id, RunItem.objects, pk=pk, show=object_id)
        return self.typed(
            request, ItemForm(request.POST, instance=item, prefix="item"), run_sheet_actions.change_item
        )

    def offer_view(self, request, object_id, pk):
        """Save what is offered of one SKU; what is promised is there."""
        offers = Offer.objects.select_related("item__show", "item__product", "sku")
        offer = self.part_or_404(request, object_id, offers, pk=pk, item__show=object_id)

        def put(row, *, by, at):
            return run_sheet_actions.offer([row], by=by, at=at)

        return self.typed(request, OfferForm(request.POST, instance=offer, prefix="offer"), put)

    def off_view(self, request, object_id, pk):
        """Take a product off the run sheet; the page takes its lines away."""
        item = self.part_or_404(request, object_id, RunItem.objects, pk=pk, show=object_id)
        try:
            show_actions.take_off(item, by=request.user, at=clock.now())
        except Refused as no:
            return HttpResponse(str(no), status=no.status, content_type="text/plain; charset=utf-8")
        return HttpResponse(headers={"HX-Trigger": "saved"})

    def skus_view(self, request, object_id, pk):
        """Offer the SKUs of a product that are on sale and not offered yet."""
        items = RunItem.objects.select_related("show", "product")
        item = self.part_or_404(request, object_id, items, pk=pk, show=object_id)
        return self.changed(request, run_sheet_actions.offer_rest, item)

    def offer_off_view(self, request, object_id, pk):
        """Offer a SKU no longer; the others of its product stay."""
        offers = Offer.objects.select_related("item__show", "item__product", "sku")
        offer = self.part_or_404(request, object_id, offers, pk=pk, item__show=object_id)
        return self.changed(request, show_actions.take_off, offer)

    def changed(self, request, verb, row):
        """Call a verb after which the page looks otherwise."""
        try:
            verb(row, by=request.user, at=clock.now())
        except Refused as no:
            return HttpResponse(str(no), status=no.status, content_type="text/plain; charset=utf-8")
        return HttpResponse(headers={"HX-Refresh": "true"})

    def part_or_404(self, request, object_id, rows, **where):
        """A row of the show that stands on it now."""
        self.show_or_404(request, object_id)
        part = rows.filter(removed_at=None, **where).first()
        if part is None:
            raise Http404
        return part

    def typed(self, request, form, verb):
        """Save a row as it was typed, and say beside it that it is saved, or why not."""
        if not form.is_valid():
            errors = [f"{_label(form, name)}{'；'.join(found)}" for name, found in form.errors.items()]
            return self.said(request, form, "；".join(errors), WRONG)
        try:
            verb(form.instance, by=request.user, at=clock.now())
        except Refused as no:
            return self.said(request, form, str(no), no.status)
        except ValidationError as error:
            return self.said(request, form, "；".join(error.messages), WRONG)
        return self.said(request, form)

    def said(self, request, form, refusal="", status=200):
        """The mark beside a row: saved, or why not, with the version that the next save goes on from."""
        context = {
            "name": form.add_prefix("opened_version"),
            "version": form.instance.version,
            "refusal": refusal,
        }
        answer = TemplateResponse(request, "streamers/admin/show/_said.html", context, status=status)
        if not refusal:
            answer.headers["HX-Trigger"] = "saved"
        return answer


def _mark(findings):
    """Findings, and whether one of them blocks."""
    return findings, any(finding.blocks for finding in findings)


def _label(form, name):
    return f"{form.fields[name].label}：" if name in form.fields else ""
