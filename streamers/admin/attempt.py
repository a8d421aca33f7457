"""Exams as they were sat."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from mcn.kit.admin import VerbsOnlyAdmin
from streamers.models import Attempt
from streamers.rules.exam import is_right


def marked(attempt):
    """Each question with what was chosen and whether it was right."""
    lines = []
    for place, question in enumerate(attempt.questions):
        chosen = attempt.answers.get(str(place), [])
        options = [
            {**option, "chosen": number in chosen} for number, option in enumerate(question["options"])
        ]
        lines.append({**question, "options": options, "is_right": is_right(question, chosen)})
    return lines


@admin.register(Attempt)
class AttemptAdmin(VerbsOnlyAdmin):
    """Who sat which exam, with what result."""

    empty_note = _("An exam appears here when somebody sits it in their own pages.")
    list_display = ["trainee", "course", "number", "state", "score", "passed", "started_at", "submitted_at"]
    list_filter = [
        ("course", AutocompleteSelectFilter),
        ("state", ChoicesDropdownFilter),
        "passed",
        ("submitted_at", RangeDateTimeFilter),
    ]
    list_select_related = [
        "trainee__streamer",
        "trainee__user",
        "trainee__contact__merchant",
        "course",
    ]
    search_fields = ["trainee__streamer__code", "trainee__streamer__stage_name", "trainee__user__name"]
    fields = [
        ("trainee", "course"),
        ("number", "state"),
        ("score", "passed"),
        ("pass_mark", "material"),
        ("started_at", "due_at", "submitted_at"),
        "sheet",
    ]
    readonly_fields = ["sheet"]

    @admin.display(description=_("questions and answers"))
    def sheet(self, attempt):
        return render_to_string("streamers/admin/_exam.html", {"lines": marked(attempt), "attempt": attempt})
