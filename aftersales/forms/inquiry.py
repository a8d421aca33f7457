"""What a buyer fills in to ask a person, to follow a question and to ask again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.models import Inquiry
from mcn.kit.forms import formfield
from mcn.kit.identity import validate_phone


class AskForm(forms.ModelForm):
    """A question with a phone for the answer; the order's number only where there is one."""

    contact = forms.CharField(
        label=_("your phone"),
        required=False,
        max_length=20,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Only if you want to be called; the answer also comes on the page of your question."),
    )

    class Meta:
        model = Inquiry
        fields = ["text", "order_number", "contact"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("your question")
        self.fields["order_number"].label = _("order number, if there is one")
        self.fields["text"].widget.attrs |= {"rows": 5}


class TrackForm(forms.Form):
    """The number and the code that were told when the question was asked."""

    number = forms.CharField(label=_("question number"), max_length=12)
    code = forms.CharField(label=_("tracking code"), max_length=12)


class AgainForm(forms.Form):
    """What is still open after the answer."""

    text = forms.CharField(
        label=_("your further question"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
