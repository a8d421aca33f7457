"""Filters of product lists that no column has alone."""

import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from mcn.agency.models import Figure, figures
from mcn.kit import clock
from products.models import ProductCredential, ProductHold, ProductVerification


def _some(rows):
    return Exists(rows.filter(product=OuterRef("pk")))


class ItemsFilter(DropdownFilter):
    """By how far the items are verified."""

    title = _("verification")
    parameter_name = "items"

    def lookups(self, request, model_admin):
        return [
            ("open", _("not all verified")),
            ("stale", _("changed since verified")),
            ("due", _("due again")),
            ("bad", _("found not good")),
            ("settled", _("all verified")),
        ]

    def queryset(self, request, queryset):
        standing = ProductVerification.objects.filter(superseded_at=None)
        match self.value():
            case "open":
                return queryset.filter(settled__lt=F("needed"))
            case "settled":
                return queryset.filter(settled__gte=F("needed"))
            case "stale":
                return queryset.filter(_some(standing.exclude(stale_at=None)))
            case "due":
                return queryset.filter(_some(standing.filter(next_due_on__lte=clock.today())))
            case "bad":
                return queryset.filter(_some(standing.filter(outcome=ProductVerification.Outcome.BAD)))
        return queryset


# The steps of the warnings, the last first.
WARNINGS = [Figure.Key.EXPIRY_LAST_DAYS, Figure.Key.EXPIRY_URGENT_DAYS, Figure.Key.EXPIRY_WARNING_DAYS]


class PapersFilter(DropdownFilter):
    """By how soon a paper runs out."""

    title = _("papers")
    parameter_name = "papers"

    def lookups(self, request, model_admin):
        today = clock.today()
        days = figures(WARNINGS, today)
        soon = [(str(number), _("run out within %(days)s days") % {"days": number}) for number in days]
        return [("expired", _("have run out")), *soon]

    def queryset(self, request, queryset):
        asked, today = self.value(), clock.today()
        papers = ProductCredential.objects.filter(ended_on=None)
        if asked == "expired":
            return queryset.filter(_some(papers.filter(valid_to__lt=today)))
        if asked and asked.isdigit():
            last = today + datetime.timedelta(days=int(asked[:4]))
            return queryset.filter(_some(papers.filter(valid_to__range=(today, last))))
        return queryset


class HeldFilter(DropdownFilter):
    """By whether a hold stops it today."""

    title = _("hold")
    parameter_name = "held"

    def lookups(self, request, model_admin):
        return [("yes", _("on hold")), ("no", _("not on hold"))]

    def queryset(self, request, queryset):
        today = clock.today()
        active = ProductHold.objects.exclude(state=ProductHold.State.LIFTED).filter(
            Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today
        )
        match self.value():
            case "yes":
                return queryset.filter(_some(active))
            case "no":
                return queryset.exclude(_some(active))
        return queryset
