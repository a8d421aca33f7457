"""Holds on streamers."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit.admin import RecordAdmin
from streamers.models import StreamerHold


@admin.register(StreamerHold)
class StreamerHoldAdmin(RecordAdmin):
    """Placed on the streamer's page; appeals are heard and holds are lifted here."""

    list_display = ["streamer", "kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    list_filter = [("kind", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_select_related = ["streamer", "placed_by"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
