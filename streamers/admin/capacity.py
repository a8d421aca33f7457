"""The proof that a minor lives on their own labour."""

from django.contrib import admin

from mcn.kit.admin import RecordAdmin
from streamers.models import CapacityRecord


@admin.register(CapacityRecord)
class CapacityRecordAdmin(RecordAdmin):
    """Who of 16 or 17 lives mainly on their own labour."""

    list_display = ["streamer", "valid_from", "valid_to", "assessed_by", "ended_on"]
    list_select_related = ["streamer", "assessed_by"]
    autocomplete_fields = ["streamer"]

    def has_change_permission(self, request, obj=None):
        return False
