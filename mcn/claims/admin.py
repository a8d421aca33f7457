"""The terms, and the versions in which they have stood."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mcn.claims import actions
from mcn.claims.forms import TermForm
from mcn.claims.models import REGIME_LABELS, Term, TermSet
from mcn.claims.terms import Regime
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, RecordAdmin


@admin.register(Term)
class TermAdmin(RecordAdmin):
    """What is saved here counts from the next scan on."""

    form = TermForm
    list_display = ["text", "kind", "verdict", "severity", "goods", "clause", "in_use"]
    list_filter = ["outcome", "kind", "severity", "in_use"]
    search_fields = ["text", "reason", "clause"]
    search_help_text = _("Term, reason or clause")
    fieldsets = [
        (None, {"fields": ["text", ("kind", "outcome"), ("severity", "in_use")]}),
        (_("Where it counts"), {"fields": ["regimes", "excuses"]}),
        (_("What people are told"), {"fields": [("clause", "source"), "reason", "suggestion"]}),
    ]

    @display(
        description=_("verdict"),
        ordering="outcome",
        label={
            Term.Verdict.BANNED: "danger",
            Term.Verdict.NEEDS_EVIDENCE: "warning",
            Term.Verdict.PASS: "success",
        },
    )
    def verdict(self, term):
        return term.outcome, term.get_outcome_display()

    @admin.display(description=_("counts for"), ordering="regimes")
    def goods(self, term):
        labels = [str(REGIME_LABELS[Regime(code)]) for code in term.regimes.split()]
        return "、".join(labels) or _("all goods")

    def save_model(self, request, obj, form, change):
        actions.keep(obj, by=request.user, at=clock.now())


@admin.register(TermSet)
class TermSetAdmin(ReadOnlyAdmin):
    """Which version was in force from when."""

    list_display = ["name", "made_at", "count", "digest"]
    fields = ["number", "made_at", "count", "digest"]
