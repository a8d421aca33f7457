"""What the demo's merchants promise for shows, and how far both sides are with it."""

from streamers.actions import service_plan as plans
from streamers.models import ServicePlan, Show

UPCOMING = [Show.State.PLANNED]


class PlanStories:
    """Plans of the shows to come: agreed, waiting, sent back, still a draft."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """One: when all shows are planned, their merchants come to the portal."""
        yield self._coming()

    def agree_on(self, show, *, at):
        """Have every merchant on a show's run sheet and the agency agree, as before a show of the past."""
        for plan in plans.ask(show, by=self.stage.staff("merchant_desk"), at=at):
            self._go(plan, "agree", at=at)

    def _coming(self):
        at = self.stage.calendar.now
        yield at
        place = 0
        for show in Show.objects.filter(state__in=UPCOMING, service_plans=None).order_by("starts_at"):
            for plan in plans.ask(show, by=self.stage.staff("operator"), at=at):
                ways = self.data["coming"]["ways"]
                self._go(plan, ways[place % len(ways)], at=at)
                place += 1

    def _go(self, plan, way, *, at):
        """Write a plan, then go as far as the way says."""
        owner = plan.merchant.memberships.filter(role="owner", ended_on=None).get().user
        self._write(plan, way, by=owner, at=at)
        if way == "draft":
            return
        plans.submit(plan, by=owner, at=at)
        operator, coming = self.stage.staff("operator"), self.data["coming"]
        if way == "send_back":
            plans.send_back(plan, note=coming["sent_back"], by=operator, at=at)
        elif way == "agree":
            sufficient = ServicePlan.Rating.SUFFICIENT
            plans.assess(plan, rating=sufficient, opinion=coming["assessed"], by=operator, at=at)
            plans.agree(plan, by=operator, at=at)

    def _write(self, plan, way, *, by, at):
        usual = self.data["usual"][plan.merchant_id % len(self.data["usual"])]
        missing = self.data["coming"]["seats_missing"] if way == "draft" else 0
        seats = max(plan.seats_needed - missing, 0)
        words = usual | {"seats": seats, "seats_trained": seats}
        plans.save_draft(plan, words=words, by=by, at=at)
