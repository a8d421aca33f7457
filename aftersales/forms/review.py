"""What consumers fill in without an account: a review, a survey."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.actions.survey import YES_NO
from aftersales.models import Review, SurveyQuestion
from mcn.kit.forms import RecordForm

Kind = SurveyQuestion.Kind
STARS = [(number, "★" * number) for number in range(1, 6)]


class Stars(forms.RadioSelect):
    """One to five stars to tap."""

    template_name = "aftersales/portal/stars.html"


def stars_field(label, *, required=True):
    """A field for one to five stars."""
    return forms.TypedChoiceField(
        label=label, choices=STARS, coerce=int, empty_value=None, widget=Stars, required=required
    )


class ReviewForm(RecordForm):
    """Stars for what the kind of service is reviewed by, words and a name if wished."""

    class Meta:
        model = Review
        fields = ["text", "author"]

    def __init__(self, *args, dimensions, **kwargs):
        super().__init__(*args, **kwargs)
        self.dimensions = {f"dimension_{row.pk}": row for row in dimensions}
        for name, row in self.dimensions.items():
            self.fields[name] = stars_field(row.question)
        self.order_fields([*self.dimensions, "text", "author"])
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 4, "maxlength": 2_000})
        self.fields["text"].label = _("What else you want to say")
        self.fields["text"].help_text = _("Leave out phone numbers and addresses.")
        self.fields["author"].label = _("Your name")
        self.fields["author"].help_text = _("Leave it empty to stay anonymous.")
        self.fields["author"].required = False

    def stars(self):
        """The stars given, by dimension."""
        return {row: self.cleaned_data[name] for name, row in self.dimensions.items()}


class SurveyForm(forms.Form):
    """The questions of a survey, one field each."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {f"question_{row.pk}": row for row in questions}
        for name, row in self.questions.items():
            self.fields[name] = _field(row)

    def said(self):
        """What was answered, by question; an empty answer is none."""
        return {row: self.cleaned_data[name] for name, row in self.questions.items()}


def _field(question):
    told = {"label": question.text, "required": question.required}
    if question.kind == Kind.STARS:
        return stars_field(question.text, required=question.required)
    if question.kind == Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1_000})
        return forms.CharField(max_length=1_000, widget=widget, **told)
    labels = [pgettext_lazy("survey", "yes"), pgettext_lazy("survey", "no")]
    options = (
        list(zip(YES_NO, labels, strict=True))
        if question.kind == Kind.YES_NO
        else [(option, option) for option in question.choices]
    )
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **told)
