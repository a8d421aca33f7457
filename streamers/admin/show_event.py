"""The timelines of shows in the admin: to read and filter; entries are made at the console."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from mcn.kit.admin import VerbsOnlyAdmin, badge
from streamers.admin.console import ConsoleMixin, console_url
from streamers.models import ShowEvent

KIND_LABELS = {
    "take_down": "danger",
    "stop": "danger",
    "ban": "danger",
    "alert": "danger",
    "reminder": "warning",
    "incident": "warning",
    "correction": "success",
    "answer": "success",
}


@admin.register(ShowEvent)
class ShowEventAdmin(ConsoleMixin, VerbsOnlyAdmin):
    """What happened on air, newest first."""

    empty_note = _("Made at the console of a live show.")
    list_display = ["show", "clock", "kind_label", "item", "topic", "text", "streamer", "by"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("topic", ChoicesDropdownFilter),
        ("show", AutocompleteSelectFilter),
        ("streamer", AutocompleteSelectFilter),
        ("happened_at", RangeDateTimeFilter),
    ]
    list_select_related = ["show", "item__product", "streamer", "by"]
    search_fields = ["show__code", "show__title", "text"]
    search_help_text = _("Show number, title or words of the entry")
    fields = [
        ("show", "console"),
        ("kind", "topic"),
        ("happened_at", "clock"),
        ("item", "offer"),
        ("before", "after"),
        "text",
        ("streamer", "violation"),
        "about",
        ("by", "recorded_at"),
    ]
    readonly_fields = ["clock", "console"]
    kind_label = badge("kind", _("kind"), KIND_LABELS)

    @admin.display(description=_("second of the show"), ordering="second")
    def clock(self, event):
        return event.clock

    @admin.display(description=_("console"))
    def console(self, event):
        return format_html('<a href="{}">{}</a>', console_url(event.show), event.show)
