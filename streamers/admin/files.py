"""The files that belong to a row, as links; and the colours of states."""

from django.urls import reverse
from django.utils.html import format_html_join

from mcn.evidence.models import Document
from mcn.kit.templatetags.kit import tone

UNFOLD_LABEL = {"good": "success", "info": "info", "warn": "warning", "bad": "danger"}


def files_of(row):
    """Links to every file of the documents that belong to a row, with what each document is."""
    documents = Document.objects.filter(owner_model=row._meta.label_lower, owner_id=row.pk)
    return format_html_join(
        "",
        '<a class="kit-file" href="{}">{} · {}</a> ',
        (
            (reverse("file", args=[revision.pk]), document.title, revision.name)
            for document in documents.order_by("id").prefetch_related("revisions")
            for revision in document.files
        ),
    )


def state_labels(states):
    """How Unfold colours each state, by its tone."""
    return {state.value: UNFOLD_LABEL.get(tone(state.value), "") for state in states}
