"""A streamer's page: what is missing at a glance, the data, and what may be done with it."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from mcn.evidence.forms import BlacklistForm, HoldForm
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.identity import compact
from mcn.kit.privacy import keyed_hash
from mcn.sheets.admin import SheetAdminMixin
from streamers import realname
from streamers.actions import account as account_actions
from streamers.actions import application as application_actions
from streamers.actions import hold as hold_actions
from streamers.actions import streamer as streamer_actions
from streamers.actions.verification import check_real_name, verify
from streamers.admin import paper_inlines
from streamers.admin.files import state_labels
from streamers.admin.filters import AgeFilter, RunningOutFilter
from streamers.admin.forms import VerifyForm
from streamers.admin.inlines import (
    AccountInline,
    CapacityInline,
    ConsentInline,
    ContractInline,
    HoldInline,
    IdentityPaperInline,
    VerificationInline,
)
from streamers.admin.story import StoryMixin
from streamers.models import Streamer
from streamers.rules.age import is_minor
from streamers.rules.application import oddities
from streamers.rules.hold import state_told
from streamers.rules.hosting import for_inspection
from streamers.rules.overview import overview, report_of

State = Streamer.State


@admin.register(Streamer)
class StreamerAdmin(StoryMixin, SheetAdminMixin, RecordAdmin):
    """Everybody who stands before the camera."""

    sheet_name = "streamers"
    list_display = [
        "code",
        "stage_name",
        "kind",
        "engagement",
        "state_label",
        "minor",
        "manager",
        "applied_at",
        "activated_on",
    ]
    list_display_links = ["code", "stage_name"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        AgeFilter,
        RunningOutFilter,
        ("kind", ChoicesDropdownFilter),
        ("engagement", ChoicesDropdownFilter),
        ("manager", AutocompleteSelectFilter),
        ("activated_on", RangeDateFilter),
    ]
    list_select_related = ["manager"]
    list_max_show_all = 200
    search_fields = ["search"]
    search_help_text = _("Stage name, initials or code; or the whole ID number, phone number or legal name")
    autocomplete_fields = ["manager"]
    readonly_fields = ["code", "applied_at", "submitted_by", "activated_on", "ended_on", "comment"]
    fieldsets = [
        (
            _("Person"),
            {
                "fields": [
                    ("kind", "engagement"),
                    ("stage_name", "code"),
                    ("name", "document_type"),
                    ("id_number", "phone"),
                    "address",
                    "experience",
                ]
            },
        ),
        (_("Where they belong"), {"fields": [("organisation", "organisation_uscc"), "manager"]}),
        (
            _("Their way with the agency"),
            {
                "fields": [
                    ("state", "comment"),
                    ("submitted_by", "applied_at"),
                    ("activated_on", "ended_on"),
                ]
            },
        ),
    ]
    inlines = [
        AccountInline,
        IdentityPaperInline,
        VerificationInline,
        ConsentInline,
        CapacityInline,
        ContractInline,
        *paper_inlines.PERSONS,
        *paper_inlines.VIRTUAL,
        HoldInline,
    ]
    change_form_before_template = "streamers/admin/overview.html"
    editable_states = [state for state in State if state != State.ENDED]
    verbs = [
        Verb("apply", application_actions.apply, _("Hand in the application")),
        Verb(
            "verify", verify, _("Verify"), VerifyForm, template="merchants/admin/verify.html", about_row=True
        ),
        Verb("check_real_name", check_real_name, _("Check the real name"), needs="verify"),
        Verb("accept", streamer_actions.accept, _("Accept"), bulk=True),
        Verb("send_back", application_actions.send_back, _("Send back"), ReasonForm),
        Verb("graduate", streamer_actions.graduate, _("Declare trained"), bulk=True),
        Verb("activate", streamer_actions.activate, _("Let on camera"), bulk=True),
        Verb("suspend", streamer_actions.suspend, _("Suspend"), ReasonForm, danger=True),
        Verb("resume", streamer_actions.resume, _("Resume"), bulk=True),
        Verb("hold", hold_actions.hold, _("Put on hold"), HoldForm, danger=True),
        Verb("blacklist", hold_actions.blacklist, _("Blacklist"), BlacklistForm, danger=True),
        Verb("end", streamer_actions.end, _("End the work"), ReasonForm, danger=True),
        Verb("reopen", streamer_actions.reopen, _("Reopen")),
    ]

    @display(description=_("state"), ordering="state", label=state_labels(State))
    def state_label(self, streamer):
        return streamer.state, streamer.get_state_display()

    @display(description=pgettext_lazy("person", "minor"), label={"minor": "warning"})
    def minor(self, streamer):
        return ("minor", pgettext_lazy("person", "minor")) if is_minor(streamer, clock.today()) else ""

    def get_search_results(self, request, queryset, search_term):
        """By words, initials and codes, or by a whole personal value, looked up by its keyed hash."""
        if not search_term:
            return queryset, False
        number, value = keyed_hash(compact(search_term)), keyed_hash(search_term)
        personal = Q(id_number_hash=number) | Q(phone_hash=value) | Q(name_hash=value)
        return queryset.filter(Q(search__tokens=search_term) | personal), False

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:2]

    def get_inlines(self, request, obj):
        others = paper_inlines.VIRTUAL if obj and obj.is_natural else paper_inlines.PERSONS
        return [inline for inline in self.inlines if inline not in others] if obj else [AccountInline]

    def open_verbs(self, request, obj):
        """The real name is checked where there is somebody to ask, and of a person."""
        asks = obj.is_natural and realname.provider().asks
        opened = super().open_verbs(request, obj)
        return [verb for verb in opened if asks or verb.name != "check_real_name"]

    def save_model(self, request, obj, form, change):
        verb = application_actions.change if change else application_actions.add
        verb(obj, by=request.user, at=clock.now())
        for oddity in oddities(obj, clock.today()):
            self.message_user(request, oddity, messages.WARNING)

    def save_formset(self, request, form, formset, change):
        for account in formset.save(commit=False):
            verb = account_actions.change if account.pk else account_actions.add
            verb(account, by=request.user, at=clock.now())
        formset.save_m2m()

    def row_context(self, request, obj):
        on = clock.today()
        [loaded] = for_inspection(Streamer.objects.filter(pk=obj.pk))
        told = {"overview": overview(obj, loaded, on), "report": report_of(obj, on)}
        told["state_told"] = state_told(loaded, on)
        return super().row_context(request, obj) | told
