"""What people said in public about the demo's shows: a case that was settled, and one that runs."""

import datetime

from aftersales.actions import mention as mentions
from aftersales.actions import opinion_alert as alerts
from aftersales.actions import opinion_case as cases
from aftersales.actions import outlet as outlets
from aftersales.models import AlertRule, Mention, OpinionAlert, OpinionCase, Outlet
from products.models import Product

HOUR = datetime.timedelta(hours=1)
MORNING = 8


class OpinionStories:
    """Mentions as a monitoring service brings them, and what people make of them."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data
        self.number = 7351200000

    def stories(self):
        """Three: a case from beginning to end, what else was said, and the last hours."""
        yield self._settled()
        yield self._talk()
        yield self._burst()

    @property
    def agent(self):
        """Who watches and answers."""
        return self.stage.staff("after_sales")

    def _settled(self):
        calendar, words = self.stage.calendar, self.data["settled"]
        at = calendar.at(words["days"], 12)
        yield at
        self._bring_day(words["days"], at=at)
        case = self._open(words, at=at)
        at = calendar.at(words["days"] + 2)
        yield at
        self._steps(case, words["steps"], at=at)
        cases.answer(case, text=words["answer"], by=self.agent, at=at)
        at = calendar.at(-1)
        yield at
        cases.close(case, conclusion=words["conclusion"], by=self.agent, at=at)

    def _talk(self):
        for days in sorted({row[0] for row in self.data["said"]} - {self.data["settled"]["days"]}):
            at = self.stage.calendar.at(days, 12)
            yield at
            self._bring_day(days, at=at)

    def _bring_day(self, days, *, at):
        """Mentions of a day, each some hours after eight, none later than the moment."""
        morning = self.stage.calendar.at(days).replace(hour=MORNING, minute=0)
        rows = [row[1:] for row in self.data["said"] if row[0] == days]
        made = [self._mention(row, published_at=min(morning + row[1] * HOUR, at)) for row in rows]
        mentions.bring(made, by=None, at=at)

    def _mention(self, row, *, published_at):
        outlet, _hours, reach, code, author, text = row
        self.number += 17
        product = Product.objects.filter(code=code).first() if code else None
        return Mention(
            outlet=Outlet.objects.get(code=outlet),
            number=str(self.number),
            published_at=published_at,
            reach=reach,
            product=product,
            author=author,
            text=text,
        )

    def _open(self, words, *, at):
        given = {name: words[name] for name in ("title", "summary", "level")}
        case = OpinionCase(owner=self.agent, **given)
        case.product = Product.objects.get(code="YX-102")
        cases.open_case(case, by=self.agent, at=at)
        mentions.follow_all(Mention.objects.filter(product=case.product), case, by=self.agent, at=at)
        return case

    def _steps(self, case, steps, *, at):
        for kind, text in steps:
            cases.note(case, kind=kind, text=text, by=self.agent, at=at)

    def _burst(self):
        """What was said in the last hours raises an alert, which becomes a case; the newest is still open."""
        now = self.stage.calendar.now
        night = now - 3 * HOUR
        at = night + 2 * HOUR
        yield at
        rows = [
            self._mention((outlet, 0, *rest), published_at=night + place * HOUR / 4)
            for place, (outlet, *rest) in enumerate(self.data["parcels"])
        ]
        mentions.bring(rows, by=None, at=at)
        raised = alerts.watch(at=at)
        at += HOUR
        yield at
        for alert in raised:
            if alert.product_id and alert.rule.measure == AlertRule.Measure.NEGATIVE_SHARE:
                self._take(alert, at=at)
        yield now
        rows = [
            self._mention((outlet, 0, *rest), published_at=now - (place + 1) * HOUR / 6)
            for place, (outlet, *rest) in enumerate(self.data["newest"])
        ]
        mentions.bring(rows, by=None, at=now)
        alerts.watch(at=now)
        quiet = Outlet.objects.filter(code__in=self.data["watched"])
        outlets.look(list(quiet), by=self.agent, at=now)

    def _take(self, alert, *, at):
        words, lead = self.data["burst"], self.stage.staff("after_sales_lead")
        given = {name: words[name] for name in ("title", "summary")}
        alerts.take(alert, owner=self.agent, by=lead, at=at, **given)
        self._steps(OpinionAlert.objects.get(pk=alert.pk).case, words["steps"], at=at)
