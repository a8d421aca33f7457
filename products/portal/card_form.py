"""The form of a selling-point card: taken as far as it is right, so that nothing typed waits for the rest."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.forms.models import fields_for_model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from products.actions import card as cards
from products.actions import card_point as points
from products.models import CardVersion
from products.models.card import LONGEST
from products.portal.card_help import HELP, help_of
from products.rules.card_scan import regime_of, standing_points

Part = CardVersion.Part
WORDS = [name for name in CardVersion.CONTENT if name != "not_applicable"]
SPAN = {"promotion_from", "promotion_to"}
KEPT = {*WORDS, *[f"{part}-{end}" for part in CardVersion.MAY_NOT_APPLY for end in ("na", "reason")]}


class Tolerant(forms.Form):
    """A form whose right fields count even while others are wrong."""

    def given(self):
        """The cleaned values of the fields that were sent and are right."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.cleaned_data if self.was_sent(name)}

    def was_sent(self, name):
        """Whether the browser sent a field; an unticked box is sent by the text beside it."""
        return self.add_prefix(name) in self.data


def words_field(name, regime):
    """The form field of a text of a card: too long a text is told, not cut off by the browser."""
    made = fields_for_model(CardVersion, [name])[name]
    made.widget.attrs.pop("maxlength", None)
    made.help_text = " ".join(str(text) for text in help_of(name, regime) if text)
    if isinstance(made.widget, forms.Textarea):
        made.widget.attrs |= {"rows": 3, "cols": None}
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return made


class WordsForm(Tolerant):
    """The parts of a version, and for those that may not apply a box and a reason."""

    def __init__(self, version, data=None, **options):
        super().__init__(data, auto_id="%s", use_required_attribute=False, **options)
        regime = regime_of(version.card.product)
        for name in WORDS:
            self.fields[name] = words_field(name, regime)
            self.initial[name] = getattr(version, name)
        for part in CardVersion.MAY_NOT_APPLY:
            self.fields[f"{part}-na"] = forms.BooleanField(label=_("Does not apply"), required=False)
            self.fields[f"{part}-reason"] = forms.CharField(
                label=_("Why it does not apply"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "cols": None}),
            )
            self.fields[f"{part}-reason"].widget.attrs.pop("maxlength", None)
            self.initial = {
                **self.initial,
                f"{part}-na": not version.applies(part),
                f"{part}-reason": version.not_applicable.get(part, ""),
            }

    def was_sent(self, name):
        return super().was_sent(name.replace("-na", "-reason"))

    def clean(self):
        first, last = (self.cleaned_data.get(f"promotion_{end}") for end in ("from", "to"))
        if first and last and last < first:
            self.add_error("promotion_to", _("The promotion cannot end before it starts."))
        return self.cleaned_data

    def words(self):
        """What was given, as the verbs take it."""
        given = self.given()
        found = {name: value for name, value in given.items() if name in WORDS}
        aside = [part.value for part in CardVersion.MAY_NOT_APPLY if f"{part}-na" in given]
        if aside:
            found["not_applicable"] = {
                part: given.get(f"{part}-reason", "") for part in aside if given[f"{part}-na"]
            }
        return found


class PointForm(Tolerant):
    """One selling point with its proof."""

    claim = forms.CharField(
        label=_("What is said"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "cols": None}),
    )
    credential = forms.ModelChoiceField(
        None, label=_("Proved by the credential"), required=False, empty_label=_("none")
    )
    beyond_papers = forms.BooleanField(
        label=_("Goes beyond our own papers"), required=False, help_text=HELP["beyond_papers"]
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=300, help_text=HELP["source"])
    file = forms.FileField(label=_("Evidence file"), required=False, validators=[validate_upload])

    def __init__(self, point, credentials, data=None, files=None):
        self.point = point
        self.comments: list = []
        initial = {name: getattr(point, name) for name in cards.POINT_WORDS}
        super().__init__(
            data,
            files,
            auto_id="%s",
            prefix=f"point-{point.pk}",
            initial=initial,
            use_required_attribute=False,
        )
        self.fields["credential"].queryset = credentials
        for name in ("claim", "source"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def was_sent(self, name):
        if name == "file":
            return self.add_prefix(name) in self.files
        return super().was_sent("source" if name == "beyond_papers" else name)

    @property
    def anchor(self):
        """The id of its place on the page."""
        return self.prefix

    @property
    def open(self):
        """Whether something is said already of where it comes from."""
        return self.point.beyond_papers or bool(self.point.source) or "source" in self.errors


@dataclass
class Section:
    """A part of the form: its fields, the box that sets it aside, what the reviewer said of it."""

    part: Any
    clause: str
    fields: list
    aside: Any = None
    reason: Any = None
    comments: list = field(default_factory=list)

    @property
    def alone(self):
        """Whether its one field needs no other label than the heading."""
        return len(self.fields) == 1


CLAUSES = {
    Part.HAZARDS: "DB4401 5.2.3.4 a",
    Part.WARNINGS: "DB4401 5.2.3.4 b",
    Part.ACCIDENT: "DB4401 5.2.3.4 c",
    Part.AFTER_SALES: "DB4401 5.2.3.4 d",
    Part.DATES: "DB4401 5.2.3.4 e",
    Part.PROMOTION: "DB4401 5.2.3.4 g · LSEC 32",
}


class CardForm:
    """The whole form of one version: its parts and its standing selling points."""

    def __init__(self, version, data=None, files=None):
        self.version = version
        self.data = data
        self.words = WordsForm(version, data)
        papers = version.card.product.credentials.filter(ended_on=None).select_related("kind")
        self.points = [PointForm(point, papers, data, files) for point in standing_points(version)]
        for one in self.points:
            one.comments = self.comments.get(one.anchor, [])

    @property
    def seen(self):
        """The count of changes that the page was opened with, or None where the page did not say."""
        text = str((self.data or {}).get("seen", ""))
        return int(text) if text.isascii() and text.isdigit() else None

    @cached_property
    def comments(self):
        """What reviewers said, by anchor."""
        found = {}
        for said in self.version.comments.select_related("said_by"):
            key = f"point-{said.point_id}" if said.point_id else said.part
            found.setdefault(key, []).append(said)
        return found

    @property
    def sections(self):
        """The parts but the selling points, in the order of the form."""
        made = []
        for part, names in CardVersion.FIELDS_OF.items():
            section = Section(part, CLAUSES[part], [self.words[name] for name in names])
            if part in CardVersion.MAY_NOT_APPLY:
                section.aside, section.reason = self.words[f"{part}-na"], self.words[f"{part}-reason"]
            section.comments = self.comments.get(part, [])
            made.append(section)
        return made

    @property
    def fields(self):
        """The fields that can be wrong: a box never is, and a file is answered by itself."""
        bound = [field for one in (self.words, *self.points) for field in one]
        return [field for field in bound if field.widget_type not in ("checkbox", "clearablefile")]

    @property
    def errors(self):
        """``{id of the field: what is wrong with it}``."""
        forms_ = [self.words, *self.points]
        return {one.add_prefix(name): said for one in forms_ for name, said in one.errors.items()}

    def write(self, *, by, at):
        """Keep all that is right; whether there was nothing else."""
        words = self.words.words()
        said = {one.point.pk: one.given() for one in self.points}
        files = {one.point: said[one.point.pk].pop("file", None) for one in self.points}
        with transaction.atomic():
            try:
                cards.save_draft(self.version, words=words, points=said, seen=self.seen, by=by, at=at)
            except ValidationError as error:
                self.words.add_error(None, error)
                wrong = set(error.error_dict) | (SPAN if NON_FIELD_ERRORS in error.error_dict else set())
                right = {name: value for name, value in words.items() if name not in wrong}
                cards.save_draft(self.version, words=right, points=said, seen=self.seen, by=by, at=at)
            for one in self.points:
                if file := files[one.point]:
                    one.point = points.attach_evidence(one.point, file, by=by, at=at)
        return not self.errors


def typed(data):
    """What a browser sent of a card's words, as it can be kept and shown again."""
    wanted = (name for name in data if name in KEPT or name.startswith("point-"))
    return {name: data[name].replace("\r\n", "\n") for name in wanted if isinstance(data[name], str)}


def stored(version):
    """What a browser would send of a version as it stands."""
    form = CardForm(version)
    fields = [bound for one in (form.words, *form.points) for bound in one if bound.name != "file"]
    return {bound.html_name: _sent(bound.value()) for bound in fields if bound.value() not in (False, None)}


def _sent(value):
    match value:
        case True:
            return "on"
        case _ if hasattr(value, "pk"):
            return str(value.pk)
    return str(value)
