"""What the verbs of streamers ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from mcn.evidence.forms import file_field
from mcn.kit import clock
from streamers.actions.verification import Answer, has_paper, lack
from streamers.models import StreamerVerification
from streamers.rules.verification import SPOKEN_TO, needed_items

Item = StreamerVerification.Item
Method = StreamerVerification.Method
Outcome = StreamerVerification.Outcome
PARTS = ("outcome", "method", "note", "file")
# An account or a post may not be there; a person always is.
MAY_BE_ABSENT = [Item.ACCOUNTS, Item.POST]


class VerifyForm(forms.Form):
    """The items of a streamer in one form: those without an outcome were not looked at."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.on_file = needed_items(row, clock.today()), has_paper(row)
        for item in self.items:
            self.fields |= _item_fields(item)

    def rows(self):
        """Each item with its bound fields, for the table."""
        return [(item, [self[f"{item}_{part}"] for part in PARTS]) for item in self.items]

    def clean(self):
        answers = []
        for item in self.items:
            given = {part: self.cleaned_data.get(f"{item}_{part}") for part in PARTS}
            if not given["outcome"]:
                continue
            answer = Answer(item, **given)
            if said := lack(answer, on_file=self.on_file):
                lacks_paper = item == Item.IDENTITY and answer.note and answer.outcome == Outcome.GOOD
                part = "file" if lacks_paper else "note"
                self.add_error(f"{item}_{part}", said)
            answers.append(answer)
        if not answers:
            raise forms.ValidationError(_("Answer at least one item."))
        return {"answers": answers}


def _item_fields(item):
    outcomes = [
        choice for choice in Outcome.choices if item in MAY_BE_ABSENT or choice[0] != Outcome.NOT_APPLICABLE
    ]
    return {
        f"{item}_outcome": forms.ChoiceField(
            label=_("outcome"),
            choices=[("", _("not looked at")), *outcomes],
            required=False,
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_method": forms.ChoiceField(
            label=_("method"),
            choices=[choice for choice in Method.choices if item != Item.GUARDIAN or choice[0] in SPOKEN_TO],
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_note": forms.CharField(label=_("note"), required=False, widget=UnfoldAdminTextInputWidget),
        f"{item}_file": file_field(label=_("evidence"), required=False),
    }
