"""A product's page: how each item stands at a glance, its facts, its prices, and what may be done with it."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from mcn.evidence.forms import BlacklistForm, HoldForm
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.sheets.admin import SheetAdminMixin
from merchants.admin.merchant import state_labels
from products.actions import credential as credential_actions
from products.actions import hold as hold_actions
from products.actions import product as product_actions
from products.actions import sample as sample_actions
from products.actions.sku import put_skus
from products.actions.verification import OPEN, verify, verify_all
from products.admin.filters import HeldFilter, ItemsFilter, PapersFilter
from products.admin.forms import PaperForm, PictureForm, VerifyForm
from products.admin.inlines import CredentialInline, HoldInline, SampleInline, SkuInline, VerificationInline
from products.models import Product, Sample, Sku
from products.rules.listing import LISTING, for_inspection
from products.rules.prices import price_chart, price_records
from products.rules.status import statuses, with_settled

State = Product.State


@admin.register(Product)
class ProductAdmin(SheetAdminMixin, RecordAdmin):
    """Products from draft to delisted."""

    sheet_name = "products"
    list_display = [
        "code",
        "name",
        "merchant",
        "category",
        "state_label",
        "verified",
        "price_from",
        "submitted_at",
    ]
    list_display_links = ["code", "name"]
    list_select_related = ["merchant", "category"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ItemsFilter,
        PapersFilter,
        HeldFilter,
        ("merchant", AutocompleteSelectFilter),
        ("category", AutocompleteSelectFilter),
    ]
    search_fields = ["search"]
    search_help_text = _("Name, pinyin initials, product number, brand, SKU or barcode")
    autocomplete_fields = ["merchant", "category"]
    readonly_fields = [
        "picture",
        "price_from",
        "barcodes",
        "further_columns",
        "submitted_by",
        "submitted_at",
        "decision_note",
    ]
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": [
                    ("merchant", "code"),
                    ("name", "brand"),
                    "category",
                    ("category_text", "unit"),
                    "picture",
                ]
            },
        ),
        (
            _("Packaging, origin and producer"),
            {"fields": [("packaging", "origin"), ("producer", "producer_address")]},
        ),
        (
            _("Use and composition"),
            {
                "fields": [
                    ("performance", "uses"),
                    ("specification", "net_content"),
                    "ingredients",
                    ("shelf_life_days", "validity_term"),
                ]
            },
        ),
        (
            _("Standard, marks and promises"),
            {
                "fields": [
                    ("standard", "marks"),
                    ("service_promises", "list_price_basis"),
                    ("intellectual_property", "traceability"),
                ]
            },
        ),
        (
            _("Its way with us"),
            {
                "fields": [
                    ("state", "decision_note"),
                    ("submitted_by", "submitted_at"),
                    ("price_from", "barcodes"),
                    "further_columns",
                ]
            },
        ),
    ]
    inlines = [SkuInline, CredentialInline, SampleInline, VerificationInline, HoldInline]
    change_form_before_template = "products/admin/overview.html"
    change_form_after_template = "products/admin/prices.html"
    formfield_overrides: ClassVar[dict] = {
        models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})}
    }
    rulebook = LISTING
    verbs = [
        Verb("submit", product_actions.submit, _("Submit for review"), bulk=True),
        Verb("withdraw", product_actions.withdraw, _("Withdraw")),
        Verb(
            "verify",
            verify,
            _("Verify item by item"),
            VerifyForm,
            template="products/admin/verify.html",
            about_row=True,
        ),
        Verb("verify_all", verify_all, _("Verify all items as good"), bulk=True, needs="verify"),
        Verb("approve", product_actions.approve, _("Pass"), bulk=True),
        Verb("send_back", product_actions.send_back, _("Send back"), ReasonForm),
        Verb("delist", product_actions.delist, _("Delist"), ReasonForm, danger=True),
        Verb("add_paper", credential_actions.add_to, _("Add a paper"), PaperForm, needs="change"),
        Verb("picture", product_actions.picture, _("Picture"), PictureForm, needs="change"),
        Verb("hold", hold_actions.hold, _("Put on hold"), HoldForm, danger=True),
        Verb("blacklist", hold_actions.blacklist, _("Blacklist"), BlacklistForm, danger=True),
    ]

    class Media:
        css = {"all": ["products/product_admin.css"]}

    def get_queryset(self, request):
        return with_settled(super().get_queryset(request), clock.today())

    @display(description=_("state"), ordering="state", label=state_labels(State))
    def state_label(self, product):
        return product.state, product.get_state_display()

    @display(description=_("verified items"), label={"all": "success", "some": "warning", "none": "danger"})
    def verified(self, product):
        all_or_some = "all" if product.settled >= product.needed else "some"
        return all_or_some if product.settled else "none", f"{product.settled} / {product.needed}"

    @admin.display(description=_("picture"))
    def picture(self, product):
        latest = product.image.latest if product.image else None
        if latest is None:
            return "-"
        return format_html('<img class="kit-picture" src="{}" alt="">', reverse("file", args=[latest.pk]))

    @admin.display(description=_("further columns"))
    def further_columns(self, product):
        columns = sorted(product.extra.items())
        return format_html_join("", "<div>{}：{}</div>", columns) or "-"

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "merchant"] if obj else declared

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:-1]

    def get_inlines(self, request, obj):
        return self.inlines if obj else [SkuInline]

    def open_verbs(self, request, obj):
        verbs = super().open_verbs(request, obj)
        return verbs if obj.state in OPEN else [verb for verb in verbs if verb.permission != "verify"]

    def save_model(self, request, obj, form, change):
        verb = product_actions.change if change else product_actions.add
        verb(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        rows, moment = formset.save(commit=False), clock.now()
        if formset.model is Sku:
            put_skus(form.instance, rows, by=request.user, at=moment)
        elif formset.model is Sample:
            for sample in rows:
                sample_actions.receive(sample, by=request.user, at=moment)

    def row_context(self, request, obj):
        loaded = for_inspection(Product.objects.filter(pk=obj.pk)).get()
        history = price_records(obj)
        return super().row_context(request, obj) | {
            "statuses": statuses(loaded, clock.today()),
            "papers": loaded.credentials.all(),
            "price_records": history,
            "price_chart": price_chart(history, clock.today()),
            "today": clock.today(),
        }
