"""A merchant's products: how far each is, what is missing and why, and what the merchant may do about it."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import Page, RecordPage, VerbPage
from merchants.portal.base import MerchantMixin
from products.actions import product as product_actions
from products.forms import ProductForm, sku_formset
from products.models import Product
from products.portal.product_todo import todo
from products.rules.listing import for_inspection
from products.rules.status import statuses, with_settled
from products.rules.submission import SUBMISSION

State = Product.State
PAGE = 20
WAITS = [State.DRAFT, State.RETURNED]
EMPTY_ROWS = {True: 1, False: 2}


class ProductMixin(MerchantMixin):
    """The product of the address, of the merchant of the address; anybody else's is 404."""

    section = "products"
    kwargs: dict

    @cached_property
    def product(self):
        return get_object_or_404(self.merchant.products.all(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"product": self.product} | kwargs)

    def get_success_url(self):
        return reverse("portal_product", args=[self.merchant.code, self.product.pk])


class ProductsPage(MerchantMixin, Page):
    """Every product of the merchant, and what each waits for."""

    section = "products"
    template_name = "products/portal/products.html"

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("state", "")
        query = self.request.GET.get("q", "").strip()
        found = with_settled(self.merchant.products.order_by("-id"), clock.today())
        if asked in State.values:
            found = found.filter(state=asked)
        if query:
            found = found.filter(search__tokens=query)
        shown = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        waiting = [product.pk for product in shown if product.state in WAITS]
        reports = SUBMISSION.inspect_many(Product.objects.filter(pk__in=waiting), on=clock.today())
        rows = [
            (product, len(reports[product.pk].blockers) if product.pk in reports else 0) for product in shown
        ]
        return super().get_context_data(
            page=shown, rows=rows, states=State.choices, asked=asked, query=query, **kwargs
        )


class ProductPage(ProductMixin, Page):
    """One product: what is missing and why, its items, papers, SKUs and holds."""

    template_name = "products/portal/product.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        product = for_inspection(Product.objects.filter(pk=self.product.pk)).get()
        yours, ours = todo(product, on)
        papers = self.product.credentials.select_related("kind", "document")
        return super().get_context_data(
            yours=yours,
            ours=ours,
            statuses=statuses(product, on),
            skus=product.skus.all(),
            papers=papers.prefetch_related("document__revisions").order_by("ended_on", "kind", "-valid_from"),
            holds=[hold for hold in product.holds.all() if hold.holds(on)],
            may_submit=product.state in Product.MOVES.table["submit"][0],
            **kwargs,
        )


class ProductFormPage(MerchantMixin, RecordPage):
    """The facts of a product and its SKUs in one form, whole without scripts."""

    section = "products"
    form_class = ProductForm
    template_name = "products/portal/product_form.html"
    done = _("The product was saved.")

    @cached_property
    def product(self):
        if "pk" in self.kwargs:
            return get_object_or_404(self.merchant.products.all(), pk=self.kwargs["pk"])
        return Product(merchant=self.merchant)

    def get_object(self):
        return self.product

    @cached_property
    def skus(self):
        sent = self.request.POST if self.request.method == "POST" else None
        return sku_formset(EMPTY_ROWS[bool(self.product.pk)])(sent, instance=self.product, prefix="skus")

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        both = [form.is_valid(), self.skus.is_valid()]
        return self.form_valid(form) if all(both) else self.form_invalid(form)

    def act(self, form):
        rows, moment, by = self.skus.save(commit=False), clock.now(), self.request.user
        verb = product_actions.change if self.product.pk else product_actions.add
        with transaction.atomic():
            verb(form.instance, rows, by=by, at=moment)
            if form.cleaned_data["picture"]:
                product_actions.picture(form.instance, form.cleaned_data["picture"], by=by, at=moment)
        return form.instance

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"product": self.product, "skus": self.skus} | kwargs)

    def get_success_url(self):
        return reverse("portal_product", args=[self.merchant.code, self.product.pk])


class SubmitPage(ProductMixin, VerbPage):
    """Hand the product to the reviewers."""

    title = action = _("Submit for review")
    question = _("The agency then verifies every item. You may withdraw it until they have decided.")
    done = _("Submitted: the agency will verify it.")

    def act(self, form):
        return product_actions.submit(self.product, by=self.request.user, at=clock.now(), **form.cleaned_data)


class WithdrawPage(ProductMixin, VerbPage):
    """Take the product back from the reviewers."""

    title = action = _("Withdraw")
    question = _("The product becomes a draft again.")
    done = _("Taken back: you can go on writing.")

    def act(self, form):
        return product_actions.withdraw(
            self.product, by=self.request.user, at=clock.now(), **form.cleaned_data
        )
