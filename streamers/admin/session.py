"""Training sessions, and who came to them."""

from django.contrib import admin
from django.db.models import Count, Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
)

from mcn.agency.models import Figure, figure
from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, VerbsOnlyAdmin
from mcn.kit.qr import qr_image
from merchants.admin.inlines import ReadInline
from streamers.actions import session as session_actions
from streamers.admin.training_forms import CloseForm, EnrolForm, MarkForm
from streamers.admin.training_start import of_today, to_close
from streamers.models import Attendance, TrainingSession

PEOPLE = ["trainee__streamer", "trainee__user", "trainee__contact__merchant"]


class WhenFilter(DropdownFilter):
    """The sessions of today, and those of days before that are not in the log yet."""

    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("today", gettext_lazy("today")), ("past", gettext_lazy("to be closed"))]

    def queryset(self, request, queryset):
        narrow = {"today": of_today, "past": to_close}.get(self.value())
        return narrow(queryset, clock.today()) if narrow else queryset


class AttendanceInline(ReadInline):
    """Who is on the list, and who came."""

    model = Attendance
    fields = ["trainee", "state", "way", "came_at", "noted_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*PEOPLE, "noted_by")


def put_on(rows):
    """How many people an enrolment put on the list."""
    said = ngettext("%(count)s person newly on the list", "%(count)s people newly on the list", len(rows))
    return said % {"count": len(rows)}


def who_came(rows):
    """How many of the people entered came."""
    count = sum(row.state == Attendance.State.PRESENT for row in rows)
    return ngettext("%(count)s person came", "%(count)s people came", count) % {"count": count}


@admin.register(TrainingSession)
class TrainingSessionAdmin(RecordAdmin):
    """Sessions from the plan to the log."""

    list_display = ["course", "starts_at", "place", "trainer", "state", "came_of"]
    list_filter = [
        WhenFilter,
        ("state", ChoicesDropdownFilter),
        ("course", AutocompleteSelectFilter),
        ("starts_at", RangeDateTimeFilter),
    ]
    list_select_related = ["course", "trainer"]
    search_fields = ["course__name", "place"]
    autocomplete_fields = ["course"]
    fields = [
        ("course", "hours"),
        "starts_at",
        "ends_at",
        "place",
        "trainer",
        "note",
        ("material", "files"),
    ]
    readonly_fields = ["material", "files"]
    inlines = [AttendanceInline]
    editable_states = [TrainingSession.State.PLANNED]
    change_form_before_template = "streamers/admin/session.html"
    verbs = [
        Verb("enrol", session_actions.enrol, gettext_lazy("Put on the list"), EnrolForm, told=put_on),
        Verb(
            "mark",
            session_actions.mark,
            gettext_lazy("Enter who came"),
            MarkForm,
            about_row=True,
            told=who_came,
        ),
        Verb("close", session_actions.close, gettext_lazy("Close into the log"), CloseForm),
        Verb("cancel", session_actions.cancel, gettext_lazy("Call off"), ReasonForm, danger=True),
    ]

    def get_queryset(self, request):
        came = Count("attendances", filter=Q(attendances__state=Attendance.State.PRESENT))
        return super().get_queryset(request).annotate(came=came, listed=Count("attendances"))

    @admin.display(description=gettext_lazy("came / on the list"))
    def came_of(self, session):
        return f"{session.came} / {session.listed}"

    @admin.display(description=gettext_lazy("evidence"))
    def files(self, session):
        return file_links(session) or "-"

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def open_verbs(self, request, obj):
        verbs = super().open_verbs(request, obj)
        planned = obj.state == TrainingSession.State.PLANNED
        return [verb for verb in verbs if planned or verb.name not in ("enrol", "mark")]

    def save_model(self, request, obj, form, change):
        verb = session_actions.change if change else session_actions.add
        verb(obj, by=request.user, at=clock.now())

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(self.code_view))
        name = "streamers_trainingsession_code"
        return [path("<int:object_id>/code/", view, name=name), *super().get_urls()]

    def row_context(self, request, obj):
        shown = obj.state == TrainingSession.State.PLANNED and self.has_change_permission(request, obj)
        address = reverse("admin:streamers_trainingsession_code", args=[obj.pk]) if shown else ""
        return super().row_context(request, obj) | {"code_url": address}

    def code_view(self, request, object_id):
        """The code to check in by, large, for the projector; the page draws a new one before it runs out."""
        session = self.get_object(request, str(object_id))
        planned = session is not None and session.state == TrainingSession.State.PLANNED
        if not planned or not self.has_change_permission(request, session):
            raise Http404
        at = clock.now()
        code = session_actions.code_of(session, at=at)
        link = request.build_absolute_uri(reverse("training_check_in", args=[code]))
        good_for = figure(Figure.Key.CHECK_IN_CODE_SECONDS, clock.business_day(at))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Check in"),
            "subtitle": str(session),
            "opts": self.opts,
            "session": session,
            "qr": qr_image(link),
            "back_url": self.change_url(session),
        }
        answer = TemplateResponse(request, "streamers/admin/check_in.html", context)
        # A scanned code has to live on while its page loads on a phone: the screen changes at half its time.
        answer.headers["Refresh"] = str(max(good_for // 2, 5))
        return answer


@admin.register(Attendance)
class AttendanceAdmin(VerbsOnlyAdmin):
    """Who came where; entered on the session's page, or by the code."""

    empty_note = gettext_lazy("Entered on the page of a training session, or by its code.")
    list_display = ["trainee", "session", "state", "way", "came_at", "noted_by"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("way", ChoicesDropdownFilter),
        ("session", AutocompleteSelectFilter),
    ]
    list_select_related = [*PEOPLE, "session__course", "noted_by"]
    search_fields = ["trainee__streamer__code", "trainee__streamer__stage_name", "trainee__user__name"]
    fields = ["session", "trainee", ("state", "way"), ("came_at", "noted_by")]
