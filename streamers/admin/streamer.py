"""Streamers and their accounts on platforms."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit.admin import RecordAdmin
from streamers.admin.story import StoryMixin
from streamers.models import PlatformAccount, Streamer


@admin.register(Streamer)
class StreamerAdmin(StoryMixin, RecordAdmin):
    """Everybody who stands before the camera."""

    list_display = ["code", "stage_name", "kind", "engagement", "state", "manager", "activated_on"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("engagement", ChoicesDropdownFilter),
    ]
    list_select_related = ["manager"]
    search_fields = ["search"]


@admin.register(PlatformAccount)
class PlatformAccountAdmin(RecordAdmin):
    """The streamers' accounts."""

    list_display = ["streamer", "platform", "account", "followers", "real_name_on", "ended_on"]
    list_filter = ["platform"]
    list_select_related = ["streamer", "platform"]
    autocomplete_fields = ["streamer"]
    search_fields = ["account"]
