"""What people outside the agency fill in about a complaint: the complaint itself, further words, a file."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models import Complaint
from aftersales.models.complaint_entry import LONGEST
from mcn.agency.models import Platform
from mcn.evidence.models import validate_upload
from mcn.kit.forms import formfield

PICTURES = "image/png,image/jpeg,image/webp,application/pdf"


def file_field(**options):
    """A file that a phone's camera can make."""
    widget = forms.ClearableFileInput(attrs={"accept": PICTURES})
    return forms.FileField(
        **{"label": _("a photo or a PDF"), "required": False} | options,
        validators=[validate_upload],
        widget=widget,
    )


class ComplainForm(forms.ModelForm):
    """A consumer's complaint, on a phone, without an account."""

    file = file_field(
        label=_("photo or screenshot"),
        help_text=_("Of the goods, the parcel or what was said in the show; you can add more later."),
    )
    agreed = forms.BooleanField(label=_("I have read how my data are used."))

    class Meta:
        model = Complaint
        fields = [
            "nature",
            "text",
            "wish",
            "amount",
            "platform",
            "order_number",
            "phone",
            "name",
            "contact",
        ]
        formfield_callback = formfield
        labels = {
            "nature": _("What is it about?"),
            "text": _("What happened?"),
            "wish": _("What would settle it?"),
            "amount": _("amount you ask for (yuan)"),
            "platform": _("Where did you buy?"),
            "phone": _("your phone number"),
            "name": _("how may we call you?"),
            "contact": _("another way to reach you"),
        }
        help_texts = {
            "order_number": _("In the order's details on the platform; leave it out if you have none."),
            "contact": _("An e-mail address or WeChat number, if you would rather not give a phone number."),
        }

    field_order = [*Meta.fields, "file", "agreed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = Platform.objects.filter(ended_on=None)
        self.fields["platform"].empty_label = _("I do not know")
        self.fields["phone"].widget.attrs |= {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        self.fields["amount"].widget.attrs |= {"inputmode": "decimal"}


class TrackForm(forms.Form):
    """The number and the code that the consumer was given."""

    tracking = forms.CharField(
        label=_("tracking number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    pin = forms.CharField(
        label=_("tracking code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """Further words, with a file if there is one."""

    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = file_field()


class ReplyForm(WordsForm):
    """The merchant's answer."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you found out, whether it is right, and what you offer by when."),
    )


class WhyForm(forms.Form):
    """Why a complaint is taken up again or taken back."""

    note = forms.CharField(label=_("reason"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))


class ContentForm(forms.Form):
    """How content the consumer is with what came of it."""

    satisfaction = forms.TypedChoiceField(
        label=_("How content are you with how it was dealt with?"),
        coerce=int,
        choices=[
            (5, _("very content")),
            (4, pgettext_lazy("satisfaction", "content")),
            (3, _("so-so")),
            (2, _("not content")),
            (1, _("not content at all")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What could we do better?"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
