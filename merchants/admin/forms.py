"""What the verbs of merchants ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
)

from mcn.evidence.forms import file_field
from merchants import forms as shared
from merchants.actions.verification import Answer
from merchants.models import MerchantVerification

Item = MerchantVerification.Item
Outcome = MerchantVerification.Outcome


class CredentialForm(shared.CredentialForm):
    """A paper with its file, and the merchant it belongs to."""

    file = file_field(label=_("new file"), required=False)

    class Meta(shared.CredentialForm.Meta):
        fields = ["merchant", *shared.CredentialForm.Meta.fields]


class VerifyForm(forms.Form):
    """The five items in one form: those without an outcome were not looked at."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields |= _item_fields(item)

    def rows(self):
        """Each item with its bound fields, for the table."""
        parts = ("outcome", "method", "note", "file")
        return [(item, [self[f"{item}_{part}"] for part in parts]) for item in Item]

    def clean(self):
        answers = []
        for item in Item:
            given = {
                part: self.cleaned_data.get(f"{item}_{part}")
                for part in ("outcome", "method", "note", "file")
            }
            if not given["outcome"]:
                continue
            if not given["note"] and (given["outcome"] == Outcome.BAD or not given["file"]):
                self.add_error(f"{item}_note", _("Say what was looked at, or what is to be mended."))
            answers.append(Answer(item, **given))
        if not answers:
            raise forms.ValidationError(_("Answer at least one item."))
        return {"answers": answers}


def _item_fields(item):
    outcomes = [
        choice for choice in Outcome.choices if item == Item.PERMITS or choice[0] != Outcome.NOT_APPLICABLE
    ]
    methods = MerchantVerification.Method
    return {
        f"{item}_outcome": forms.ChoiceField(
            label=_("outcome"),
            choices=[("", _("not looked at")), *outcomes],
            required=False,
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_method": forms.ChoiceField(
            label=_("method"),
            choices=[choice for choice in methods.choices if choice[0] != methods.SAMPLE],
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_note": forms.CharField(label=_("note"), required=False, widget=UnfoldAdminTextInputWidget),
        f"{item}_file": file_field(label=_("evidence"), required=False),
    }


class SignForm(forms.Form):
    """The signed agreement."""

    file = file_field(label=_("signed file"))
    signed_on = forms.DateField(label=_("signed on"), widget=UnfoldAdminSingleDateWidget)
