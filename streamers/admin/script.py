"""Scripts of shows: written by one, looked at by another with what the claim scan found."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.forms import RecordForm
from products.rules.card_scan import OUTCOME_LABELS, segments
from streamers.actions import script as script_actions
from streamers.admin.files import state_labels
from streamers.models import Script
from streamers.rules.script import SCRIPT


class ScriptForm(RecordForm):
    """A script with a file, such as the page that the streamer reads from."""

    file = file_field(label=_("file"), required=False)

    class Meta:
        model = Script
        fields = ["show", "product", "text"]


class AboutFilter(DropdownFilter):
    """Scripts of whole shows, or of single products."""

    title = _("about")
    parameter_name = "about"

    def lookups(self, request, model_admin):
        return [("show", _("whole show")), ("product", _("one product"))]

    def queryset(self, request, queryset):
        if self.value() not in ("show", "product"):
            return queryset
        return queryset.filter(product__isnull=self.value() == "show")


@admin.register(Script)
class ScriptAdmin(RecordAdmin):
    """What will be said, version by version."""

    form = ScriptForm
    rulebook = SCRIPT
    list_display = ["show", "about", "number", "state_label", "found", "written_by", "submitted_at"]
    list_filter = [("state", ChoicesDropdownFilter), AboutFilter]
    list_select_related = ["show", "product", "written_by"]
    search_fields = ["show__code", "show__title"]
    search_help_text = _("Number or title of the show")
    autocomplete_fields = ["product"]
    editable_states = Script.EDITABLE
    readonly_fields = [
        "number",
        "marked",
        "files",
        "written_by",
        "submitted_by",
        "submitted_at",
        "decided_by",
        "decided_at",
        "comment",
    ]
    fieldsets = [
        (None, {"fields": [("show", "product"), "text", "file", "marked", "files"]}),
        (
            _("Decision"),
            {
                "fields": [
                    ("written_by", "number"),
                    ("submitted_by", "submitted_at"),
                    ("decided_by", "decided_at"),
                    "comment",
                ]
            },
        ),
    ]
    verbs = [
        Verb("submit", script_actions.submit, _("Submit for approval")),
        Verb("withdraw", script_actions.withdraw, _("Withdraw")),
        Verb("approve", script_actions.approve, _("Approve")),
        Verb("send_back", script_actions.send_back, _("Send back"), ReasonForm),
    ]

    @admin.display(description=_("about"))
    def about(self, script):
        return script.product or _("whole show")

    @display(description=_("state"), ordering="state", label=state_labels(Script.State))
    def state_label(self, script):
        return script.state, script.get_state_display()

    @admin.display(description=_("found by the claim scan"))
    def found(self, script):
        return len(script.hits) or "-"

    @admin.display(description=_("files"))
    def files(self, script):
        return file_links(script) or "-"

    @admin.display(description=_("as the claim scan marked it"))
    def marked(self, script):
        """The text with its hits where they stand, each with what is wrong and what to say instead."""
        if not script.hits:
            return _("nothing found") if script.submitted_at else "-"
        pieces = segments(script.text, script.hits)
        words = format_html_join("", "{}", ((_marked(piece, hit),) for piece, hit in pieces))
        said = format_html_join(
            "",
            "<li>“{}” {}：{} {}</li>",
            (
                (hit["matched"], OUTCOME_LABELS[hit["outcome"]], hit["reason"], hit["suggestion"])
                for hit in script.hits
            ),
        )
        return format_html('<div class="kit-script">{}</div><ul>{}</ul>', words, said)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        open_form = obj is None or self.has_change_permission(request, obj)
        hidden = set() if open_form else {"file"}
        hidden |= set() if obj else {"marked", "files"}
        for _title, options in fieldsets:
            options["fields"] = [name for name in options["fields"] if name not in hidden]
        return fieldsets if obj else fieldsets[:1]

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "show", "product"] if obj else declared

    def save_model(self, request, obj, form, change):
        verb = script_actions.change if change else script_actions.add
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


def _marked(piece, hit):
    """A piece of a script as it stands, or marked as what the scan found there."""
    if hit is None:
        return piece
    tone = "bad" if hit["outcome"] == "banned" else "warn"
    return format_html('<mark class="kit-badge {}" title="{}">{}</mark>', tone, hit["reason"], piece)
