"""A streamer's answers about a product, as a phone and the back office ask for them."""

from django import forms
from django.utils.translation import gettext as _

from streamers.models import CastReview
from streamers.rules.cast_review import told_of

Aspect = CastReview.Aspect
Outcome = CastReview.Outcome


class ReviewForm(forms.Form):
    """Every aspect of a product with what is told of it; ``all`` finds right what is told and unanswered."""

    radio = forms.RadioSelect

    def __init__(self, item, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.told = told_of(item)
        for aspect, _pairs, told in self.told:
            self.fields[aspect.value] = forms.ChoiceField(
                label=aspect.label,
                choices=_choices(aspect, told),
                widget=self.radio,
                required=False,
            )
        self.fields["note"] = forms.CharField(
            label=_("What is not right"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def aspects(self):
        """Each aspect with what the merchant says and its bound field."""
        return [(self[aspect.value], pairs, told) for aspect, pairs, told in self.told]

    def clean(self):
        answers, open_ones = {}, []
        for aspect, _pairs, told in self.told:
            answer = self.cleaned_data.get(aspect.value) or (
                Outcome.GOOD.value if told and "all" in self.data else ""
            )
            if not answer and aspect.value not in self.errors:
                open_ones.append(aspect)
            answers[aspect.value] = answer
        for aspect in open_ones:
            self.add_error(aspect.value, _("Answer this too."))
        note = self.cleaned_data.get("note", "").strip()
        if Outcome.BAD in answers.values() and not note and "note" not in self.errors:
            self.add_error("note", _("Say what is not right."))
        return {"answers": answers, "note": note}


def _choices(aspect, told):
    """What may be answered: nobody finds right what was never told, nor sells goods without a price."""
    right = [(Outcome.GOOD.value, _("as told"))] if told else []
    none = [] if aspect in CastReview.ALWAYS else [(Outcome.NOT_APPLICABLE.value, _("does not apply"))]
    return [*right, (Outcome.BAD.value, _("not right")), *none]
