"""A qualification as people write it down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield
from streamers.models import Qualification


class QualificationForm(RecordForm):
    """A licence to practise with its file; an earlier file stays as a revision."""

    file = forms.FileField(
        label=_("file"),
        required=False,
        validators=[validate_upload],
        help_text=_("A PDF, or a photo taken with your phone."),
    )

    class Meta:
        model = Qualification
        fields = ["field", "name", "number", "issuer", "valid_from", "valid_to", "long_term"]
        formfield_callback = formfield

    def clean(self):
        if not self.instance.pk and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Attach the paper itself: a scan or a photo."))
        return super().clean()
