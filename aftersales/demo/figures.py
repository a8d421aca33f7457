"""What the demo's nights made of its orders and complaints: scores of merchants and key figures by week."""

import datetime

from aftersales.actions import score, service_figures

# Every third night: a night is not followed by the next, so that no score places a hold in the demo.
NIGHTS = range(-28, 0, 3)
WEEKS = 6
NIGHT = datetime.timedelta(hours=2, minutes=10)


class FigureStories:
    """Scores and figures, counted when everything else of the demo has happened."""

    def __init__(self, stage):
        self.stage = stage

    def stories(self):
        """One, at the end."""
        yield self._counted()

    def _counted(self):
        calendar = self.stage.calendar
        yield calendar.now
        for days in NIGHTS:
            on = calendar.on(days)
            score.score_all(on, at=min(calendar.at(days + 1) - NIGHT, calendar.now))
        service_figures.count_weeks(at=calendar.now, weeks=WEEKS)
        service_figures.tell_outliers(at=calendar.now)
