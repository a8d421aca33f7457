"""Penalties for false advertising: whom they bar, until when, and a look-up by the full number."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.forms import RecordForm
from mcn.kit.privacy import EncryptedField
from streamers.actions import ad_penalty as ad_penalty_actions
from streamers.models import AdPenalty


class AdPenaltyForm(RecordForm):
    """A decision with its file."""

    file = file_field(label=_("decision or publication"), required=False)

    class Meta:
        model = AdPenalty
        fields = [
            "party",
            "name",
            "id_number",
            "uscc",
            "number",
            "authority",
            "decided_on",
            "conduct",
            "source",
        ]


ENTERED = [
    "party",
    "name",
    ("id_number", "uscc"),
    ("number", "authority"),
    "decided_on",
    "conduct",
    "source",
    "file",
]


class BarringFilter(DropdownFilter):
    """The decisions that bar somebody today."""

    title = _("bars today")
    parameter_name = "barring"

    def lookups(self, request, model_admin):
        return [("now", _("bars today")), ("past", _("bars no more"))]

    def queryset(self, request, queryset):
        barring = AdPenalty.objects.barring(clock.today())
        if self.value() == "now":
            return queryset.filter(pk__in=barring.values("pk"))
        return queryset.exclude(pk__in=barring.values("pk")) if self.value() == "past" else queryset


@admin.register(AdPenalty)
class AdPenaltyAdmin(RecordAdmin):
    """Decisions stay as they were entered; one that was taken back is revoked here."""

    form = AdPenaltyForm
    list_display = ["number", "party", "masked_name", "decided_on", "barred_to", "authority", "state"]
    list_filter = [
        BarringFilter,
        ("party", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("decided_on", RangeDateFilter),
    ]
    search_fields = ["number"]
    search_help_text = _("Decision number, or the full ID number or credit code")
    fields = [
        "party",
        "name",
        ("id_number", "uscc"),
        ("number", "authority"),
        ("decided_on", "barred_to"),
        "conduct",
        "source",
        "file",
        "files",
        ("state", "revoked_on"),
        "comment",
    ]
    readonly_fields = ["barred_to", "files", "revoked_on", "comment"]
    formfield_overrides = {EncryptedField: {"widget": UnfoldAdminTextInputWidget}}
    verbs = [Verb("revoke", ad_penalty_actions.revoke, _("Note the revocation"), ReasonForm, danger=True)]

    @admin.display(description=_("files"))
    def files(self, penalty):
        return file_links(penalty) or "-"

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return [name for name in self.fields if name != "file"] if obj else ENTERED

    def get_search_results(self, request, queryset, search_term):
        """By the decision's number, or by the full number of whom it is about; never by a part of that."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        about = AdPenalty.objects.about(search_term).values("pk")
        return found | queryset.filter(pk__in=about), distinct

    def save_model(self, request, obj, form, change):
        ad_penalty_actions.add(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
