"""Every file that proves something: whose it is, its revisions, their hashes."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from mcn.evidence import holds
from mcn.evidence.forms import AppealForm
from mcn.evidence.models import Document, Revision
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, ReasonForm, RecordTabularInline, Verb, VerbsOnlyAdmin


def file_links(row):
    """Links to every file of a row's document, the newest first."""
    return revision_links(row.document)


def revision_links(document):
    """Links to every file of a document, the newest first; nothing where there is none."""
    revisions = reversed(document.files) if document else []
    return format_html_join(
        "",
        '<a class="kit-file" href="{}">{}</a> ',
        (
            (reverse("file", args=[revision.pk]), f"{revision.name} (r{revision.number})")
            for revision in revisions
        ),
    )


class PersonalFilesMixin:
    """Shows ``files`` that identify people as links to those who may open them, to others as kept back."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        if obj is not None and not self.model.objects.files_visible_to(request.user).exists():
            for _title, options in fieldsets:
                options["fields"] = ["kept_back" if name == "files" else name for name in options["fields"]]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "kept_back"]

    @admin.display(description=_("files"))
    def kept_back(self, row):
        return _("Opened only by those who check identities.")


class RevisionInline(RecordTabularInline):
    """The files of a document, the newest last, each to open."""

    model = Revision
    fields = ["number", "opened", "content_type", "size", "sha256", "uploaded_by", "uploaded_at"]
    readonly_fields = fields
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("file"))
    def opened(self, revision):
        return format_html('<a href="{}">{}</a>', reverse("file", args=[revision.pk]), revision.name)


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """A piece of evidence and its revisions, to read: files come in by the verbs of their owners."""

    empty_note = _("Files stand here once somebody uploads them where they belong.")
    list_display = ["title", "owner_model", "evidence_on", "created_at"]
    list_filter = ["owner_model"]
    search_fields = ["title", "revisions__sha256"]
    search_help_text = _("Title or SHA-256")
    fields = ["title", "evidence_on", "owner_model", "owner_id", "created_at"]
    inlines = [RevisionInline]


class StandingFilter(DropdownFilter):
    """The holds that block today."""

    title = _("blocks today")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("now", _("blocks today"))]

    def queryset(self, request, queryset):
        return holds.standing(queryset, clock.today()) if self.value() == "now" else queryset


class HoldAdmin(VerbsOnlyAdmin):
    """Placed on the subject's page; appeals are heard and holds are lifted here. An app says on what."""

    empty_note = _("Placed on the page of what is to be stopped.")
    list_filter = [("kind", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter), StandingFilter]
    readonly_fields = ["files"]
    verbs = [
        Verb("appeal", holds.appeal, _("Record an appeal"), AppealForm),
        Verb("uphold", holds.uphold, _("Turn the appeal down"), ReasonForm),
        Verb("lift", holds.lift, _("Lift"), ReasonForm),
    ]

    def get_list_display(self, request):
        return [self.model.SUBJECT, "kind", "state", "reason", "valid_from", "valid_to", "placed_by"]

    def get_list_filter(self, request):
        return [*self.list_filter, (self.model.SUBJECT, AutocompleteSelectFilter)]

    def get_list_select_related(self, request):
        return [self.model.SUBJECT, "placed_by"]

    def get_fields(self, request, obj=None):
        span, said = ("valid_from", "valid_to"), ["placed_by", "appeal", "answer"]
        return [self.model.SUBJECT, ("kind", "state"), "clause", "reason", "files", span, *said]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"
