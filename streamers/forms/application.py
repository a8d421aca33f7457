"""What an applicant types, step by step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield
from streamers.models import IdentityPaper, PlatformAccount, Streamer


class IdentityForm(RecordForm):
    """Who one is, and where one can be reached."""

    class Meta:
        model = Streamer
        fields = ["stage_name", "name", "document_type", "id_number", "phone", "address"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hints = {
            "name": {"autocomplete": "name"},
            "id_number": {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
            "phone": {"autocomplete": "tel", "inputmode": "tel"},
            "address": {"autocomplete": "street-address"},
        }
        for name, attrs in hints.items():
            self.fields[name].widget.attrs |= attrs
        self.fields["name"].help_text = _("As it stands on the document.")
        self.fields["address"].help_text = _("Where you live now, with the house number.")


class ExperienceForm(RecordForm):
    """What one has done before, and to whom one belongs."""

    class Meta:
        model = Streamer
        fields = ["experience", "organisation", "organisation_uscc"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.engagement == Streamer.Engagement.SIGNED:
            del self.fields["organisation"], self.fields["organisation_uscc"]


class AccountForm(RecordForm):
    """One account on a platform."""

    class Meta:
        model = PlatformAccount
        fields = ["platform", "account", "followers"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = self.fields["platform"].queryset.filter(ended_on=None)


class PapersForm(forms.Form):
    """The pictures that show who one is; each may be sent on its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in IdentityPaper.Kind:
            self.fields[kind.value] = forms.FileField(
                label=kind.label,
                required=False,
                validators=[validate_upload],
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
            )

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose at least one picture."))
        return self.cleaned_data
