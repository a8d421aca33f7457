"""The ladder of the demo's deadlines, looked at every morning as the product does every minute."""

from aftersales.actions.clock_sweep import sweep

DAYS = 40


class LadderStories:
    """What nobody did in time was told to somebody, day by day, until now."""

    def __init__(self, stage):
        self.calendar = stage.calendar

    def stories(self):
        """One, beside all the others."""
        yield self._sweep()

    def _sweep(self):
        for at in [*map(self.calendar.at, range(-DAYS, 1)), self.calendar.now]:
            yield at
            sweep(at=at)
