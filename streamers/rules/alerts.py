"""What the people at the console of a live show have to see now: what blocks it, what it still owes."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figures
from mcn.kit.clock import business_day
from streamers.models import ShowEvent
from streamers.rules.on_air import seen, untold

Kind = ShowEvent.Kind
BAD, WARN = "bad", "warn"


@dataclass(frozen=True)
class Alert:
    """One thing to act on now: how urgent, about what, in words, and where it is mended."""

    tone: str
    about: str
    text: str
    url: str = ""
    item: Any = None


def of_findings(findings):
    """What blocks a show now though it was let on air: it ran out, is held or was changed since."""
    for finding in findings:
        if finding.blocks:
            yield Alert(BAD, f"{finding.clause} · {finding.label}", str(finding.message), finding.mend_url)


def of_timeline(show, *, at):
    """What the timeline of a loaded show leaves open at a moment."""
    now = seen(show)
    second = int((at - show.started_at).total_seconds())
    correct, silence = figures(
        [Figure.Key.ON_AIR_CORRECTION_MINUTES, Figure.Key.ON_AIR_SILENCE_MINUTES], business_day(at)
    )
    items = {item.pk: item for item in show.items.all()}
    if now.on_table in now.taken_down | now.sold_out:
        item = items[now.on_table]
        yield Alert(BAD, str(item), _("It is on the table, but cannot be bought."), item=item.pk)
    for event in now.open:
        late = second - event.second > correct * 60
        tone = BAD if late and event.kind == Kind.REMINDER else WARN
        yield Alert(tone, f"{event.clock} {event.get_kind_display()}", event.text, item=event.item_id)
    for event in now.standing:
        if any(hit["outcome"] == "banned" for hit in event.hits):
            terms = "”“".join(hit["matched"] for hit in event.hits)
            yield Alert(
                WARN, f"{event.clock} {event.get_kind_display()}", _("Banned: “%(terms)s”") % {"terms": terms}
            )
    for item, lines in untold(show):
        if item.pk != now.on_table:
            left = "、".join(str(line.label) for line in lines)
            yield Alert(WARN, str(item), _("Not told yet: %(topics)s") % {"topics": left}, item=item.pk)
    noted = [event.second for event in now.standing if event.kind != Kind.ALERT]
    if second - max(noted, default=0) > silence * 60:
        yield Alert(
            WARN, _("timeline"), _("Nothing was noted for %(minutes)s minutes.") % {"minutes": silence}
        )
    if at > show.ends_at + datetime.timedelta(minutes=1):
        yield Alert(WARN, _("planned end"), _("The show runs past its planned end."))
