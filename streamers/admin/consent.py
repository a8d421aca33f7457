"""What lets somebody of 16 or 17 go before the camera."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit.admin import RecordAdmin
from streamers.models import CapacityRecord, Consent


@admin.register(Consent)
class ConsentAdmin(RecordAdmin):
    """Asked for on the streamer's page, signed by the guardian through a link of their own."""

    list_display = ["streamer", "relation", "state", "valid_from", "valid_to", "signed_at"]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["streamer"]
    autocomplete_fields = ["streamer"]

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(CapacityRecord)
class CapacityRecordAdmin(RecordAdmin):
    """Who of 16 or 17 lives mainly on their own labour."""

    list_display = ["streamer", "valid_from", "valid_to", "assessed_by", "ended_on"]
    list_select_related = ["streamer", "assessed_by"]
    autocomplete_fields = ["streamer"]

    def has_change_permission(self, request, obj=None):
        return False
