"""What a merchant's people say of an order: which carrier took it, and that a parcel was received."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShipForm(forms.Form):
    """The carrier and the number of a parcel that goes now."""

    carrier = forms.CharField(label=_("carrier"), max_length=60)
    number = forms.CharField(label=_("waybill number"), max_length=60)


class ProofForm(forms.Form):
    """The signed slip or a photograph, and whether the buyer opened the parcel."""

    file = forms.FileField(label=_("proof of receipt"), help_text=_("A photograph or a PDF."))
    inspected = forms.BooleanField(label=_("opened and looked at on receipt"), required=False)
