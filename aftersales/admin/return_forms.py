"""What the verbs of returns and repairs ask staff for."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from aftersales.models import OrderLine, ReturnDispute, ReturnEvidence, ReturnRequest
from mcn.evidence.forms import file_field
from mcn.kit.admin import NoteForm
from mcn.kit.identity import compact

MOST_WORDS = 2_000


def text(label, *, required=True, most=MOST_WORDS, rows=3, **options):
    """A few words, or many."""
    widget = UnfoldAdminTextareaWidget(attrs={"rows": rows}) if rows else UnfoldAdminTextInputWidget
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, **options)


def choice(label, choices):
    return forms.ChoiceField(label=label, choices=choices, widget=UnfoldAdminSelectWidget)


def yuan(label, **options):
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=UnfoldAdminDecimalFieldWidget,
        **options,
    )


def day(label, **options):
    return forms.DateField(label=label, required=False, widget=UnfoldAdminSingleDateWidget, **options)


class AskForm(forms.ModelForm):
    """What a buyer asks for by phone or chat: the order by its number, the goods by a part of their name."""

    number = text(gettext_lazy("order number"), rows=0, most=40)
    goods = text(
        gettext_lazy("goods"),
        rows=0,
        most=200,
        required=False,
        help_text=gettext_lazy("A part of their name, where the order has several."),
    )

    class Meta:
        model = ReturnRequest
        fields = ["kind", "reason", "words", "quantity", "amount", "intact"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = False
        self.fields["amount"].help_text = gettext_lazy("Empty for all that was paid.")

    def clean(self):
        cleaned = super().clean()
        lines = OrderLine.objects.filter(order__number=compact(cleaned.get("number")))
        found = [line for line in lines.select_related("order") if (cleaned.get("goods") or "") in str(line)]
        if not found:
            self.add_error("number", _("There is no such order, or no such goods in it."))
        elif len(found) > 1:
            named = "；".join(map(str, found))
            self.add_error("goods", _("Say which of these: %(goods)s") % {"goods": named})
        else:
            self.instance.line, self.instance.order = found[0], found[0].order
            self.instance.merchant = found[0].order.merchant
        return cleaned

    def _post_clean(self):
        """The verb judges the whole row; a form could only judge half of it."""
        for name in self.Meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class ApproveForm(NoteForm):
    """How and where to the goods go back."""

    way = choice(gettext_lazy("way back"), ReturnRequest.Way.choices)
    return_to = text(gettext_lazy("where to send the goods"), required=False, rows=2, most=300)
    pickup_on = day(gettext_lazy("picked up on"))
    insured = yuan(gettext_lazy("insured for (yuan)"))


class SendForm(NoteForm):
    """Which parcel the goods travel in."""

    carrier = text(gettext_lazy("carrier"), required=False, rows=0, most=60)
    parcel = text(pgettext_lazy("return request", "tracking number"), required=False, rows=0, most=60)
    insured = yuan(gettext_lazy("insured for (yuan)"))


class ArriveForm(NoteForm):
    """In what condition the goods came."""

    condition = text(gettext_lazy("condition on arrival"))


class RefundForm(NoteForm):
    """How much goes back, by which payment."""

    amount = yuan(
        gettext_lazy("amount refunded (yuan)"), help_text=gettext_lazy("Empty for all that is due.")
    )
    reference = text(gettext_lazy("payment reference"), required=False, rows=0, most=80)


class ReplaceForm(NoteForm):
    """Which parcel the new goods travel in."""

    parcel = text(gettext_lazy("parcel with the new goods"), rows=0, most=80)


class WeighForm(forms.Form):
    """The facts about the goods and the order as they were found out, and how."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("buyer confirmed the exception at the order"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )
    intact = forms.BooleanField(
        label=gettext_lazy("complete and unharmed"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    misuse = forms.BooleanField(
        label=gettext_lazy("caused by the buyer's own use"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    same_model = forms.BooleanField(
        label=gettext_lazy("same model to be had"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    note = text(gettext_lazy("what shows it"))

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("confirmed", "intact", "misuse", "same_model"):
            self.fields[name].initial = getattr(row, name)


class EvidenceForm(forms.Form):
    """A piece of evidence of either side."""

    side = choice(gettext_lazy("given by"), ReturnEvidence.Side.choices)
    kind = choice(gettext_lazy("kind"), ReturnEvidence.Kind.choices)
    file = file_field(label=gettext_lazy("file"), required=False)
    note = text(gettext_lazy("what it shows"), required=False, rows=2, most=500)
    institute = text(gettext_lazy("testing institute"), required=False, rows=0, most=120)
    report_number = text(gettext_lazy("report number"), required=False, rows=0, most=80)


class DisputeForm(forms.Form):
    """What is disputed, by whom."""

    side = choice(pgettext_lazy("return request", "opened by"), ReturnEvidence.Side.choices)
    subject = choice(gettext_lazy("about"), ReturnDispute.Subject.choices)
    words = text(gettext_lazy("what is said"))


class JudgeForm(forms.Form):
    """On what a dispute is decided, and who sat over it."""

    basis = text(gettext_lazy("basis of the decision"))
    panel = text(
        gettext_lazy("who sat over it"),
        required=False,
        rows=0,
        most=200,
        help_text=gettext_lazy("Names of a mediation committee."),
    )
