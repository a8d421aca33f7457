"""How streamers come in."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit.admin import RecordAdmin
from streamers.models import StreamerInvitation


@admin.register(StreamerInvitation)
class StreamerInvitationAdmin(RecordAdmin):
    """Links that let streamers in."""

    list_display = ["name", "engagement", "state", "expires_at", "invited_by", "streamer"]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["invited_by", "streamer"]
    search_fields = ["name"]

    def has_change_permission(self, request, obj=None):
        return False
