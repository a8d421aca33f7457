"""What belongs to a product, on its page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mcn.evidence.admin import file_links
from mcn.kit.admin import RecordTabularInline
from merchants.admin.inlines import ReadInline
from products.forms import SkuForm, SkuFormSet
from products.models import ProductCredential, ProductHold, ProductVerification, Sample, Sku


class SkuInline(RecordTabularInline):
    """What can be ordered; a changed price goes into the price history."""

    model = Sku
    form = SkuForm
    formset = SkuFormSet
    fields = ["code", "specification", "gtin", "price", "list_price", "cost_price", "stock", "on_sale"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return (
            fields
            if request.user.has_perm("products.cost_product")
            else [name for name in fields if name != "cost_price"]
        )


class CredentialInline(ReadInline):
    """Its papers; one is added by the verb, with its file."""

    model = ProductCredential
    fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term", "files", "ended_on"]
    readonly_fields = ["files"]

    def get_queryset(self, request):
        papers = super().get_queryset(request).select_related("kind", "document")
        return papers.prefetch_related("document__revisions")

    @admin.display(description=_("files"))
    def files(self, paper):
        return file_links(paper) or "-"


class VerificationInline(ReadInline):
    """What was verified, newest first."""

    model = ProductVerification
    fields = [
        "item",
        "outcome",
        "method",
        "note",
        "verified_by",
        "verified_on",
        "next_due_on",
        "superseded_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("verified_by")


class SampleInline(RecordTabularInline):
    """Its samples: taken in here, tried and given back on their own page."""

    model = Sample
    fields = ["received_on", "quantity", "batch", "state", "tried_by", "tried_on", "same_as_sold"]
    readonly_fields = ["tried_by", "tried_on", "same_as_sold"]

    def has_change_permission(self, request, obj=None):
        return False


class HoldInline(ReadInline):
    """What stops it, or stopped it."""

    model = ProductHold
    fields = ["kind", "state", "reason", "valid_from", "valid_to", "placed_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("placed_by")
