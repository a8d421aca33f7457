"""What buyers and merchants are asked about returns and repairs; drawn for phones first."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models import Delay, Repair, RepairProvider, ReturnDispute, ReturnRequest
from mcn.evidence.models import validate_upload
from mcn.kit.identity import compact

Kind = ReturnRequest.Kind
REPAIR = "repair"


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several pictures, films excepted, each looked at as it comes."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(one, initial) for one in (data or []) if one]
        for file in files:
            validate_upload(file)
        return files


def pictures():
    return FilesField(
        label=_("pictures"),
        required=False,
        help_text=_("The goods, the label, the parcel: up to nine pictures or a PDF."),
    )


def words(label, *, required=True, rows=3, most=2_000):
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


def insured(**options):
    return forms.DecimalField(
        label=_("insured for (yuan)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=0,
        **options,
    )


class FindForm(forms.Form):
    """By what a buyer finds an order: its number and the phone it was ordered with."""

    number = forms.CharField(label=_("order number"), max_length=40)
    phone = forms.CharField(
        label=_("phone number of the order"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean_number(self):
        return compact(self.cleaned_data["number"])


class AskForm(forms.Form):
    """What a buyer wants, why, and of how many pieces."""

    kind = forms.ChoiceField(label=_("what you want"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("reason"))
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, initial=1)
    words = words(pgettext_lazy("return request", "what happened"), required=False)
    intact = forms.BooleanField(label=_("The goods are complete and unharmed."), required=False, initial=True)
    files = pictures()

    def __init__(self, *args, line, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        received = line.order.received_at is not None
        kinds = Kind.choices if line.order.shipped_at else [(Kind.REFUND, Kind.REFUND.label)]
        self.fields["kind"].choices = (
            [*kinds, (REPAIR, pgettext_lazy("return request", "repair"))] if received else kinds
        )
        self.fields["kind"].initial = kinds[min(1, len(kinds) - 1)][0]
        # Nobody's reason is chosen for them: what is owed depends on it.
        self.fields["reason"].choices = [
            ("", _("Please choose")),
            *((one.value, one.label) for one in reasons),
        ]
        if line.order.shipped_at is None:
            for name in ("intact", "files", "quantity"):
                del self.fields[name]


class SendForm(forms.Form):
    """Which parcel the goods travel in."""

    carrier = forms.CharField(label=_("carrier"), max_length=60)
    parcel = forms.CharField(label=pgettext_lazy("return request", "tracking number"), max_length=60)
    insured = insured()


class EvidenceForm(forms.Form):
    """Further pictures."""

    files = pictures()


class DisputeForm(forms.Form):
    """What is disputed."""

    subject = forms.ChoiceField(label=_("about"), choices=ReturnDispute.Subject.choices)
    words = words(_("what is said"))
    files = pictures()


class ApproveForm(forms.Form):
    """How and where to goods go back."""

    way = forms.ChoiceField(label=_("way back"), choices=ReturnRequest.Way.choices, widget=forms.RadioSelect)
    return_to = words(_("where to send the goods"), required=False, rows=2, most=300)
    pickup_on = forms.DateField(
        label=_("picked up on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    insured = insured(help_text=_("Of valuable goods that you have picked up."))


class ArriveForm(forms.Form):
    """In what condition goods came back."""

    condition = words(_("condition on arrival"))


class RefundForm(forms.Form):
    """How much goes back, by which payment."""

    amount = forms.DecimalField(
        label=_("amount refunded (yuan)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text=_("Empty: all that is due."),
    )
    reference = forms.CharField(label=_("payment reference"), required=False, max_length=80)


class ReplaceForm(forms.Form):
    """Which parcel new goods travel in."""

    parcel = forms.CharField(label=_("parcel with the new goods"), max_length=80)


class TakeInForm(forms.Form):
    """Which repairer has the goods, and what was found."""

    provider = forms.ModelChoiceField(RepairProvider.objects.none(), label=_("repairer"))
    found = words(_("fault as found"), required=False)
    misuse = forms.BooleanField(label=_("caused by the buyer's own use"), required=False)
    price = forms.DecimalField(
        label=_("price agreed (yuan)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=0,
        help_text=_("Only where the guarantee does not cover it."),
    )


class DelayForm(forms.Form):
    """Why a repair takes long."""

    cause = forms.ChoiceField(label=_("reason of the delay"), choices=Delay.choices)
    words = words(_("the delay in words"))


class FinishForm(forms.Form):
    """How a repair ended."""

    outcome = forms.ChoiceField(label=_("outcome"), choices=Repair.Outcome.choices)
    work_done = words(_("work done, parts changed"))
