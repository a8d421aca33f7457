"""What the verbs of complaints ask for in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from aftersales.actions.complaint_talk import STEPS
from aftersales.models import Complaint, Nature
from aftersales.rules.complaint_links import likely_duplicates
from mcn.accounts.models import User
from mcn.evidence.forms import file_field
from mcn.kit.admin import NoteForm, ReasonForm, RecordForm

WAYS = [
    ("phone", pgettext_lazy("channel", "phone")),
    ("sms", _("text message")),
    ("platform", _("message on the platform")),
    ("email", pgettext_lazy("channel", "e-mail")),
    ("letter", _("letter")),
]


def words(label, rows=3, **options):
    """A field for a paragraph."""
    return forms.CharField(
        label=label, max_length=4_000, widget=UnfoldAdminTextareaWidget(attrs={"rows": rows}), **options
    )


class ComplaintForm(RecordForm):
    """A complaint as staff take it down, with the first piece of evidence."""

    file = file_field(label=_("evidence"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "nature" in self.fields and not self.instance.pk:
            # The admin gives no empty option: the first, which weighs most, would be stored unseen.
            self.fields["nature"].choices = [("", _("choose")), *Nature.choices]
            self.initial["nature"] = ""


class AskForm(ReasonForm):
    """What is asked, in the words that the other side reads."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("what you ask")


class AssignForm(NoteForm):
    """To whom a complaint is given."""

    agent = forms.ModelChoiceField(
        label=_("agent"), queryset=User.objects.none(), widget=UnfoldAdminSelectWidget
    )
    field_order = ["agent", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_staff=True, groups__name="after_sales")
        self.fields["agent"].queryset = people.distinct().order_by("username")


class RedirectForm(ReasonForm):
    """To whom a complaint is handed on, and why."""

    to = forms.CharField(label=_("handed on to"), max_length=120, widget=UnfoldAdminTextInputWidget)
    field_order = ["to", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("what the consumer is told")


class FollowForm(ReasonForm):
    """What became of what was handed on."""

    file = file_field(label=_("evidence"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("what became of it")


class StepForm(forms.Form):
    """A step that was taken, what came of it, and a file."""

    kind = forms.ChoiceField(
        label=_("step"),
        choices=[(kind.value, kind.label) for kind in STEPS],
        widget=UnfoldAdminSelectWidget,
        help_text=_(
            "Serious cases need three: consumer contacted, facts verified, solution agreed with the merchant."
        ),
    )
    mediator = forms.CharField(
        label=_("mediator from outside"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Of a mediation: the body or expert; empty where one of us, trained in law, led it."),
    )
    note = words(_("what was done, with whom, what came of it"), 4)
    file = file_field(label=_("evidence"), required=False)


class ToldForm(forms.Form):
    """What somebody outside said to us, in their words."""

    text = words(_("what they said"), 4)
    file = file_field(label=_("evidence"), required=False)


class ResolveForm(forms.Form):
    """How a complaint ends, with the three parts of the answer."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("complaint", "outcome"),
        choices=Complaint.Outcome.choices,
        widget=UnfoldAdminSelectWidget,
    )
    conclusion = words(_("conclusion"))
    basis = words(_("basis"), help_text=_("Evidence, law, service plan or promise on which it rests."))
    next_step = words(_("next step"), help_text=_("Who does what by when."))
    paid = forms.DecimalField(
        label=_("amount granted"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
    )


class AnswerForm(NoteForm):
    """By which ways the consumer was told; their page shows it in any case."""

    ways = forms.MultipleChoiceField(
        label=_("told by"), choices=WAYS, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    field_order = ["ways", "note"]


class CallBackForm(NoteForm):
    """How content the consumer is."""

    satisfaction = forms.TypedChoiceField(
        label=_("satisfaction (1 to 5)"),
        coerce=int,
        choices=[(number, str(number)) for number in range(5, 0, -1)],
        widget=UnfoldAdminRadioSelectWidget,
    )
    field_order = ["satisfaction", "note"]


class MergeForm(NoteForm):
    """Into which complaint it is merged: the likely ones are offered first."""

    into = forms.ModelChoiceField(
        label=_("merged into"), queryset=Complaint.objects.none(), widget=UnfoldAdminSelectWidget
    )
    field_order = ["into", "note"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        likely = [one.pk for one in likely_duplicates(row)]
        of_merchant = Complaint.objects.open().filter(merchant=row.merchant_id).exclude(pk=row.pk)
        ids = likely or list(of_merchant.order_by("-pk").values_list("pk", flat=True)[:50])
        self.fields["into"].queryset = Complaint.objects.filter(pk__in=ids)
