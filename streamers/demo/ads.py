"""The register of advertisements of the demo's shows: accepted by the operator, reviewed by another."""

from streamers.actions import ad_entry as ads
from streamers.models import Show

LEFT_WAITING = 3


class AdStories:
    """What stands on the register: of most shows to come reviewed, of every third still waiting."""

    def __init__(self, stage):
        self.stage = stage

    def stories(self):
        """One: when all shows are planned, their goods are put on the register."""
        yield self._coming()

    def review_all(self, show, *, at):
        """Put a show's goods on the register and find them in order, as before a show of the past."""
        for entry in ads.register(show, by=self.stage.staff("operator"), at=at):
            ads.review(entry, by=self.stage.staff("compliance"), at=at, note="与卖点卡、检测报告核对")

    def _coming(self):
        at = self.stage.calendar.now
        yield at
        planned = Show.objects.filter(state=Show.State.PLANNED, ad_entries=None).order_by("starts_at")
        for place, show in enumerate(planned, 1):
            if place % LEFT_WAITING:
                self.review_all(show, at=at)
            else:
                ads.register(show, by=self.stage.staff("operator"), at=at)
