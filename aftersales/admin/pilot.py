"""What was tried small and what proved good, in the back office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
)

from aftersales.actions import pilot as pilot_actions
from aftersales.admin.opinion_forms import ResultForm
from aftersales.models import GoodPractice, Nonconformity, Pilot
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, badge

Running = Nonconformity.State


class WrittenAdmin(RecordAdmin):
    """Pilots and good practice, kept by the same verbs."""

    def save_model(self, request, obj, form, change):
        verb = pilot_actions.change if change else pilot_actions.add
        verb(obj, by=request.user, at=clock.now())


@admin.register(Pilot)
class PilotAdmin(WrittenAdmin):
    """New ways of serving, tried on a small scale."""

    list_display = ["title", "scope", "owner", "starts_on", "ends_on", "state_label"]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["owner"]
    search_fields = ["title"]
    autocomplete_fields = ["owner"]
    editable_states = [Pilot.State.PLANNED, Pilot.State.RUNNING]
    readonly_fields = ["result", "decided_by", "decided_at"]
    fields = [
        ("title", "state"),
        "pain",
        "idea",
        ("scope", "goal"),
        ("owner", "starts_on", "ends_on"),
        "result",
        ("decided_by", "decided_at"),
    ]
    verbs = [
        Verb("start", pilot_actions.start, pgettext_lazy("pilot", "Start")),
        Verb("adopt", pilot_actions.adopt, _("Adopt as the rule"), ResultForm),
        Verb("end", pilot_actions.end, _("End without adopting"), ResultForm, danger=True),
    ]
    state_label = badge(
        "state", _("state"), {"planned": "", "running": "info", "adopted": "success", "ended": "warning"}
    )

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["title", *self.fields[1:5]]


@admin.register(GoodPractice)
class GoodPracticeAdmin(WrittenAdmin):
    """What works, told so that others can do the same; merchants read it in their portal."""

    list_display = ["title", "state_label", "written_by", "published_at"]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["written_by"]
    search_fields = ["title"]
    autocomplete_fields = ["action", "pilot"]
    editable_states = [GoodPractice.State.DRAFT]
    readonly_fields = ["written_by", "published_by", "published_at"]
    fields = [
        ("title", "state"),
        "situation",
        "text",
        "proof",
        ("action", "pilot"),
        "written_by",
        ("published_by", "published_at"),
    ]
    verbs = [
        Verb(
            "publish",
            pilot_actions.publish,
            _("Publish"),
            help=_("By somebody else than who wrote it; merchants read it in their portal."),
        ),
        Verb("retire", pilot_actions.retire, _("Take out of use"), ReasonForm),
    ]
    state_label = badge("state", _("state"), {"draft": "", "published": "success", "retired": "info"})

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["title", *self.fields[1:5]]
