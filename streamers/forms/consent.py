"""What is typed about a guardian, and by one."""

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield
from streamers.models import Consent, Streamer

DRAWN = "data:image/png;base64,"


class GuardianForm(RecordForm):
    """Whom the applicant names as guardian."""

    class Meta:
        model = Consent
        fields = ["guardian_name", "relation", "guardian_phone"]
        formfield_callback = formfield


class DrawingField(forms.CharField):
    """A picture drawn on the page, as its script sends it: the bytes of a PNG."""

    widget = forms.HiddenInput

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return b""
        try:
            if not text.startswith(DRAWN):
                raise binascii.Error
            return base64.b64decode(text.removeprefix(DRAWN), validate=True)
        except binascii.Error:
            raise forms.ValidationError(_("The signature did not arrive whole: sign again.")) from None


class SignForm(forms.Form):
    """A guardian's name, number and signature under the words that they read."""

    name = forms.CharField(
        label=_("your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    document_type = forms.ChoiceField(label=_("identity document"), choices=Streamer.DocumentType.choices)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    signature = DrawingField(required=False)
    paper = forms.FileField(
        label=_("photo or scan of the signed paper"),
        required=False,
        validators=[validate_upload],
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    text_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the text and I am the legal guardian."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("As the person who named you has written it.")
