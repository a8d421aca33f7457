"""Samples: who has them, who tried them, what they found."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb, badge
from products.actions import sample as sample_actions
from products.admin.forms import TrialForm
from products.models import Sample

State = Sample.State


@admin.register(Sample)
class SampleAdmin(RecordAdmin):
    """Samples from their coming to their return."""

    list_display = [
        "product",
        "received_on",
        "quantity",
        "state_label",
        "tried_by",
        "tried_on",
        "same_as_sold",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("product__merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("received_on", RangeDateFilter),
        "same_as_sold",
    ]
    list_select_related = ["product"]
    search_fields = ["product__search"]
    search_help_text = _("Name, pinyin initials, product number, brand, SKU or barcode")
    autocomplete_fields = ["product", "sku"]
    fields = [
        ("product", "sku"),
        ("received_on", "quantity", "batch"),
        ("tried_by", "tried_on", "same_as_sold"),
        "impression",
        ("state", "returned_on"),
    ]
    readonly_fields = ["tried_by", "tried_on", "same_as_sold", "impression", "returned_on"]
    verbs = [
        Verb("record_trial", sample_actions.record_trial, _("Record a trial"), TrialForm),
        Verb("give_back", sample_actions.give_back, _("Give back")),
    ]
    state_label = badge(
        "state", _("state"), {State.RECEIVED: "info", State.TRIED: "success", State.RETURNED: ""}
    )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.state == State.RECEIVED)

    def save_model(self, request, obj, form, change):
        verb = sample_actions.change if change else sample_actions.receive
        verb(obj, by=request.user, at=clock.now())
