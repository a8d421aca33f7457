"""Products' papers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter, RelatedDropdownFilter
from unfold.decorators import display

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from products.actions import credential as credential_actions
from products.admin.forms import CredentialForm
from products.models import ProductCredential


@admin.register(ProductCredential)
class ProductCredentialAdmin(RecordAdmin):
    """Test reports, certificates and filings, with what runs out when."""

    form = CredentialForm
    list_display = ["kind", "number", "product", "issuer", "valid_from", "until", "ended_on"]
    list_display_links = ["kind", "number"]
    list_filter = [
        ("kind", RelatedDropdownFilter),
        ("product__merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["kind", "product"]
    ordering = ["-id"]
    search_fields = ["number__startswith"]
    search_help_text = _("Number of the paper")
    autocomplete_fields = ["product"]
    fields = [
        "product",
        ("kind", "number"),
        "issuer",
        ("valid_from", "valid_to", "long_term"),
        "file",
        "files",
        "ended_on",
    ]
    readonly_fields = ["files", "ended_on"]
    verbs = [Verb("withdraw", credential_actions.withdraw, _("Withdraw"), danger=True)]

    @display(description=_("valid to"), ordering="valid_to", label={"good": "success", "over": "danger"})
    def until(self, paper):
        if paper.long_term:
            return "good", _("long-term")
        return "good" if paper.valid_to >= clock.today() else "over", f"{paper.valid_to:%Y-%m-%d}"

    @admin.display(description=_("files"))
    def files(self, paper):
        return file_links(paper) or "-"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "product"] if obj else declared

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "file"]

    def save_model(self, request, obj, form, change):
        verb = credential_actions.change if change else credential_actions.add
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
