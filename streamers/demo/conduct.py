"""What the demo's streamers did, what the agency reckons of it each month, and what they learn next."""

import datetime
from decimal import Decimal

from mcn.agency.models import Platform
from mcn.kit.clock import SHANGHAI, business_day
from products.demo.papers import scan
from products.demo.timeline import life
from streamers.actions import assessment, correction, figures, session, survey, violation
from streamers.models import (
    Correction,
    Course,
    SatisfactionSurvey,
    Streamer,
    StreamerFigures,
    TierAssessment,
    TrainingSession,
    Violation,
    ViolationCode,
)

Audience = SatisfactionSurvey.Audience
MONTHS = 3
GROWTH = Decimal("1.06")


class ConductStories:
    """Violations as they are reported, decided and appealed against; figures and tiers month by month."""

    def __init__(self, stage, data, ids):
        self.stage = stage
        self.data = data
        self.ids = ids
        self.verbs = {"confirm": self.confirm, "mend": self.mend, "appeal": self.appeal}

    def stories(self):
        """One for each violation, one for the months, and one for the sessions that are planned."""
        for place, row in enumerate(self.data["violation"], 1):
            yield self._violation(place, row)
        for month in self._months():
            yield self._month(month)
        yield self._sessions()
        yield self._surveys()

    def _violation(self, place, row):
        at = self.stage.calendar.at(row["day"], place)
        yield at
        made = Violation(
            streamer=self._streamer(row),
            code=ViolationCode.objects.get(clause=row["code"]),
            happened_at=at - datetime.timedelta(hours=12),
            place=row["place"],
            recording_second=row["second"],
            description=row["description"],
        )
        row["id"] = violation.report(made, by=self.stage.staff(row["by"]), at=at).pk
        yield from life(row, row["life"], self.verbs, self.stage.calendar, place)

    def confirm(self, row, note, *, at):
        found = Violation.objects.get(pk=row["id"])
        violation.confirm(found, by=self.stage.staff("compliance"), at=at, note=note)

    def mend(self, row, note, *, at):
        for found in Correction.objects.filter(violation=row["id"]):
            correction.close(found, note=note, by=self.stage.staff("compliance"), at=at)

    def appeal(self, row, said, *, at):
        found = Violation.objects.get(pk=row["id"])
        violation.appeal(found, appeal=said, by=self._streamer(row).user, at=at)

    def _months(self):
        """The first days of the last months that are over, the oldest first."""
        months = [assessment.month_before(self.stage.calendar.today)]
        while len(months) < MONTHS:
            months.append(assessment.month_before(months[-1]))
        return reversed(months)

    def _month(self, month):
        """The figures as of the month's last day; tiers are proposed by the system, approved by a person."""
        last = assessment.last_day(month)
        at = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(9), tzinfo=SHANGHAI)
        yield at
        manager = self.stage.staff("streamer_manager")
        platforms = {row.code: row for row in Platform.objects.all()}
        shrunk = GROWTH ** -((self.stage.calendar.today - last).days // 30)
        rows = [
            StreamerFigures(
                streamer=self._streamer(row),
                platform=platforms[platform],
                day=last,
                followers=int(followers * shrunk),
                sales=(sales * shrunk).quantize(Decimal("0.01")),
                orientation=orientation,
            )
            for row in self.data["figures"]
            if row["streamer"] in self.ids
            for platform, followers, sales, orientation in row["rows"]
        ]
        figures.bring(rows, by=manager, at=at)
        assessment.assess_month(month, by=None, at=at)
        if month != assessment.month_before(self.stage.calendar.today):
            for made in TierAssessment.objects.filter(month=month):
                assessment.approve(made, by=manager, at=at)

    def _sessions(self):
        at = self.stage.calendar.at(-1)
        yield at
        trainer = self.stage.staff("trainer")
        for row in self.data["session"]:
            starts_at = datetime.datetime.combine(
                self.stage.calendar.on(row["day"]), datetime.time(14, 30), tzinfo=SHANGHAI
            )
            made = TrainingSession(
                course=Course.objects.filter(topic=row["topic"]).order_by("pk").first(),
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                place=row["place"],
                trainer=trainer,
            )
            session.add(made, by=trainer, at=at)
            session.enrol(made, everybody_owing=True, by=trainer, at=at)

    def _surveys(self):
        """The year's surveys; the merchants of the last platform are still to be asked."""
        at = self.stage.calendar.at(-20)
        yield at
        on, manager = business_day(at), self.stage.staff("streamer_manager")
        asked = [(platform, who) for platform in Platform.objects.order_by("id") for who in Audience]
        for platform, who in asked[:-1]:
            made = SatisfactionSurvey(
                audience=who,
                platform=platform,
                held_from=on - datetime.timedelta(days=14),
                held_to=on,
                asked=40,
                answered=32,
                satisfied=Decimal("87.50"),
                findings="对选品与排期满意；希望结算更快、样品更早到。",
                measures="结算由月结改为半月结；样品提前五天寄出。",
            )
            report = scan("满意度调查报告", [f"平台：{platform}", f"对象：{who.label}", f"截止：{on}"])
            survey.record(made, report, by=manager, at=at)

    def _streamer(self, row):
        return Streamer.objects.get(pk=self.ids[row["streamer"]])
