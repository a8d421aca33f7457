"""What a merchant answers a consumer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """The answer to a review, and the cause of a negative one."""

    answer = forms.CharField(
        label=_("answer"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The consumer reads it."),
    )
    cause = forms.CharField(
        label=_("cause found"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For us; needed for a negative review."),
    )
