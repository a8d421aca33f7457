"""Streamers' accounts on platforms, on pages of their own."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter, RelatedDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from streamers.actions import account as account_actions
from streamers.models import PlatformAccount


class RealNameFilter(DropdownFilter):
    """Accounts in use that the platform does not know by real name yet."""

    title = _("real name")
    parameter_name = "real_name"

    def lookups(self, request, model_admin):
        return [("missing", _("not registered by real name"))]

    def queryset(self, request, queryset):
        missing = self.value() == "missing"
        return queryset.filter(ended_on=None, real_name_on=None) if missing else queryset


@admin.register(PlatformAccount)
class PlatformAccountAdmin(RecordAdmin):
    """The streamers' accounts, and since when the platform knows who stands behind them."""

    list_display = ["account", "platform", "streamer", "followers", "real_name_on", "ended_on"]
    list_filter = [
        ("platform", RelatedDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        RealNameFilter,
    ]
    list_select_related = ["streamer", "platform"]
    autocomplete_fields = ["streamer"]
    search_fields = ["account"]
    fields = ["streamer", ("platform", "account"), ("followers", "real_name_on"), "ended_on"]
    readonly_fields = ["ended_on"]
    verbs = [Verb("end", account_actions.end, _("Given up"), danger=True)]

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "streamer"] if obj else declared

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def save_model(self, request, obj, form, change):
        verb = account_actions.change if change else account_actions.add
        verb(obj, by=request.user, at=clock.now())
