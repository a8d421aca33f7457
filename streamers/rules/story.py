"""A streamer's whole story: what happened to them and to everything that is theirs, newest first."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, Q, Value

from mcn.audit.models import Entry
from mcn.kit.records import Record
from streamers.models import Streamer, StreamerFigures, Violation

# Numbers that come every day by the thousand tell no story.
LEFT_OUT = (StreamerFigures,)


@dataclass(frozen=True)
class Event:
    """One thing that happened: the audit entry, of which kind of row, how its state moved, and more of it."""

    entry: Entry
    model: Any
    moved: list
    said: str

    @property
    def kind(self):
        return self.model._meta.verbose_name


@cache
def kinds():
    """The models whose rows belong to one streamer, whichever part of the product they come from."""
    return [
        relation.related_model
        for relation in Streamer._meta.related_objects
        if relation.field.name == "streamer"
        and issubclass(relation.related_model, Record)
        and relation.related_model not in LEFT_OUT
    ]


def story(streamer, user):
    """The audit entries about a streamer and all rows of theirs that a person may view; two queries."""
    asked = Q(model=Streamer._meta.label_lower, row=str(streamer.pk))
    for label, numbers in _rows_of(streamer, user).items():
        asked |= Q(model=label, row__in=numbers)
    return Entry.objects.filter(asked).select_related("by").order_by("-at", "-id")


def _rows_of(streamer, user):
    """``{model label: [row numbers as text]}`` of what is the streamer's."""
    seen = [model for model in kinds() if user.has_perm(f"streamers.view_{model._meta.model_name}")]
    parts = [
        model._base_manager.filter(streamer=streamer)
        .order_by()
        .values_list(Value(model._meta.label_lower, output_field=CharField()), "pk")
        for model in seen
    ]
    found = {}
    if parts:
        for label, number in parts[0].union(*parts[1:], all=True):
            found.setdefault(label, []).append(str(number))
    return found


def events(entries):
    """Entries as a page tells them, with what was done wrong beside each violation; one query more."""
    entries = list(entries)
    models = {model._meta.label_lower: model for model in [Streamer, *kinds()]}
    asked = {int(entry.row) for entry in entries if entry.model == Violation._meta.label_lower}
    violations = Violation.objects.select_related("code").in_bulk(asked)
    return [_event(entry, models[entry.model], violations) for entry in entries]


def _event(entry, model, violations):
    said = ""
    if model is Violation and (violation := violations.get(int(entry.row))):
        said = f"{violation.code.name}：{violation.description}"
    names = dict(model.State.choices) if hasattr(model, "State") else {}
    old, new = entry.diff.get("state", [None, None])
    moved = [names.get(old, ""), names.get(new, "")] if new else []
    return Event(entry, model, moved, said)
