"""The planner: shows from the plan to the end, what stands in their way, who is in them, when they are."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.widgets import UnfoldAdminTextareaWidget

from mcn.kit import clock, moves
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin
from streamers.actions import service_plan as plans
from streamers.actions import show as show_actions
from streamers.actions import waiver as waivers
from streamers.admin.files import files_of
from streamers.admin.preparation import PreparationMixin
from streamers.admin.run_sheet import RunSheetMixin
from streamers.admin.show_calendar import CalendarMixin
from streamers.admin.show_filters import FiguresFilter, OwnFilter, WhenFilter
from streamers.admin.show_pages import ShowPagesMixin, gate_of
from streamers.admin.show_parts import CastInline, CrewInline, ShowForm, WaiverForm, WaiverInline
from streamers.models import Show, ShowCast
from streamers.rules.show_times import span

STATE_LABELS = {
    Show.State.PLANNED: "info",
    Show.State.CLEARED: "success",
    Show.State.LIVE: "danger",
    Show.State.ENDED: "",
    Show.State.CANCELLED: "",
}


@admin.register(Show)
class ShowAdmin(CalendarMixin, RunSheetMixin, ShowPagesMixin, PreparationMixin, SheetAdminMixin, RecordAdmin):
    """All shows, the next ones first."""

    sheet_name = "run-sheets"
    form = ShowForm
    list_display = ["code", "title", "state_label", "time", "room", "hosts", "item_count"]
    list_display_links = ["code", "title"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        WhenFilter,
        OwnFilter,
        FiguresFilter,
        ("room", AutocompleteSelectFilter),
        ("cast__streamer", AutocompleteSelectFilter),
        ("items__product", AutocompleteSelectFilter),
        ("theme", ChoicesDropdownFilter),
        ("starts_at", RangeDateTimeFilter),
    ]
    list_select_related = ["room"]
    search_fields = ["code", "title", "room__title", "cast__streamer__stage_name"]
    search_help_text = _("Number or title of the show, room, streamer")
    list_before_template = "streamers/admin/show/views.html"
    change_form_outer_before_template = "streamers/admin/show/top.html"
    autocomplete_fields = ["room"]
    editable_states = Show.EDITABLE
    readonly_fields = ["files", "planned_by", "cleared_by", "cleared_at", "started_at", "ended_at"]
    fieldsets = [
        (
            _("When, where and what about"),
            {"fields": [("title", "room"), "starts_at", "ends_at", ("theme", "cover_text")]},
        ),
        (_("Plan"), {"fields": ["plan", ("file", "files"), "contingency"]}),
        (
            _("Its way to the air"),
            {"fields": [("planned_by", "cleared_by", "cleared_at"), ("started_at", "ended_at")]},
        ),
    ]
    inlines = [CastInline, CrewInline, WaiverInline]
    formfield_overrides: ClassVar[dict] = {
        models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 4})}
    }
    verbs = [
        Verb("clear", show_actions.clear, _("Clear to go live")),
        Verb("start", show_actions.start, _("Go live")),
        Verb("end", show_actions.end, _("End the show")),
        Verb("ask_plans", plans.ask, _("Ask merchants for service plans"), needs="change"),
        Verb("waive", waivers.waive, _("Set a warning aside"), WaiverForm, about_row=True),
        Verb("recall", show_actions.recall, _("Take the clearance back"), ReasonForm),
        Verb("cancel", show_actions.cancel, _("Call off"), ReasonForm, danger=True),
    ]

    class Media:
        css = {"all": ["streamers/show.css"]}

    state_label = badge("state", _("state"), STATE_LABELS)

    def get_queryset(self, request):
        hosts = ShowCast.objects.standing().select_related("streamer")
        counted = Count("items", filter=Q(items__removed_at=None), distinct=True)
        shows = super().get_queryset(request).annotate(counted=counted)
        return shows.prefetch_related(Prefetch("cast", hosts, to_attr="hosts_now"))

    @admin.display(description=_("time"), ordering="starts_at")
    def time(self, show):
        return span(show)

    @admin.display(description=_("streamers"))
    def hosts(self, show):
        return "、".join(row.streamer.stage_name for row in show.hosts_now) or "-"

    @admin.display(description=_("products"), ordering="counted")
    def item_count(self, show):
        return show.counted

    @admin.display(description=_("files"))
    def files(self, show):
        return (files_of(show) if show.pk else "") or "-"

    def get_inline_instances(self, request, obj=None):
        shown = super().get_inline_instances(request, obj)
        waived = obj is not None and obj.waivers.exists()
        return [inline for inline in shown if waived or not isinstance(inline, WaiverInline)]

    def open_verbs(self, request, obj):
        """Warnings are set aside at the gate, where they stand; plans are asked for before the show alone."""
        elsewhere = {"waive"} if obj.state in plans.BEFORE else {"waive", "ask_plans"}
        return [verb for verb in super().open_verbs(request, obj) if verb.name not in elsewhere]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            fieldsets[1][1]["fields"] = ["plan", "files", "contingency"]
        return fieldsets if obj else fieldsets[:-1]

    def row_context(self, request, obj):
        shown = super().row_context(request, obj)
        waive_url = reverse("admin:streamers_show_verb", args=[obj.pk, "waive"])
        may_waive = obj.state in Show.BEFORE_AIR and moves.may(request.user, "waive", obj)
        gate = {"gate": gate_of(obj), "waive_url": waive_url if may_waive else ""}
        return shown | self.head(request, obj, "plan") | gate

    def save_model(self, request, obj, form, change):
        verb = show_actions.change if change else show_actions.plan
        verb(obj, by=request.user, at=clock.now())
        if file := form.cleaned_data.get("file"):
            show_actions.attach_plan(obj, file=file, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        put_in = {ShowCast: show_actions.cast}.get(formset.model, show_actions.assign)
        formset.save(commit=False)
        for part in formset.forms:
            if part.has_changed() and part.is_valid():
                off = part.instance.pk and part.cleaned_data.get("off")
                verb = show_actions.take_off if off else put_in
                verb(part.instance, by=request.user, at=clock.now())
