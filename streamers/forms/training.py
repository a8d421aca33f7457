"""Shapes of training's rows that doors share."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.forms import RecordForm, formfield
from streamers.models import Question

RIGHT = ("*", "＊")


class OptionsField(forms.CharField):
    """The answers of a question as lines of text; a right one begins with a star."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value):
        if isinstance(value, list):
            return "\n".join(("* " if option["right"] else "") + option["text"] for option in value)
        return value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return [{"text": line.lstrip("*＊ "), "right": line.startswith(RIGHT)} for line in lines]

    def has_changed(self, initial, data):
        return True


class QuestionForm(RecordForm):
    """A question as a trainer writes it."""

    options = OptionsField(
        label=gettext_lazy("answers"),
        help_text=gettext_lazy("One a line; begin the right ones with *."),
    )

    class Meta:
        model = Question
        fields = ["course", "kind", "text", "options", "explanation", "clause"]
        formfield_callback = formfield


class ExamForm(forms.Form):
    """An exam as it was drawn: each question a field, what was chosen stays when something is missing."""

    def __init__(self, attempt, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place, question in enumerate(attempt.questions):
            several = question["kind"] == Question.Kind.MULTIPLE
            field = forms.TypedMultipleChoiceField if several else forms.TypedChoiceField
            self.fields[f"q{place}"] = field(
                label=f"{place + 1}. {question['text']}",
                help_text=_("Several answers are right.") if several else "",
                choices=[(number, option["text"]) for number, option in enumerate(question["options"])],
                widget=forms.CheckboxSelectMultiple if several else forms.RadioSelect,
                coerce=int,
                required=False,
            )

    def answers(self):
        """The chosen answers' places by the question's place."""
        chosen = {int(name[1:]): value for name, value in self.cleaned_data.items()}
        return {
            place: value if isinstance(value, list) else [value]
            for place, value in chosen.items()
            if value not in ("", [], None)
        }
