"""Every file that proves something: whose it is, its revisions, their hashes."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Document, Revision
from mcn.kit.admin import ReadOnlyAdmin, RecordTabularInline


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

    list_display = ["title", "owner_model", "evidence_on", "created_at"]
    list_filter = ["owner_model"]
    search_fields = ["title", "revisions__sha256"]
    search_help_text = _("Title or SHA-256")
    fields = ["title", "evidence_on", "owner_model", "owner_id", "created_at"]
    inlines = [RevisionInline]
