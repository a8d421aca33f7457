"""The agency's figures of policy, working days and platforms."""

from django.contrib import admin

from mcn.agency.models import CalendarDay, Figure, Platform
from mcn.kit.admin import RecordAdmin


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    """A figure changes by a new row with effect from a day; what was in force stays readable."""

    list_display = ["key", "value", "valid_from", "source"]
    list_filter = ["key"]
    fields = ["key", "value", "valid_from", "source"]


@admin.register(CalendarDay)
class CalendarDayAdmin(RecordAdmin):
    """Days worked or rested against or beyond the official calendar."""

    list_display = ["day", "worked", "note"]
    list_filter = ["worked"]
    fields = ["day", "worked", "note"]


@admin.register(Platform)
class PlatformAdmin(RecordAdmin):
    """The platforms that accounts and shows name."""

    search_fields = ["code", "name"]
    list_display = ["name", "code", "operator", "ended_on"]
    fields = ["code", "name", "operator", "ended_on"]
