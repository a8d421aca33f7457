"""What the admin asks for about evidence and holds, whatever they are about."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextareaWidget

from mcn.evidence.models import validate_upload


def file_field(**options):
    """A field for a piece of evidence."""
    return forms.FileField(validators=[validate_upload], widget=UnfoldAdminFileFieldWidget, **options)


class BlacklistForm(forms.Form):
    """Why something is blacklisted."""

    reason = forms.CharField(label=_("reason"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))
    file = file_field(label=_("evidence"), required=False)


class HoldForm(BlacklistForm):
    """Why something is stopped, and for how long."""

    valid_from = forms.DateField(
        label=_("valid from"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("Empty for today."),
    )
    valid_to = forms.DateField(
        label=_("valid to"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("Inclusive; empty until lifted."),
    )


class AppealForm(forms.Form):
    """What is said against a hold."""

    appeal = forms.CharField(label=_("appeal"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}))
