"""The board of what is wrong on the way to buyers: late, silent, damaged, unproven; the oldest first."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from aftersales.actions import delivery_alert as alert_actions
from aftersales.models import DeliveryAlert
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, Verb, VerbsOnlyAdmin, badge

Kind = DeliveryAlert.Kind


@admin.register(DeliveryAlert)
class DeliveryAlertAdmin(VerbsOnlyAdmin):
    """Alerts that the sweep raises; what comes right by itself is settled by it too."""

    list_display = ["kind_label", "order", "merchant", "parcel", "since", "state", "outcome"]
    list_display_links = ["kind_label"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("order__merchant", AutocompleteSelectFilter),
        ("raised_at", RangeDateFilter),
    ]
    list_select_related = ["order__merchant", "parcel"]
    search_fields = ["order__number"]
    search_help_text = _("The whole order number")
    empty_note = _("Raised by the hour: orders not shipped in time, parcels without news, damage.")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kind", "state"),
                    ("order", "parcel"),
                    ("merchant", "deadline"),
                    "raised_at",
                    ("settled_by", "settled_at"),
                    "outcome",
                ]
            },
        )
    ]
    readonly_fields = ["merchant", "deadline"]
    verbs = [Verb("settle", alert_actions.settle, _("Settle"), ReasonForm)]
    kind_label = badge(
        "kind",
        pgettext_lazy("alert", "what is wrong"),
        {Kind.LATE: "danger", Kind.STUCK: "warning", Kind.DAMAGED: "danger", Kind.UNPROVEN: "warning"},
    )

    @display(description=_("merchant"))
    def merchant(self, alert):
        return alert.order.merchant

    @display(description=_("ship by"))
    def deadline(self, alert):
        return alert.order.deadline_text

    @display(description=pgettext_lazy("alert", "since"), ordering="raised_at")
    def since(self, alert):
        days = (clock.today() - clock.business_day(alert.raised_at)).days
        return _("%(days)s days") % {"days": days} if days else _("today")

    def get_search_results(self, request, queryset, search_term):
        """By the whole number of the order."""
        term = search_term.strip()
        return (queryset.filter(order__number=term) if term else queryset), False
