"""By which ways consumers reach after-sales, as it is published on the help centre's pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from aftersales.models import ServiceChannel
from aftersales.rules.service_channel import CHANNELS
from mcn.kit.admin import RecordAdmin


@admin.register(ServiceChannel)
class ServiceChannelAdmin(RecordAdmin):
    """Numbers, accounts and hours; what is filled in here stands on the public pages at once."""

    list_display = ["kind", "reach", "page", "hours_told", "ended_on"]
    list_display_links = ["kind", "reach"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    rulebook = CHANNELS
    readonly_fields = ["page"]
    fields = [
        ("kind", "page"),
        "reach",
        "all_day",
        ("opens", "closes"),
        ("sends_text", "takes_media"),
        "note",
        "ended_on",
    ]

    @admin.display(description=_("hours"))
    def hours_told(self, channel):
        return channel.hours or "-"
