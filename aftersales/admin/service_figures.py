"""The board of key figures: a week by merchant, product, streamer or show, its trend and what stands out."""

import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse

from aftersales.models import ServiceFigures
from aftersales.rules import kpi
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin

Dimension = ServiceFigures.Dimension
SHOWN = 100


@admin.register(ServiceFigures)
class ServiceFiguresAdmin(ReadOnlyAdmin):
    """The list is a board: nobody reads sums of seconds."""

    list_display = ["dimension", "week"]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = clock.today()
        dimension = request.GET.get("by", Dimension.MERCHANT)
        if dimension not in Dimension.values:
            dimension = Dimension.MERCHANT
        week = _asked(request.GET.get("week", ""), kpi.monday_of(today) - datetime.timedelta(weeks=1))
        board = kpi.board(dimension, week, on=today)
        whole = kpi.board(Dimension.AGENCY, week, on=today)
        step = datetime.timedelta(weeks=1)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "media": self.media,
            "kpis": kpi.KPIS,
            "whole": whole.lines[0] if whole.lines else None,
            "charts": [chart for chart in whole.charts if chart.says_something],
            "board": board,
            "lines": board.lines[:SHOWN],
            "more": max(len(board.lines) - SHOWN, 0),
            "sunday": week + datetime.timedelta(days=6),
            "running": kpi.monday_of(today) == week,
            "by": dimension,
            "dimensions": [one for one in Dimension if one != Dimension.AGENCY],
            "before": week - step,
            "after": week + step if week + step <= kpi.monday_of(today) else None,
            "page": _page_of(dimension),
        }
        return TemplateResponse(request, "aftersales/admin/service_figures.html", context)


def _asked(text, otherwise):
    """The Monday of the week that an address names, or another where it names no day of these years."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return otherwise
    return kpi.monday_of(day) if abs(day.year - otherwise.year) <= 20 else otherwise


def _page_of(dimension):
    """The admin's page of a row of a dimension, its number to be put in place of 0."""
    if dimension not in kpi.MODELS:
        return ""
    options = kpi.MODELS[dimension]._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[0])
