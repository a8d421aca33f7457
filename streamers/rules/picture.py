"""The state of a show on air, read from its timeline: the product on the table, what was told."""

from dataclasses import dataclass, field
from typing import Any

from streamers.models import ShowEvent

Kind = ShowEvent.Kind
SHELF = {Kind.LISTED: True, Kind.UNLISTED: False, Kind.TAKE_DOWN: False, Kind.SOLD_OUT: False}


@dataclass
class Picture:
    """A show's timeline as of its last event."""

    on_table: Any = None  # the item's id
    shown: dict = field(default_factory=dict)  # item id -> the second in which it first came on the table
    told: dict = field(default_factory=dict)  # item id -> {topic: second}
    shelf: dict = field(default_factory=dict)  # item id -> whether it can be bought
    sold_out: set = field(default_factory=set)
    taken_down: set = field(default_factory=set)
    open: list = field(default_factory=list)  # questions, reminders and incidents that nothing answered yet
    alerts: list = field(default_factory=list)
    standing: list = field(default_factory=list)  # the events, oldest first, without those taken back


def picture(events):
    """The picture that some events of one show give, in whatever order they come."""
    events = sorted(events, key=lambda event: (event.second, event.pk))
    taken_back = {event.about_id for event in events if event.kind == Kind.RETRACT}
    standing = [event for event in events if event.kind != Kind.RETRACT and event.pk not in taken_back]
    seen = Picture(standing=standing)
    for event in standing:
        _put_in(seen, event)
    answered = {(event.about_id, event.kind) for event in standing if event.about_id}
    seen.open = [
        event
        for event in standing
        if event.kind in ShowEvent.ANSWERED_BY
        and not any((event.pk, kind) in answered for kind in ShowEvent.ANSWERED_BY[event.kind])
    ]
    return seen


def _put_in(seen, event):
    number = event.item_id
    if event.kind == Kind.ON_TABLE:
        seen.on_table = number
        seen.shown.setdefault(number, event.second)
    elif event.kind == Kind.SAID:
        seen.told.setdefault(number, {}).setdefault(event.topic, event.second)
    elif event.kind == Kind.ALERT:
        seen.alerts.append(event)
    elif event.kind == Kind.STOCK and event.after:
        seen.sold_out.discard(number)
    if event.kind in SHELF:
        seen.shelf[number] = SHELF[event.kind]
        seen.sold_out.discard(number)
    if event.kind == Kind.SOLD_OUT:
        seen.sold_out.add(number)
    elif event.kind == Kind.TAKE_DOWN:
        seen.taken_down.add(number)
        if seen.on_table == number:
            seen.on_table = None
