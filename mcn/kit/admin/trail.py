"""The audit trail, to read: the trail's own app lies below the kit, so its door stands here."""

from django.contrib import admin
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter

from mcn.audit import verbs
from mcn.audit.models import Block, Entry
from mcn.kit.admin.readonly import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Who did what to which row, newest first."""

    list_display = ["at", "by", "verb_label", "model", "label", "why_short"]
    list_filter = [("at", RangeDateTimeFilter), "verb", "model"]
    list_filter_submit = True
    list_select_related = ["by"]
    search_fields = ["row", "label"]
    search_help_text = _("Row number or label")
    fields = ["at", "by", "verb", "model", "row", "label", "changes", "why", "request_id", "mark"]

    @admin.display(description=_("verb"), ordering="verb")
    def verb_label(self, entry):
        return verbs.label(entry.verb, entry.model)

    @admin.display(description=_("why"))
    def why_short(self, entry):
        return truncatechars(entry.why, 60)


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    """The sealed blocks and their digests."""

    list_display = ["number", "sealed_at", "digest"]
    fields = ["number", "sealed_at", "previous", "digest"]
