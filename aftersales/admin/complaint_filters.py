"""By what the inbox of complaints is narrowed, and by when each has to be done."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from aftersales.models import Clock, Complaint
from mcn.kit import clock

# What a visitor of the list may have asked for without narrowing it.
NOT_NARROWING = {"p", "o", "all", "_changelist_filters"}


def next_clock():
    """The open clock of each complaint that runs out first; what is paused comes after."""
    kind = ContentType.objects.get_for_model(Complaint)
    rows = Clock.objects.open().filter(content_type=kind, object_id=OuterRef("pk"))
    return Subquery(rows.order_by("-state", "due_at").values("pk")[:1])


def late(complaints, at):
    """Complaints with a deadline that has passed."""
    kind = ContentType.objects.get_for_model(Complaint)
    return complaints.filter(pk__in=Clock.objects.late(at).filter(content_type=kind).values("object_id"))


class BoxFilter(DropdownFilter):
    """The inbox: what is open unless asked otherwise."""

    title = _("box")
    parameter_name = "box"
    all_option = ("", _("open ones; all where something else narrows"))

    def lookups(self, request, model_admin):
        return [
            ("mine", _("mine")),
            ("nobody", _("nobody's yet")),
            ("late", _("late")),
            ("serious", _("serious cases")),
            ("everything", _("closed ones too")),
        ]

    def queryset(self, request, queryset):
        asked, open_ones = self.value(), queryset.filter(state__in=Complaint.OPEN)
        if asked == "mine":
            return open_ones.filter(agent=request.user)
        if asked == "nobody":
            return open_ones.filter(agent=None)
        if asked == "late":
            return late(open_ones, clock.now())
        if asked == "serious":
            return open_ones.filter(serious=True)
        return queryset if asked or request.GET.keys() - NOT_NARROWING else open_ones
