"""The standards, clause by clause, and whether they are met."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, RecordAdmin, RecordTabularInline, Verb
from mcn.standards.actions import attest
from mcn.standards.coverage import LABELS, counts, newest_inspections, standings
from mcn.standards.models import Attestation, Clause, Inspection, Standard, StoredFinding


@admin.register(Standard)
class StandardAdmin(ReadOnlyAdmin):
    """The five documents, each with a page that tells how every clause stands."""

    list_display = ["code", "name", "number", "kind", "in_force_from", "clause_count"]
    fields = ["code", "name", "number", "kind", "in_force_from", "source"]
    change_form_outer_before_template = "standards/admin/standings.html"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(clause_count=Count("clauses"))

    @admin.display(description=_("clauses"))
    def clause_count(self, standard):
        return standard.clause_count

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        standard = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if standard:
            found = standings(standard, on=clock.today())
            wanted = request.GET.get("status", "")
            extra |= {
                "standings": [row for row in found if not wanted or row.status == wanted],
                "counts": [(status, LABELS[status], count) for status, count in counts(found).items()],
                "wanted": wanted,
            }
        return super().changeform_view(request, object_id, form_url, extra)


class AttestForm(forms.Form):
    """How a clause stands by a person's word."""

    outcome = forms.ChoiceField(
        label=_("outcome"), choices=Attestation.Outcome, widget=UnfoldAdminSelectWidget
    )
    statement = forms.CharField(
        label=_("how it is met, or what is missing"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )
    file = file_field(label=_("evidence"), required=False)


class AttestationInline(RecordTabularInline):
    """What was attested of a clause, newest first."""

    model = Attestation
    fields = ["outcome", "statement", "files", "attested_by", "attested_on", "next_due_on"]
    readonly_fields = fields

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("evidence"))
    def files(self, attestation):
        return file_links(attestation) or "-"


@admin.register(Clause)
class ClauseAdmin(RecordAdmin):
    """What each clause asks, in our own words, and what people attested of it."""

    verbs = [Verb("attest", attest, _("Attest"), form=AttestForm)]
    inlines = [AttestationInline]

    list_display = ["code", "title", "standard_code", "binds", "level_badge", "told"]
    list_filter = ["standard", "level", "actor"]
    list_select_related = ["standard"]
    search_fields = ["code", "title", "told", "served_by"]
    fields = ["standard", "code", "title", "binds", "level", "told"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("standard"), ordering="standard")
    def standard_code(self, clause):
        return clause.standard.code

    @admin.display(description=_("binds"), ordering="actor")
    def binds(self, clause):
        return clause.actor_labels

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

    empty_note = _("Made every night, and whenever a rulebook is asked on a page.")
    list_display = ["rulebook", "on", "inspected_at", "by", "subjects", "blocking", "warning"]
    list_filter = ["rulebook"]
    list_select_related = ["by"]
    fields = ["rulebook", "on", "inspected_at", "by", "subjects"]

    def get_queryset(self, request):
        blocking = Q(findings__level__in=["shall", "shall not"])
        return (
            super()
            .get_queryset(request)
            .annotate(
                blocking=Count("findings", filter=blocking), warning=Count("findings", filter=~blocking)
            )
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

    empty_note = _("Nothing was found by the newest inspections.")
    list_display = ["clause", "level", "subject_label", "message", "inspection"]
    list_filter = ["level", "clause", "subject_model"]
    list_select_related = ["inspection"]
    search_fields = ["subject_label", "message"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(inspection__in=newest_inspections().values())
