"""What is said in public: outlets, the lexicon, mentions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)

from aftersales.actions import mention as mention_actions
from aftersales.actions import outlet as outlet_actions
from aftersales.admin.opinion_forms import FollowForm, JudgeForm
from aftersales.models import Mention, Outlet, SentimentWord
from aftersales.rules.heard import accuracy
from aftersales.rules.opinion import unseen
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin

SENTIMENT_LABELS = {"positive": "success", "neutral": "", "negative": "danger"}


class UnseenFilter(DropdownFilter):
    """The outlets that nobody looked through within their days."""

    title = _("looked through")
    parameter_name = "unseen"

    def lookups(self, request, model_admin):
        return [("now", _("not within its days"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=unseen(clock.today())) if self.value() == "now" else queryset


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    """Where people talk, and when somebody last looked there."""

    list_display = ["name", "named", "watch_days", "watched_at", "watched_by", "ended_on"]
    list_filter = [UnseenFilter]
    list_select_related = ["watched_by"]
    fields = [("name", "code"), "address", ("place", "watch_days"), "ended_on", ("watched_at", "watched_by")]
    readonly_fields = ["watched_at", "watched_by"]
    verbs = [
        Verb(
            "watch",
            outlet_actions.watch,
            _("Looked through"),
            bulk=True,
            help=_("Also where nothing was found. Importing mentions counts as looking through."),
        )
    ]


@admin.register(SentimentWord)
class SentimentWordAdmin(RecordAdmin):
    """The words by which texts are judged; staff add their own."""

    list_display = ["word", "kind", "weight", "valid_from", "valid_to", "source"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    search_fields = ["word"]
    fields = [("word", "kind"), "weight", ("valid_from", "valid_to"), "source"]


@admin.register(Mention)
class MentionAdmin(SheetAdminMixin, RecordAdmin):
    """The newest first; what sounds bad stands out."""

    sheet_name = "mentions"
    empty_note = _("Brought in by spreadsheet or by a program, or entered here.")
    list_display = [
        "published_at",
        "outlet",
        "words_said",
        "sentiment_label",
        "alarms_said",
        "subject_said",
        "reach",
        "state_label",
    ]
    list_display_links = ["published_at", "words_said"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("sentiment", ChoicesDropdownFilter),
        "alarming",
        ("outlet", RelatedDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("streamer", AutocompleteSelectFilter),
        ("published_on", RangeDateFilter),
    ]
    list_select_related = ["outlet", "merchant", "product", "streamer", "show"]
    search_fields = ["search"]
    search_help_text = _("Words of the text, pinyin or initials")
    autocomplete_fields = ["merchant", "product", "streamer", "show"]
    list_before_template = "aftersales/admin/accuracy.html"
    readonly_fields = [
        "sentiment",
        "heard",
        "points",
        "words_told",
        "alarms_said",
        "judged_by",
        "case",
        "source",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("outlet", "number"),
                    "address",
                    "author",
                    "text",
                    "published_at",
                    "reach",
                ]
            },
        ),
        (_("What it is about"), {"fields": [("merchant", "product"), ("streamer", "show")]}),
        (
            _("How it sounds"),
            {
                "fields": [
                    ("sentiment", "judged_by"),
                    ("heard", "points"),
                    "words_told",
                    "alarms_said",
                    ("state", "case"),
                    "source",
                ]
            },
        ),
    ]
    verbs = [
        Verb("follow", mention_actions.follow, _("Put into a case"), FollowForm),
        Verb("judge", mention_actions.judge, _("Say how it sounds"), JudgeForm),
        Verb("set_aside", mention_actions.set_aside, pgettext_lazy("mention", "Set aside"), ReasonForm),
    ]
    sentiment_label = badge("sentiment", _("how it sounds"), SENTIMENT_LABELS)
    state_label = badge("state", _("state"), {"new": "info", "followed": "warning", "set_aside": ""})

    @admin.display(description=_("what was said"))
    def words_said(self, mention):
        return mention.text if len(mention.text) <= 40 else f"{mention.text[:39]}…"

    @admin.display(description=_("alarming words"))
    def alarms_said(self, mention):
        return "、".join(mention.alarms) or "-"

    @admin.display(description=_("words found"))
    def words_told(self, mention):
        return "、".join(f"{word} {points:+}" for word, points in mention.words) or "-"

    @admin.display(description=_("about"))
    def subject_said(self, mention):
        return mention.subject or "-"

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:2]

    def changelist_view(self, request, extra_context=None):
        told = {"heard": accuracy(clock.today())}
        return super().changelist_view(request, told | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        mention_actions.enter(obj, by=request.user, at=clock.now())
