"""The standards, clause by clause, and whether they are met."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mcn.kit.admin import ReadOnlyAdmin
from mcn.standards.models import Clause, Inspection, Standard, StoredFinding


@admin.register(Standard)
class StandardAdmin(ReadOnlyAdmin):
    """The five documents."""

    list_display = ["code", "name", "number", "kind", "in_force_from", "clause_count"]
    fields = ["code", "name", "number", "kind", "in_force_from", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(clause_count=Count("clauses"))

    @admin.display(description=_("clauses"))
    def clause_count(self, standard):
        return standard.clause_count


def newest_inspections():
    """The ids of the newest inspection of each rulebook."""
    newest = Inspection.objects.filter(rulebook=OuterRef("rulebook")).order_by("-id").values("id")[:1]
    return Inspection.objects.filter(id=Subquery(newest)).values("id")


@admin.register(Clause)
class ClauseAdmin(ReadOnlyAdmin):
    """What each clause asks, in our own words, and how it stands."""

    list_display = ["code", "title", "standard", "actor", "level_badge", "told"]
    list_filter = ["standard", "level", "actor"]
    list_select_related = ["standard"]
    search_fields = ["code", "title", "told", "served_by"]
    fields = ["standard", "code", "title", "actor", "level", "told", "served_by"]

    @display(
        description=_("level"),
        ordering="level",
        label={"shall": "danger", "shall not": "danger", "should": "warning", "may": "info"},
    )
    def level_badge(self, clause):
        return clause.level, clause.get_level_display()


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    """The stored runs of the rulebooks."""

    list_display = ["rulebook", "on", "inspected_at", "by", "subjects", "blocking", "warning"]
    list_filter = ["rulebook"]
    list_select_related = ["by"]
    fields = ["rulebook", "on", "inspected_at", "by", "subjects"]

    def get_queryset(self, request):
        blocking = Q(findings__level__in=["shall", "shall not"])
        return super().get_queryset(request).annotate(
            blocking=Count("findings", filter=blocking), warning=Count("findings", filter=~blocking)
        )

    @admin.display(description=_("blocking"))
    def blocking(self, inspection):
        return inspection.blocking

    @admin.display(description=_("warnings"))
    def warning(self, inspection):
        return inspection.warning


@admin.register(StoredFinding)
class StoredFindingAdmin(ReadOnlyAdmin):
    """What the newest inspections found."""

    list_display = ["clause", "level", "subject_label", "message", "inspection"]
    list_filter = ["level", "clause", "subject_model"]
    list_select_related = ["inspection"]
    search_fields = ["subject_label", "message"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(inspection__in=newest_inspections())
