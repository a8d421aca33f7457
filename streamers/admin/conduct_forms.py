"""What the verbs of violations and tiers ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from mcn.evidence.forms import file_field
from mcn.kit.admin import NoteForm, ReasonForm, RecordForm
from streamers.actions.violation import TARIFF
from streamers.models import Severity, Violation, ViolationAction


class ViolationForm(RecordForm):
    """A report with its first piece of evidence; what the tariff says may be left empty."""

    file = file_field(label=_("evidence"), required=False)

    class Meta:
        model = Violation
        fields = [
            "streamer",
            "code",
            "happened_at",
            "place",
            "recording_second",
            "description",
            *TARIFF,
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in TARIFF:
            if name in self.fields and not self.instance.pk:
                self.fields[name].required = False
                self.fields[name].help_text = _("Empty for what the tariff says.")
        for name, kinds in [("severity", Severity), ("action", ViolationAction)]:
            if name in self.fields and not self.instance.pk:
                # The admin gives these no empty option: the first, the mildest, would be stored unseen.
                self.fields[name].choices = [("", _("by the tariff")), *kinds.choices]
                self.initial[name] = ""


class ConfirmForm(NoteForm):
    """How the violation weighs: as reported, or otherwise with the reason."""

    severity = forms.ChoiceField(
        label=_("severity"), choices=Severity.choices, widget=UnfoldAdminSelectWidget
    )
    points = forms.IntegerField(
        label=_("points"), min_value=0, max_value=100, widget=UnfoldAdminIntegerFieldWidget
    )
    action = forms.ChoiceField(
        label=_("measure"), choices=ViolationAction.choices, widget=UnfoldAdminSelectWidget
    )
    field_order = ["severity", "points", "action", "note"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        for name in TARIFF:
            self.initial[name] = getattr(row, name)
        self.fields["note"].help_text = _("Needed where it weighs otherwise than reported.")


class ProofForm(forms.Form):
    """One more piece of evidence."""

    file = file_field(label=_("evidence"))


class ViolationAppealForm(ReasonForm):
    """What the streamer says against a violation, with a file, and how they asked for the appeal."""

    appeal = forms.CharField(label=_("appeal"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}))
    file = file_field(label=_("evidence"), required=False)
    field_order = ["appeal", "file", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("Say how and when the streamer asked for this appeal.")


class AdjustForm(ReasonForm):
    """Another tier of the same rule set, and why."""

    grade = forms.ChoiceField(label=_("tier"), widget=UnfoldAdminSelectWidget)
    field_order = ["grade", "note"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        grades = [line.grade for line in row.rule_set.grades.all() if line.grade]
        self.fields["grade"].choices = [(grade, grade) for grade in grades if grade != row.grade_in_question]


class CopyForm(forms.Form):
    """The name of the new draft, and the day from which it is to take effect."""

    name = forms.CharField(label=_("name"), max_length=60, widget=UnfoldAdminTextInputWidget)
    valid_from = forms.DateField(label=_("with effect from"), widget=UnfoldAdminSingleDateWidget)
