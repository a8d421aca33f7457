"""What the verbs of talk in public, reviews and improvement ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminSelect2Widget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from aftersales.models import OpinionCase, OpinionStep, Sentiment
from aftersales.rules.emergency_plan import in_force
from mcn.accounts.models import User
from mcn.evidence.forms import file_field
from mcn.kit.admin import NoteForm, ReasonForm


def words(label, *, rows=4, most=5_000, **options):
    """A field for some sentences."""
    widget = UnfoldAdminTextareaWidget(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


def staff_field(label, **options):
    """A field for one of the staff."""
    people = User.objects.filter(is_staff=True, is_active=True).order_by("name", "username")
    return forms.ModelChoiceField(people, label=label, widget=UnfoldAdminSelect2Widget, **options)


class JudgeForm(NoteForm):
    """How a mention really sounds."""

    sentiment = forms.ChoiceField(
        label=_("how it sounds"), choices=Sentiment.choices, widget=UnfoldAdminSelectWidget
    )
    field_order = ["sentiment", "note"]


class FollowForm(NoteForm):
    """The case that a mention belongs to."""

    case = forms.ModelChoiceField(
        OpinionCase.objects.filter(state__in=OpinionCase.RUNNING).order_by("-id"),
        label=_("opinion case"),
        widget=UnfoldAdminSelect2Widget,
    )
    field_order = ["case", "note"]


class TakeForm(NoteForm):
    """What the case of an alert is called, what it is about, and whose it is."""

    title = forms.CharField(label=_("title"), max_length=120, widget=UnfoldAdminTextInputWidget)
    summary = words(_("what it is about"))
    owner = staff_field(_("owner"))
    field_order = ["title", "summary", "owner", "note"]


class OwnerForm(NoteForm):
    """Whose a case is from now on."""

    owner = staff_field(_("owner"))
    field_order = ["owner", "note"]


class StepForm(forms.Form):
    """What was done or found in a case, with a file that shows it."""

    kind = forms.ChoiceField(
        label=_("kind"),
        choices=[(kind.value, kind.label) for kind in OpinionStep.TYPED],
        widget=UnfoldAdminSelectWidget,
    )
    text = words(_("what was done or found"))
    file = file_field(label=_("file"), required=False)


class EscalateForm(ReasonForm):
    """Who leads the emergency plan, and what is done at once."""

    plan = forms.ModelChoiceField(
        in_force(),
        label=_("emergency plan"),
        required=False,
        empty_label=_("the one for talk in public"),
        widget=UnfoldAdminSelect2Widget,
    )
    owner = staff_field(_("who leads"))
    field_order = ["plan", "owner", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("what is done at once")


class PublicAnswerForm(forms.Form):
    """What was answered in public, and where it stands."""

    text = words(_("answer in public"), help_text=_("The words, and where they stand."))
    file = file_field(label=_("file"), required=False)


class ConclusionForm(forms.Form):
    """What came of a case."""

    conclusion = words(_("what came of it"))


class ReviewAnswerForm(forms.Form):
    """The answer to a review, and the cause of a negative one."""

    answer = words(_("answer"), most=2_000, help_text=_("The consumer reads it."))
    cause = words(
        _("cause found"), most=2_000, required=False, help_text=_("For us; needed for a negative review.")
    )


class FindingsForm(forms.Form):
    """What a survey found, and what is done about it."""

    findings = words(_("what was found"))
    measures = words(_("what is done about it"))


class InviteForm(forms.Form):
    """After which complaint, return or order the consumer is asked."""

    label = forms.CharField(label=_("after what"), max_length=120, widget=UnfoldAdminTextInputWidget)


class RootCauseForm(forms.Form):
    """The root cause, as the whys or the fishbone showed it."""

    root_cause = words(_("root cause"), most=2_000)


class EffectForm(forms.Form):
    """What effect was found."""

    effect = words(_("effect"), most=2_000, help_text=_("With the figure that shows it."))


class DoneForm(forms.Form):
    """What was done, with a file that shows it."""

    result = words(_("what was done"), most=2_000)
    file = file_field(label=_("file"), required=False)


class ResultForm(forms.Form):
    """What came of a pilot."""

    result = words(pgettext_lazy("pilot", "what came of the pilot"), most=2_000)
