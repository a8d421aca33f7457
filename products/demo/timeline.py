"""Stories told side by side, in the order in which their days come."""

import datetime
import heapq

from mcn.kit.clock import SHANGHAI, business_day

OPENS, OPEN_MINUTES = 9 * 60, 8 * 60


class Calendar:
    """Days and moments as the demo counts them: 0 is today, -30 a month ago; no moment lies ahead."""

    def __init__(self, now):
        self.now = now
        self.today = business_day(now)

    def on(self, days):
        """The day some days from today."""
        return self.today + datetime.timedelta(days=days)

    def at(self, days, place=0):
        """A moment of an office day: stories of different places do not all act on the same minute."""
        hour, minute = divmod(OPENS + place * 37 % OPEN_MINUTES, 60)
        time = datetime.time(hour, minute, tzinfo=SHANGHAI)
        return min(datetime.datetime.combine(self.on(days), time), self.now)


def tell(stories):
    """Let each story (a generator of the moments at which it goes on) go on when its moment has come."""
    waiting = []
    for place, story in enumerate(stories):
        _wait(waiting, place, story)
    while waiting:
        _moment, place, story = heapq.heappop(waiting)
        _wait(waiting, place, story)


def _wait(waiting, place, story):
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, place, story))


def life(subject, events, verbs, calendar, place):
    """A subject's story from rows of ``[day, verb, *words]``: each calls its verb."""
    for day, verb, *words in events:
        at = calendar.at(day, place)
        yield at
        verbs[verb](subject, *words, at=at)
