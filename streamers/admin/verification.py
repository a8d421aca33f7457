"""What was verified of streamers."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit.admin import RecordAdmin
from streamers.models import StreamerVerification


@admin.register(StreamerVerification)
class StreamerVerificationAdmin(RecordAdmin):
    """The append-only record; a new answer is given on the streamer's page."""

    list_display = ["streamer", "item", "outcome", "method", "verified_by", "verified_on", "next_due_on"]
    list_filter = [("item", ChoicesDropdownFilter), ("outcome", ChoicesDropdownFilter)]
    list_select_related = ["streamer", "verified_by"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
