"""Reviews of services, and what each kind of service is reviewed by."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from aftersales.actions import review as review_actions
from aftersales.admin.mention import SENTIMENT_LABELS
from aftersales.admin.opinion_forms import ReviewAnswerForm
from aftersales.models import Review, ReviewDimension, ReviewScore
from aftersales.rules.clock import next_due
from mcn.kit.admin import RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin, badge
from mcn.sheets.admin import SheetAdminMixin


@admin.register(ReviewDimension)
class ReviewDimensionAdmin(RecordAdmin):
    """What consumers are asked about each kind of service."""

    list_display = ["service", "name", "question", "weight", "place", "valid_from", "valid_to"]
    list_display_links = ["service", "name"]
    list_filter = [("service", ChoicesDropdownFilter)]
    fields = [("service", "code"), ("name", "weight", "place"), "question", ("valid_from", "valid_to")]


class ReviewScoreInline(RecordTabularInline):
    """The stars by dimension."""

    model = ReviewScore
    fields = ["dimension", "stars"]
    show_change_link = False
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("dimension")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.view_review")


@admin.register(Review)
class ReviewAdmin(SheetAdminMixin, VerbsOnlyAdmin):
    """What consumers think, the negative ones that wait for an answer by their deadline."""

    sheet_name = "reviews"
    empty_note = _("Given by consumers through a link, or brought in by spreadsheet or by a program.")
    list_display = [
        "given_at",
        "service",
        "stars_label",
        "words_said",
        "sentiment_label",
        "subject_said",
        "state_label",
        "due_at",
    ]
    list_display_links = ["given_at", "words_said"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("service", ChoicesDropdownFilter),
        "negative",
        ("merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("streamer", AutocompleteSelectFilter),
        ("given_on", RangeDateFilter),
    ]
    list_select_related = ["merchant", "product", "streamer", "show"]
    search_fields = ["search"]
    search_help_text = _("Words of the text, or the number")
    inlines = [ReviewScoreInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("service", "number"),
                    ("score", "negative"),
                    "text",
                    ("sentiment", "words_told"),
                    ("author", "anonymous"),
                    ("given_at", "source"),
                ]
            },
        ),
        (_("What it is about"), {"fields": [("platform", "merchant"), "product", ("streamer", "show")]}),
        (
            _("Answer"),
            {"fields": ["state", "answer", "cause", ("answered_by", "answered_at"), "nonconformity"]},
        ),
    ]
    readonly_fields = ["words_told"]
    verbs = [Verb("answer", review_actions.answer, _("Answer"), ReviewAnswerForm)]
    sentiment_label = badge("sentiment", _("how it sounds"), SENTIMENT_LABELS)
    state_label = badge("state", _("state"), {"received": "", "waiting": "danger", "answered": "success"})

    @display(
        description=pgettext_lazy("review", "score"),
        ordering="score",
        label={"bad": "danger", "middling": "", "good": "success"},
    )
    def stars_label(self, review):
        tone = "bad" if review.negative else "good" if review.score >= 4 else "middling"
        return tone, f"{review.score} ★"

    @admin.display(description=_("what was said"))
    def words_said(self, review):
        return (review.text if len(review.text) <= 30 else f"{review.text[:29]}…") or "-"

    @admin.display(description=_("words found"))
    def words_told(self, review):
        return "、".join(f"{word} {points:+}" for word, points in review.words) or "-"

    @admin.display(description=_("about"))
    def subject_said(self, review):
        return review.subject or "-"

    @admin.display(description=_("deadline"), ordering="due")
    def due_at(self, review):
        return review.due

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(due=next_due(Review))
