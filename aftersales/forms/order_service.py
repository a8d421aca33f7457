"""What a buyer fills in about an order: who it is, an invoice, a broken promise; and what a merchant does."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models import Invoice, ServicePromise
from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield


class OrderForm(forms.Form):
    """By what a buyer is known."""

    number = forms.CharField(label=_("order number"), max_length=40)
    phone = forms.CharField(
        label=_("phone given with the order"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class InvoiceForm(RecordForm):
    """Whom the invoice is made out to."""

    class Meta:
        model = Invoice
        fields = ["kind", "buyer", "title", "tax_number", "email", "further"]
        formfield_callback = formfield


class BreachForm(forms.Form):
    """What was promised and did not come."""

    promise = forms.ModelChoiceField(
        label=_("which promise was broken"), queryset=ServicePromise.objects.none(), empty_label=None
    )
    text = forms.CharField(
        label=pgettext_lazy("breach", "what happened"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, promises, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["promise"].queryset = ServicePromise.objects.filter(
            pk__in=[promise.pk for promise in promises]
        ).select_related("kind", "merchant")
        self.fields["promise"].label_from_instance = lambda promise: promise.kind.name


class PromiseForm(RecordForm):
    """What a merchant promises."""

    class Meta:
        model = ServicePromise
        fields = ["kind", "product", *ServicePromise.CONTENT]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        promise = self.instance
        self.fields["product"].queryset = promise.merchant.products.order_by("code")
        self.fields["product"].empty_label = _("all goods")
        self.fields["kind"].queryset = self.fields["kind"].queryset.filter(ended_on=None)
        if promise.pk:
            del self.fields["kind"], self.fields["product"]


class IssueForm(forms.Form):
    """The invoice as the tax office's platform gave it."""

    number = forms.CharField(label=_("invoice number"), max_length=40)
    issued_on = forms.DateField(label=_("issued on"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=_("file"), validators=[validate_upload])


class RedForm(forms.Form):
    """The red letter, and what of the order stays invoiced."""

    number = forms.CharField(label=_("number of the red letter"), max_length=40)
    reason = forms.CharField(label=_("why it was red-lettered"), max_length=200)
    keep = forms.DecimalField(
        label=_("amount that stays (yuan)"),
        required=False,
        min_value=0,
        decimal_places=2,
        help_text=_("Where only a part came back: what stays is invoiced anew. Empty for all."),
    )


class ReferenceForm(forms.Form):
    """By which payment or parcel it was settled."""

    reference = forms.CharField(label=_("payment reference"), max_length=100)


class InquiryAnswerForm(forms.Form):
    """The answer to a buyer."""

    answer = forms.CharField(label=_("answer"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 6}))
