"""Buyers' questions: what waits for whom until when, with what the knowledge base says to it."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from aftersales.actions import inquiry as inquiries
from aftersales.models import ArticleVersion, Inquiry
from aftersales.rules.inquiry import tracking_code
from aftersales.rules.suggest import suggest
from mcn.accounts.models import User
from mcn.kit import clock
from mcn.kit.admin import NoteForm, RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin
from merchants.models import Merchant

State = Inquiry.State
STATE_LABELS = {"waiting": "warning", "answered": "success", "complained": "info", "closed": ""}


def suggestions_for(inquiry):
    """What the knowledge base says to a question, for agents."""
    return suggest(inquiry.text, public=False, merchant=inquiry.merchant, topic=inquiry.topic)


class AnswerForm(forms.Form):
    """The answer, and which article it came from."""

    answer = forms.CharField(
        label=_("answer"), max_length=2_000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 6})
    )
    article_version = forms.ModelChoiceField(
        label=_("answered by the article"),
        queryset=ArticleVersion.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("The nearest articles; the one that you used is counted."),
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        found = suggestions_for(row)
        field = self.fields["article_version"]
        field.queryset = ArticleVersion.objects.published().filter(pk__in=[one.version.pk for one in found])
        if found:
            self.initial["answer"] = found[0].version.answer
            self.initial["article_version"] = found[0].version.pk


class AssignForm(NoteForm):
    """To which merchant, or to which colleague."""

    merchant = forms.ModelChoiceField(
        label=_("merchant"),
        queryset=Merchant.objects.order_by("code"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    agent = forms.ModelChoiceField(
        label=_("colleague"),
        queryset=User.objects.filter(is_staff=True, is_active=True).order_by("username"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ["merchant", "agent", "note"]


@admin.register(Inquiry)
class InquiryAdmin(SheetAdminMixin, RecordAdmin):
    """The agents' inbox of questions: the soonest promised first."""

    sheet_name = "inquiries"
    list_display = ["code", "topic", "short", "state_label", "due_label", "merchant", "agent", "asked_at"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("topic", ChoicesDropdownFilter),
        ("channel", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("due_at", RangeDateTimeFilter),
    ]
    list_select_related = ["merchant", "agent"]
    search_fields = ["code", "order_number"]
    search_help_text = _("Number of the question or of the order")
    autocomplete_fields = ["merchant", "show"]
    change_form_before_template = "aftersales/admin/inquiry.html"
    fieldsets = [
        (None, {"fields": [("channel", "topic"), "text", ("contact", "order_number"), ("merchant", "show")]}),
        (
            _("Answer"),
            {
                "fields": [
                    ("code", "tracking"),
                    ("asked_at", "due_at"),
                    ("agent", "rounds"),
                    "answer",
                    "article_version",
                    ("answered_by", "answered_at"),
                ]
            },
        ),
    ]
    readonly_fields = [
        "code",
        "tracking",
        "asked_at",
        "due_at",
        "agent",
        "rounds",
        "answer",
        "article_version",
        "answered_by",
        "answered_at",
    ]
    verbs = [
        Verb("answer", inquiries.answer, _("Answer"), AnswerForm, about_row=True),
        Verb("assign", inquiries.assign, _("Hand over"), AssignForm),
        Verb("close", inquiries.close, _("Close")),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("contact")

    def get_ordering(self, request):
        waiting = request.GET.get("state__exact") == State.WAITING
        return ["due_at", "id"] if waiting else ["-id"]

    def get_fieldsets(self, request, obj=None):
        asked, further = super().get_fieldsets(request, obj)
        return [asked, further] if obj else [asked]

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=pgettext_lazy("question", "question"))
    def short(self, inquiry):
        return inquiry.text[:40]

    @admin.display(description=_("tracking code"))
    def tracking(self, inquiry):
        return tracking_code(inquiry)

    @admin.display(description=_("answer promised by"), ordering="due_at")
    def due_label(self, inquiry):
        """The moment, in red once it has passed."""
        late = inquiry.state == State.WAITING and inquiry.due_at < clock.now()
        told = f"{inquiry.due_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
        return format_html('<span class="kit-badge bad">{}</span>', told) if late else told

    def row_context(self, request, obj):
        open_now = obj.state == State.WAITING
        found = suggestions_for(obj) if open_now else []
        return super().row_context(request, obj) | {"suggestions": found, "asked": open_now}

    def save_model(self, request, obj, form, change):
        inquiries.ask(obj, by=request.user, at=clock.now())
