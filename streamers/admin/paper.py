"""The pictures of streamers' identity papers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit.admin import VerbsOnlyAdmin
from streamers.admin.files import files_of
from streamers.models import IdentityPaper


@admin.register(IdentityPaper)
class IdentityPaperAdmin(VerbsOnlyAdmin):
    """What applicants sent to show who they are; a better picture is a further revision."""

    empty_note = _("Sent by applicants, or uploaded on the page of a streamer.")
    list_display = ["streamer", "kind", "received_at"]
    list_filter = [("kind", ChoicesDropdownFilter), ("streamer", AutocompleteSelectFilter)]
    list_select_related = ["streamer"]
    search_fields = ["streamer__code", "streamer__stage_name"]
    fields = ["streamer", "kind", "received_at", "files"]
    readonly_fields = ["received_at", "files"]

    @admin.display(description=_("files"))
    def files(self, paper):
        return files_of(paper) or "-"
