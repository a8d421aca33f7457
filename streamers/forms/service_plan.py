"""The form of a service plan: taken as far as it is right, so that nothing typed waits for the rest."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from mcn.kit.forms import CHANGED_MEANWHILE, RecordForm, formfield
from mcn.kit.refusal import Stale
from streamers.actions import service_plan as plans
from streamers.models import PlanLine, ServicePlan
from streamers.rules.service_plan import LINES

# The parts of the form: name, heading, clause, fields.
SECTIONS = [
    ("delivery", _("Delivery time"), "DB4401 6.2.2 a", ["ship_hours", "arrive_days"]),
    (
        "logistics",
        _("Logistics"),
        "DB4401 6.2.2 a",
        ["cold_chain", "installation", "carrier", "logistics"],
    ),
    (
        "returns",
        _("Return and exchange"),
        "DB4401 6.2.2 a",
        ["return_way", "return_hours", "return_terms"],
    ),
    ("complaints", _("Complaints"), "DB4401 6.2.2 a", ["complaint_hours", "complaint_process"]),
    (
        "seats",
        _("Customer-service seats"),
        "DB4401 6.2.2 b d",
        ["seats", "seats_trained", "service_hours", "answer_percent", "answer_seconds", "training"],
    ),
    ("guarantee", _("After-sales guarantee plan"), "DB4401 6.2.2 c", ["guarantee"]),
]


class PlanForm(RecordForm):
    """What a merchant promises in words."""

    class Meta:
        model = ServicePlan
        fields = ServicePlan.CONTENT
        formfield_callback = formfield

    def clean(self):
        cleaned = super().clean()
        seats, trained = cleaned.get("seats"), cleaned.get("seats_trained")
        if seats is not None and trained is not None and trained > seats:
            self.add_error("seats_trained", _("No more seats can be trained than there are."))
        return cleaned


class LineForm(forms.ModelForm):
    """How much of one SKU there is."""

    class Meta:
        model = PlanLine
        fields = ["spot", "presale", "ships_on"]
        formfield_callback = formfield

    def __init__(self, line, data=None):
        super().__init__(data, instance=line, prefix=f"line-{line.pk}", use_required_attribute=False)
        for name in ("spot", "presale", "ships_on"):
            label = f"{line.sku.product.name} {line.sku.specification} {self.fields[name].label}"
            self.fields[name].widget.attrs["aria-label"] = label
            self.fields[name].required = False

    def clean(self):
        """An emptied quantity is none."""
        for name in ("spot", "presale"):
            if self.cleaned_data.get(name, 0) is None:
                self.cleaned_data[name] = 0
        return self.cleaned_data


class PlanSheet:
    """The whole form of one plan: its words, and a line for each SKU."""

    def __init__(self, plan, data=None):
        self.plan = plan
        self.words = PlanForm(data, instance=plan, use_required_attribute=False)
        self.lines = [LineForm(line, data) for line in LINES.filter(plan=plan)]

    @property
    def sections(self):
        """The parts of the words, each with its bound fields."""
        return [
            {"name": name, "heading": heading, "clause": clause, "fields": [self.words[one] for one in names]}
            for name, heading, clause, names in SECTIONS
        ]

    @property
    def told(self):
        """The parts as they are read: each label with its value in words."""
        return [
            {"heading": heading, "words": [(self.words[one].label, self._said(one)) for one in names]}
            for _name, heading, _clause, names in SECTIONS
        ]

    def _said(self, name):
        value = getattr(self.plan, name)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return self.plan.get_return_way_display() if name == "return_way" else value

    @property
    def errors(self):
        """What is wrong, as ``(label, message)``."""
        return [
            (form.fields[name].label if name in form.fields else "", message)
            for form in (self.words, *self.lines)
            for name, messages in form.errors.items()
            for message in messages
        ]

    def write(self, *, by, at):
        """Keep all that is right; whether there was nothing else."""
        right = not self.errors  # every form is asked
        if self.words.has_error(NON_FIELD_ERRORS, "stale"):
            raise Stale(CHANGED_MEANWHILE)
        given = self.words.cleaned_data
        words = {name: given[name] for name in ServicePlan.CONTENT if name in given}
        if self.words.has_error("seats_trained"):
            words.pop("seats", None)  # fewer seats may not go with those that are trained
        lines = {line.instance.pk: line.cleaned_data for line in self.lines}
        plans.save_draft(self.plan, words=words, lines=lines, by=by, at=at)
        return right
