"""What the verbs of training ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from mcn.evidence.forms import file_field
from mcn.kit.admin import NoteForm, ReasonForm
from mcn.kit.forms import RecordForm
from streamers.forms.training import OptionsField, QuestionForm
from streamers.models import Attendance, Material, TrainingRecord

Present = Attendance.State


class MaterialForm(RecordForm):
    """A version of a course's material with its file."""

    file = file_field(label=_("new file"), required=False)

    class Meta:
        model = Material
        fields = ["course", "changes", "text"]


class QuestionAdminForm(QuestionForm):
    """A question with the admin's inputs."""

    options = OptionsField(
        label=_("answers"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=_("One a line; begin the right ones with *."),
    )

    class Meta(QuestionForm.Meta):
        formfield_callback = None


class EnrolForm(NoteForm):
    """Who is put on a session's list."""

    who = forms.CharField(
        label=_("who"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=_("Streamer codes, usernames, or service people's phones, parted by spaces or lines."),
    )
    everybody_owing = forms.BooleanField(
        label=_("everybody who owes this course"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    field_order = ["everybody_owing", "who", "note"]


class MarkForm(forms.Form):
    """The session's list with a tick for each who came; who loses their tick did not come."""

    came = forms.MultipleChoiceField(
        label=_("Tick who came"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        people = ("trainee__streamer", "trainee__user", "trainee__contact__merchant")
        self.rows = {str(line.pk): line for line in row.attendances.select_related(*people)}
        self.fields["came"].choices = [(pk, str(line.trainee)) for pk, line in self.rows.items()]
        self.initial["came"] = [pk for pk, line in self.rows.items() if line.state == Present.PRESENT]

    def clean(self):
        came = set(self.cleaned_data.get("came", []))
        lost = [line for pk, line in self.rows.items() if pk not in came and line.state == Present.PRESENT]
        return {"present": [line for pk, line in self.rows.items() if pk in came], "absent": lost}


class CloseForm(NoteForm):
    """The signed list of who came, where there is one on paper."""

    file = file_field(label=_("signed list"), required=False)
    field_order = ["file", "note"]


class RecordEntryForm(RecordForm):
    """A line of the log with the file that proves it."""

    file = file_field(label=_("evidence"), required=False)

    class Meta:
        model = TrainingRecord
        fields = ["trainee", "course", "trained_on", "hours", "score", "result", "valid_to", "note"]


class CorrectForm(ReasonForm):
    """What a line of the log should have said."""

    trained_on = forms.DateField(label=_("trained on"), widget=UnfoldAdminSingleDateWidget)
    hours = forms.DecimalField(
        label=_("hours"), min_value=0, max_digits=5, decimal_places=1, widget=UnfoldAdminTextInputWidget
    )
    score = forms.DecimalField(
        label=_("score"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=UnfoldAdminTextInputWidget,
    )
    result = forms.ChoiceField(
        label=_("result"), choices=TrainingRecord.Result, widget=UnfoldAdminSelectWidget
    )
    file = file_field(label=_("evidence"), required=False)
    field_order = ["trained_on", "hours", "score", "result", "file", "note"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        for name in ("trained_on", "hours", "score", "result"):
            self.initial.setdefault(name, getattr(row, name))

    def clean(self):
        given = self.cleaned_data
        kept = [name for name in ("trained_on", "hours", "score", "result") if name in given]
        same = {name for name in kept if given[name] == getattr(self.row, name)}
        return {name: value for name, value in given.items() if name not in same}
