"""The proof that a minor lives on their own labour."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter

from mcn.evidence.admin import PersonalFilesMixin, file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordForm, Verb
from streamers.actions import capacity as capacity_actions
from streamers.admin.expiry import ExpiryFilter
from streamers.models import CapacityRecord


class CapacityForm(RecordForm):
    """A record with its evidence."""

    file = file_field(
        label=_("evidence"), help_text=_("Labour contract, payslips or bank statements of the last months.")
    )


@admin.register(CapacityRecord)
class CapacityRecordAdmin(PersonalFilesMixin, RecordAdmin):
    """Who of 16 or 17 lives mainly on their own labour."""

    form = CapacityForm
    list_display = ["streamer", "valid_from", "valid_to", "assessed_by", "ended_on"]
    list_filter = [("streamer", AutocompleteSelectFilter), ExpiryFilter, ("valid_to", RangeDateFilter)]
    list_select_related = ["streamer", "assessed_by"]
    autocomplete_fields = ["streamer"]
    fields = ["streamer", "grounds", ("valid_from", "valid_to"), "file", "files", ("assessed_by", "ended_on")]
    readonly_fields = ["files", "assessed_by", "ended_on"]
    verbs = [Verb("withdraw", capacity_actions.withdraw, _("Withdraw"), danger=True)]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    def get_fields(self, request, obj=None):
        return [name for name in self.fields if name != "file"] if obj else self.fields[:4]

    def open_verbs(self, request, obj):
        return super().open_verbs(request, obj) if obj.ended_on is None else []

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        capacity_actions.record(obj, form.cleaned_data["file"], by=request.user, at=clock.now())
