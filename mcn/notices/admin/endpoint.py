"""Other systems that are told, and the log of what went out."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin
from mcn.notices import actions
from mcn.notices.forms import EndpointForm
from mcn.notices.kinds import kinds
from mcn.notices.models import Attempt, Delivery, Endpoint


class AdminEndpointForm(EndpointForm):
    """The endpoint's form as the admin draws it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kinds" in self.fields:
            boxes = UnfoldAdminCheckboxSelectMultipleWidget(choices=self.fields["kinds"].choices)
            self.fields["kinds"].widget = boxes
        for name in {"name", "url"} & self.fields.keys():
            self.fields[name].widget = UnfoldAdminTextInputWidget()


@admin.register(Endpoint)
class EndpointAdmin(RecordAdmin):
    """By whom notices are heard by webhook."""

    form = AdminEndpointForm
    list_display = ["name", "url", "kinds_told", "state_label"]
    list_filter = [("state", ChoicesDropdownFilter)]
    fieldsets = [
        (None, {"fields": ["name", "url", "kinds"]}),
        (_("Signature"), {"fields": ["masked_secret", "old_until"]}),
        (None, {"fields": ["state", "added_by"]}),
    ]
    readonly_fields = ["masked_secret", "old_until", "added_by"]
    verbs = [
        Verb("try_out", actions.try_out, _("Send a trial"), needs="change"),
        Verb(
            "rotate",
            actions.rotate,
            _("New secret"),
            help=_("For a day the old secret signs along, so that the other side has time to take over."),
        ),
        Verb("switch_off", actions.switch_off, _("Switch off"), ReasonForm, danger=True),
        Verb("switch_on", actions.switch_on, _("Switch on")),
    ]

    @admin.display(description=_("kinds of notices"))
    def kinds_told(self, endpoint):
        known = kinds()
        return "、".join(str(known[name].label) for name in endpoint.kinds if name in known) or _("all kinds")

    @display(description=_("state"), ordering="state", label={"on": "success", "off": "warning"})
    def state_label(self, endpoint):
        return endpoint.state, endpoint.get_state_display()

    def save_model(self, request, obj, form, change):
        keep = actions.change_endpoint if change else actions.add_endpoint
        keep(obj, by=request.user, at=clock.now())


class AttemptInline(RecordTabularInline):
    """Each attempt with what was answered."""

    model = Attempt
    fields = ["tried_at", "status", "milliseconds", "error"]
    readonly_fields = fields
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Delivery)
class DeliveryAdmin(VerbsOnlyAdmin):
    """The log of letters and webhooks; what was given up is sent again from here."""

    empty_note = _("Letters and webhooks stand here once there is something to tell.")
    list_display = ["__str__", "to", "state_label", "tries", "due_at", "arrived_at"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("due_at", RangeDateTimeFilter),
        ("endpoint", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["endpoint", "notice", "user"]
    fields = [("endpoint", "user"), "notice", ("state", "tries"), ("due_at", "arrived_at"), "taken_until"]
    inlines = [AttemptInline]
    verbs = [Verb("send_again", actions.send_again, _("Send again"), bulk=True)]

    @admin.display(description=_("goes to"))
    def to(self, delivery):
        return delivery.endpoint or delivery.user

    @display(
        description=_("state"),
        ordering="state",
        label={"waiting": "info", "arrived": "success", "failed": "danger", "dropped": ""},
    )
    def state_label(self, delivery):
        return delivery.state, delivery.get_state_display()
