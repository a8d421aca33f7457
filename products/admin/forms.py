"""What the verbs of products and their parts ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.forms import RecordForm
from products.actions.verification import Answer
from products.models import Product, ProductCredential, ProductVerification
from products.rules.changes import changes_since
from products.rules.facts import is_told, words
from products.rules.status import statuses
from products.rules.submission import for_submission

Outcome = ProductVerification.Outcome


class CredentialForm(RecordForm):
    """A paper with its file."""

    file = file_field(
        label=_("file"),
        help_text=_("A PDF or a picture; an earlier file stays as a revision."),
        required=False,
    )

    class Meta:
        model = ProductCredential
        fields = ["product", "kind", "number", "issuer", "valid_from", "valid_to", "long_term"]

    def clean(self):
        if not self.instance.pk and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Attach the paper itself: a scan or a photo."))
        return super().clean()


class PaperForm(forms.ModelForm):
    """A new paper of a product, with its file."""

    file = file_field(label=_("file"), help_text=_("A PDF or a picture."))

    class Meta:
        model = ProductCredential
        fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term"]
        widgets = {
            "kind": UnfoldAdminSelectWidget,
            "number": UnfoldAdminTextInputWidget,
            "issuer": UnfoldAdminTextInputWidget,
            "valid_from": UnfoldAdminSingleDateWidget,
            "valid_to": UnfoldAdminSingleDateWidget,
            "long_term": UnfoldBooleanSwitchWidget,
        }


class PictureForm(forms.Form):
    """The product's picture."""

    file = file_field(label=_("picture"))


class TrialForm(forms.Form):
    """How a sample was tried."""

    tried_by = forms.CharField(label=_("tried by"), max_length=60, widget=UnfoldAdminTextInputWidget)
    tried_on = forms.DateField(
        label=_("tried on"),
        required=False,
        help_text=_("Empty for today."),
        widget=UnfoldAdminSingleDateWidget,
    )
    impression = forms.CharField(label=_("impression"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}))
    same_as_sold = forms.TypedChoiceField(
        label=_("same as the goods sold"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda answer: answer == "yes",
        widget=UnfoldAdminRadioSelectWidget,
    )


class VerifyForm(forms.Form):
    """All items of a product in one form: what the merchant says, what changed, what the reviewer answers."""

    rest_good = forms.BooleanField(
        label=_("Find all other items good that the merchant has told"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.product = for_submission(Product.objects.filter(pk=row.pk)).get()
        self.statuses = statuses(self.product, clock.today())
        self.changes = changes_since(self.product, self.statuses)
        for status in self.statuses:
            self.fields |= _item_fields(status.item)

    def rows(self):
        """Each item with its words, what changed, and its bound fields, for the table."""
        return [
            {
                "status": status,
                "words": [(label, text) for label, text in words(self.product, status.item) if text],
                "changes": self.changes.get(status.item, []),
                "cells": [
                    [self[f"{status.item}_{part}"] for part in parts]
                    for parts in (("outcome", "method"), ("note", "file"))
                ],
            }
            for status in self.statuses
        ]

    def clean(self):
        answers = [answer for status in self.statuses if (answer := self._answer(status.item))]
        if not answers and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."))
        return {"answers": answers}

    def _answer(self, item):
        given = {
            part: self.cleaned_data.get(f"{item}_{part}") for part in ("outcome", "method", "note", "file")
        }
        told = is_told(self.product, item)
        if not given["outcome"] and self.cleaned_data.get("rest_good") and told:
            given["outcome"] = Outcome.GOOD
        if given["outcome"] == Outcome.GOOD and not told:
            self.add_error(
                f"{item}_outcome", _("The merchant has said nothing about it, so it cannot be good.")
            )
        if given["outcome"] == Outcome.BAD and not given["note"]:
            self.add_error(f"{item}_note", _("Say what is not good, so that the merchant can mend it."))
        return Answer(item, **given) if given["outcome"] else None


def _item_fields(item):
    methods = ProductVerification.Method
    return {
        f"{item}_outcome": forms.ChoiceField(
            label=_("outcome"),
            choices=[("", "—"), *Outcome.choices],
            required=False,
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_method": forms.ChoiceField(
            label=_("method"),
            choices=[choice for choice in methods.choices if choice[0] not in (methods.VISIT, methods.CALL)],
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_note": forms.CharField(label=_("note"), required=False, widget=UnfoldAdminTextInputWidget),
        f"{item}_file": file_field(label=_("evidence"), required=False),
    }
