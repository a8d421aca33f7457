"""Everybody who is trained: what they owe until when, what they have done."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.views import ChangeList

from mcn.kit import clock
from mcn.kit.admin import VerbsOnlyAdmin
from merchants.admin.inlines import ReadInline
from streamers.models import Trainee, TrainingRecord
from streamers.rules.duty import Status, duties_of, standing_as

COLOURS = {
    Status.OVERDUE: "danger",
    Status.BEHIND: "warning",
    Status.SOON: "warning",
    Status.OPEN: "info",
    Status.DONE: "success",
}


class StandingFilter(DropdownFilter):
    """Trainees by how their most urgent duty stands today."""

    title = _("training stands")
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        if self.value() not in Status.values:
            return queryset
        return queryset.filter(pk__in=standing_as(self.value(), clock.today()))


class TraineeList(ChangeList):
    """The page's people with their duties, asked of all at once."""

    result_list: Any

    def get_results(self, request):
        super().get_results(request)
        shown = list(self.result_list)
        found = duties_of(Trainee.objects.filter(pk__in=[row.pk for row in shown]), clock.today())
        for row in shown:
            row.duties = found[row.pk]
        self.result_list = shown


class RecordInline(ReadInline):
    """The log of one person."""

    model = TrainingRecord
    fields = ["course", "trained_on", "hours", "score", "result", "valid_to", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(superseded_at=None).select_related("course")


@admin.register(Trainee)
class TraineeAdmin(VerbsOnlyAdmin):
    """Who is due and who is overdue: today's answer, worked out from plans and log."""

    empty_note = _("Streamers become trainees by themselves; others are taken in on a plan.")
    list_display = ["person", "kind", "stands", "owes", "started_on"]
    list_filter = [StandingFilter, ("kind", ChoicesDropdownFilter)]
    list_select_related = ["streamer", "user", "contact__merchant"]
    search_fields = ["streamer__code", "streamer__stage_name", "user__username", "user__name"]
    search_help_text = _("Streamer code, stage name, or colleague")
    fields = ["kind", "streamer", "user", "contact", "started_on"]
    inlines = [RecordInline]
    change_form_before_template = "streamers/admin/duties.html"

    def get_changelist(self, request, **kwargs):
        return TraineeList

    @admin.display(description=_("trainee"))
    def person(self, trainee):
        return str(trainee)

    @display(description=_("training stands"), label=COLOURS)
    def stands(self, trainee):
        status = trainee.duties[0].status if trainee.duties else Status.DONE
        return status, trainee.duties[0].told if trainee.duties else status.label

    @admin.display(description=_("owes"))
    def owes(self, trainee):
        owed = [duty for duty in trainee.duties if duty.owed]
        return "；".join(said(duty) for duty in owed[:3]) + ("……" if len(owed) > 3 else "")

    def row_context(self, request, obj):
        found = duties_of(Trainee.objects.filter(pk=obj.pk), clock.today())
        return super().row_context(request, obj) | {"duties": found[obj.pk]}


def said(duty):
    """What somebody owes, in a few words."""
    return f"{duty.label} {duty.progress or format(duty.due_on, '%Y-%m-%d')}"
