"""How staff fill in a term."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from mcn.claims.models import EXCUSE_LABELS, REGIME_LABELS, Term
from mcn.kit.forms import RecordForm


class CodesField(forms.MultipleChoiceField):
    """Codes to tick, kept as one text."""

    widget = UnfoldAdminCheckboxSelectMultipleWidget

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return " ".join(super().clean(value))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class TermForm(RecordForm):
    """A term, with the goods it counts for and the contexts that excuse it to tick."""

    regimes = CodesField(
        label=_("counts for"),
        choices=list(REGIME_LABELS.items()),
        required=False,
        help_text=_("Kinds of goods; none chosen means all."),
    )
    excuses = CodesField(
        label=_("excused by"),
        choices=list(EXCUSE_LABELS.items()),
        required=False,
        help_text=_("Contexts in which it may be said."),
    )

    class Meta:
        model = Term
        fields = ["text", "kind", "outcome", "severity", "clause", "source", "reason", "suggestion", "in_use"]
