"""What people fill in about notices, whichever door they stand at."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.forms import RecordForm
from mcn.notices.kinds import choices
from mcn.notices.models import Endpoint, Preference


class EndpointForm(RecordForm):
    """The address, and of what it hears."""

    kinds = forms.MultipleChoiceField(
        label=_("kinds of notices"),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all of them."),
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "kinds"]


class PreferenceForm(RecordForm):
    """How a person wishes to be told."""

    muted = forms.MultipleChoiceField(
        label=_("no letters about"),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They stay in the inbox. Urgent ones come in any case."),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("hour of the daily letter"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    class Meta:
        model = Preference
        fields = ["letters", "digest_hour", "quiet_from", "quiet_to", "muted"]
        widgets = {
            "letters": forms.RadioSelect,
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_to": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }


UNREAD, ALL = "unread", "all"
SHOWN = [(ALL, pgettext_lazy("notices", "all")), (UNREAD, pgettext_lazy("notices", "unread"))]
