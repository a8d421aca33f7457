"""Shapes of merchants' rows that doors share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield
from merchants.models import Application, Contact, CredentialKind, Invitation, Merchant, MerchantCredential


class MerchantForm(RecordForm):
    """Who a merchant is, and where it can be reached."""

    class Meta:
        model = Merchant
        fields = [
            "kind",
            "name",
            "short_name",
            "uscc",
            "id_number",
            "legal_representative",
            "phone",
            "region",
            "address",
        ]
        formfield_callback = formfield


class IdentityForm(RecordForm):
    """The least that makes a merchant: what it is called and its number."""

    class Meta:
        model = Merchant
        fields = ["kind", "name", "short_name", "uscc", "id_number"]
        formfield_callback = formfield


class ContactForm(RecordForm):
    """A person to call."""

    class Meta:
        model = Contact
        fields = ["duty", "name", "position", "phone", "email"]
        formfield_callback = formfield


class CredentialForm(RecordForm):
    """A paper with its file; an earlier file stays as a revision."""

    file = forms.FileField(label=_("file"), required=False, validators=[validate_upload])

    class Meta:
        model = MerchantCredential
        fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("A PDF, or a photo taken with your phone.")
        if "kind" in self.fields:
            self.fields["kind"].queryset = CredentialKind.objects.filter(
                holder=CredentialKind.Holder.MERCHANT
            )

    def clean(self):
        if not self.instance.pk and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Attach the paper itself: a scan or a photo."))
        return super().clean()


class InvitationForm(RecordForm):
    """Whom a link is for, and what they will be."""

    class Meta:
        model = Invitation
        fields = ["name", "role"]
        formfield_callback = formfield


class ApplicationForm(forms.ModelForm):
    """What a stranger tells of a firm that wants to work with the agency."""

    class Meta:
        model = Application
        fields = ["name", "uscc", "category", "contact_name", "phone", "message"]
        formfield_callback = formfield
