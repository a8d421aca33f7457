"""What upheld complaints and recalls stop: the rules, the recalls, and the holds that came of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from aftersales.actions import hold_rule as rules
from aftersales.models import HoldRule, Recall, RuledHold
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, ReasonForm, RecordAdmin, RecordForm, Verb, badge


@admin.register(HoldRule)
class HoldRuleAdmin(RecordAdmin):
    """How many upheld complaints hold what; looked at every ten minutes."""

    list_display = ["subject", "nature", "count", "days", "clause", "valid_from", "valid_to"]
    list_filter = [("subject", ChoicesDropdownFilter), ("nature", ChoicesDropdownFilter)]
    fields = [("subject", "nature"), ("count", "days"), ("clause", "source"), ("valid_from", "valid_to")]

    def save_model(self, request, obj, form, change):
        rules.save_rule(obj, by=request.user, at=clock.now())


class RecallForm(RecordForm):
    """A recall with its announcement."""

    file = file_field(label=_("announcement"), required=False)

    class Meta:
        model = Recall
        fields = ["product", "announced_by", "number", "announced_on", "batches", "reason", "remedy"]


@admin.register(Recall)
class RecallAdmin(RecordAdmin):
    """Recalls of products; each holds its product from the moment it is entered."""

    form = RecallForm
    list_display = ["product", "announced_by", "announced_on", "state_label", "ended_on"]
    list_filter = [("state", ChoicesDropdownFilter), ("announced_on", RangeDateFilter)]
    list_select_related = ["product__merchant"]
    autocomplete_fields = ["product"]
    search_fields = ["product__code", "product__name", "number"]
    fields = [
        "product",
        ("announced_by", "announced_on"),
        ("number", "batches"),
        "reason",
        "remedy",
        "file",
        ("state", "entered_by"),
        ("ended_on", "result"),
    ]
    readonly_fields = ["entered_by", "ended_on", "result"]
    verbs = [Verb("end", rules.end, _("End the recall"), ReasonForm)]
    state_label = badge("state", _("state"), {"open": "danger", "ended": "success"})

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [name if name != "file" else "document" for name in fields] if obj else fields

    def save_model(self, request, obj, form, change):
        rules.announce(obj, file=form.cleaned_data.get("file"), by=request.user, at=clock.now())


@admin.register(RuledHold)
class RuledHoldAdmin(ReadOnlyAdmin):
    """The holds that came of rules and recalls, with the complaints that they rest on."""

    empty_note = _("Placed by the rules: upheld complaints, bad scores, recalls.")
    list_display = ["__str__", "hold", "codes", "placed_at"]
    list_filter = [("placed_at", RangeDateFilter)]
    list_select_related = [
        "rule",
        "recall__product__merchant",
        "product_hold",
        "streamer_hold",
        "merchant_hold",
    ]
    fields = ["rule", "recall", "product_hold", "streamer_hold", "merchant_hold", "codes", "placed_at"]
    readonly_fields = ["codes"]

    @admin.display(description=_("hold"))
    def hold(self, row):
        return row.hold

    @admin.display(description=_("complaints"))
    def codes(self, row):
        return "、".join(row.complaints) or "—"
