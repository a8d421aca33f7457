"""Holds on streamers."""

from django.contrib import admin

from mcn.evidence.admin import HoldAdmin
from streamers.models import StreamerHold


@admin.register(StreamerHold)
class StreamerHoldAdmin(HoldAdmin):
    """Who is stopped, for what and until when."""
