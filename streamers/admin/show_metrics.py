"""What shows came to, with what looks odd about it, and the charts."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin
from mcn.kit.start import Chart
from mcn.sheets.admin import SheetAdminMixin
from streamers.actions import show_metrics as metrics_actions
from streamers.models import ItemMetrics, Show, ShowMetrics
from streamers.rules.show_metrics import METRICS, limits_on, newest, odd_lines

FUNNEL = ["viewers", "exposures", "clicks", "orders", "units"]
CHARTED = 20


class MetricsAdmin(SheetAdminMixin, RecordAdmin):
    """Figures entered by hand; mostly they come by a spreadsheet or from another system."""

    def save_model(self, request, obj, form, change):
        verb = metrics_actions.change if change else metrics_actions.add
        verb(obj, by=request.user, at=clock.now())

    @admin.display(description=gettext_lazy("click rate"))
    def click_percent(self, metrics):
        return _percent(metrics.click_rate)

    @admin.display(description=gettext_lazy("return rate"))
    def return_percent(self, metrics):
        return _percent(metrics.return_rate)


def _percent(value):
    return "-" if value is None else f"{value:g} %"


@admin.register(ShowMetrics)
class ShowMetricsAdmin(MetricsAdmin):
    """Viewers, clicks, sales and returns of whole shows, day by day."""

    sheet_name = "show-metrics"
    list_display = [
        "show",
        "day",
        "viewers",
        "click_percent",
        "orders",
        "units",
        "amount",
        "return_percent",
        "source",
    ]
    list_filter = [
        ("show", AutocompleteSelectFilter),
        ("source", ChoicesDropdownFilter),
        ("day", RangeDateFilter),
    ]
    list_select_related = ["show"]
    autocomplete_fields = ["show"]
    search_fields = ["show__code", "show__title"]
    fields = [
        ("show", "day"),
        ("viewers", "peak", "new_followers"),
        ("exposures", "clicks", "click_percent"),
        ("orders", "units", "amount"),
        ("returned_units", "returned_amount", "return_percent"),
        "source",
    ]
    readonly_fields = ["source", "click_percent", "return_percent"]
    change_form_before_template = "streamers/admin/show_metrics.html"

    def row_context(self, request, obj):
        [show] = METRICS.prefetch(Show.objects.filter(pk=obj.show_id))
        limits = limits_on(clock.today(), show.stored_limits)
        return super().row_context(request, obj) | {
            "oddities": list(odd_lines(show, limits)),
            "charts": [chart for chart in _charts(show, obj) if chart.says_something],
        }


def _charts(show, metrics):
    """The way from viewers to pieces sold, the products beside one another, the returns day by day."""
    names = [name for name in FUNNEL if getattr(metrics, name) is not None]
    labels = [str(metrics._meta.get_field(name).verbose_name) for name in names]
    yield Chart(_("From viewers to sales"), "bar", labels, [getattr(metrics, name) for name in names])
    lines = [row for item in show.items.all() if (row := newest(item.metrics.all())) and row.amount]
    lines.sort(key=lambda row: row.amount, reverse=True)
    yield Chart(
        _("Sales by product (yuan)"),
        "bar",
        [row.item.product.name for row in lines[:CHARTED]],
        [float(row.amount) for row in lines[:CHARTED]],
    )
    days = [row for row in show.metrics.all() if row.return_rate is not None]
    yield Chart(
        _("Return rate by day (%)"),
        "line",
        [f"{row.day:%m-%d}" for row in days],
        [row.return_rate for row in days],
    )


@admin.register(ItemMetrics)
class ItemMetricsAdmin(MetricsAdmin):
    """Clicks, sales and returns of each product in a show, day by day."""

    sheet_name = "item-metrics"
    list_display = ["item", "day", "click_percent", "orders", "units", "amount", "return_percent", "source"]
    list_filter = [
        ("source", ChoicesDropdownFilter),
        ("day", RangeDateFilter),
    ]
    list_select_related = ["item__show", "item__product"]
    raw_id_fields = ["item"]
    search_fields = ["item__show__code", "item__product__code", "item__product__name"]
    fields = [
        ("item", "day"),
        ("exposures", "clicks", "click_percent"),
        ("orders", "units", "amount"),
        ("returned_units", "returned_amount", "return_percent"),
        "source",
    ]
    readonly_fields = ["source", "click_percent", "return_percent"]
