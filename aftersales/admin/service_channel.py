"""By which ways consumers reach after-sales, as it is published on the help centre's pages."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from aftersales.models import ServiceChannel
from aftersales.rules.service_channel import CHANNELS
from mcn.kit.admin import RecordAdmin


@admin.register(ServiceChannel)
class ServiceChannelAdmin(RecordAdmin):
    """Numbers, accounts and hours; what is filled in here stands on the public pages at once."""

    list_display = ["kind", "reach", "page_told", "hours_told", "ended_on"]
    list_display_links = ["kind", "reach"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    rulebook = CHANNELS
    readonly_fields = ["page_told"]
    fields = [
        ("kind", "page_told"),
        "reach",
        "all_day",
        ("opens", "closes"),
        ("sends_text", "takes_media"),
        "note",
        "ended_on",
    ]

    @admin.display(description=pgettext_lazy("service channel", "hours"))
    def hours_told(self, channel):
        return channel.hours or "-"

    @admin.display(description=_("page of ours"))
    def page_told(self, channel):
        """Its address, to look at what consumers see."""
        if not channel.page:
            return "-"
        return format_html('<a href="{0}">{0}</a>', reverse(channel.page))
