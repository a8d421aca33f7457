"""The demo's emergency plans: written, adopted by a colleague, rehearsed once."""

import datetime

from aftersales.actions import emergency_plan as plans
from aftersales.models import EmergencyPlan, PlanCall

BEGUN, DRILLED = -39, -20
HOUR = datetime.timedelta(hours=1)


class EmergencyStories:
    """A story for each plan of the data."""

    def __init__(self, stage, data):
        self.stage = stage
        self.rows = data["plan"]

    def stories(self):
        """One for each plan."""
        for row in self.rows:
            yield self._tell(row)

    def _tell(self, row):
        calendar, lead = self.stage.calendar, self.stage.staff("after_sales_lead")
        at = calendar.at(BEGUN)
        yield at
        told = {name: row[name] for name in ("title", "matter", "when", "first_words")}
        plan = plans.write(EmergencyPlan(**told, first_words_minutes=row["minutes"]), by=lead, at=at)
        for call in self._calls(plan, row):
            plans.write_call(call, by=lead, at=at)
        yield at + HOUR
        plans.adopt(plan, by=self.stage.staff("compliance"), at=at + HOUR)
        at = calendar.at(DRILLED)
        yield at
        facts = {"findings": row["drill"], "measures": row["measures"], "people": "客服、招商、合规各一人"}
        plans.drill(plan, kind="table", held_on=calendar.on(DRILLED), **facts, by=lead, at=at)

    def _calls(self, plan, row):
        for place, (role, minutes, task) in enumerate(row["calls"], start=1):
            user = self.stage.staff(role)
            yield PlanCall(plan=plan, place=place, user=user, within_minutes=minutes, task=task)
        name, phone, minutes, task = row["outside"]
        outside = {"name": name, "phone": phone, "within_minutes": minutes, "task": task}
        yield PlanCall(plan=plan, place=len(row["calls"]) + 1, **outside)
