"""What was verified of streamers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.admin import PersonalFilesMixin, file_links
from mcn.kit.admin import VerbsOnlyAdmin
from streamers.admin.expiry import ExpiryFilter
from streamers.models import StreamerVerification


@admin.register(StreamerVerification)
class StreamerVerificationAdmin(PersonalFilesMixin, VerbsOnlyAdmin):
    """The append-only record; a new answer is given on the streamer's page."""

    empty_note = _("Given item by item, on the page of what is verified.")
    list_display = [
        "streamer",
        "item",
        "outcome",
        "method",
        "provider",
        "verified_by",
        "verified_on",
        "next_due_on",
        "stands",
    ]
    list_filter = [
        ("item", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ExpiryFilter,
        ("next_due_on", RangeDateFilter),
    ]
    list_select_related = ["streamer", "verified_by"]
    fields = [
        "streamer",
        ("item", "outcome"),
        ("method", "note"),
        ("provider", "reference"),
        "files",
        ("verified_by", "verified_on"),
        ("next_due_on", "superseded_at"),
    ]
    readonly_fields = ["files"]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=_("stands"), boolean=True)
    def stands(self, row):
        return row.superseded_at is None
