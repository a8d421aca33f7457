"""The demo's shows that went their whole way: made ready, cleared, on air, over, each as far as it came."""

import datetime
from decimal import Decimal

from mcn.kit.clock import SHANGHAI, business_day
from products.demo.papers import scan
from streamers.actions import cast_review, identity_report, rehearsal, run_sheet, show_check, show_event
from streamers.actions import script as scripts
from streamers.actions import show as shows
from streamers.actions import show_metrics as metrics
from streamers.models import (
    CastReview,
    CrewMember,
    IdentityReport,
    Offer,
    Rehearsal,
    Room,
    Script,
    Show,
    ShowCast,
    ShowCheck,
    ShowEvent,
    ShowMetrics,
    Streamer,
)
from streamers.rules.on_air import for_inspection
from streamers.rules.to_say import to_say

Kind = ShowEvent.Kind
BETWEEN_LINES = 20
LINK = "https://shop.example.com/item/{}"
# The time before an event in which whoever speaks is still at the product.
MINUTE = datetime.timedelta(minutes=1)


class RunStories:
    """One story for each show; ``plans`` and ``ads`` are the stories whose verbs it borrows."""

    def __init__(self, stage, data, ids, plans, ads):
        self.stage = stage
        self.words = data["words"]
        self.runs = data["run"]
        self.ids = ids
        self.plans = plans
        self.ads = ads

    def stories(self):
        """One for each show."""
        for place, row in enumerate(self.runs, 1):
            yield self._run(place, row)

    def _run(self, place, row):
        calendar = self.stage.calendar
        at = calendar.at(row["planned"], place)
        yield at
        show = self._plan(row, at=at)
        at = calendar.at(row["cleared"], place)
        yield at
        self._make_ready(show, at=at)
        shows.clear(show, by=self.stage.staff("compliance"), at=at, note="逐项核对，无待整改事项")
        if row["until"] == "cleared":
            return
        yield show.starts_at
        shows.start(show, by=self.operator, at=show.starts_at)
        for event in sorted(self._events(show, row), key=lambda event: event.happened_at):
            yield event.happened_at
            self._note(event)
        if row["until"] == "ended":
            yield show.ends_at
            shows.end(show, by=self.operator, at=show.ends_at)
            at = calendar.at(row["day"] + 1, place)
            yield at
            self._count(show, row["metrics"], at=at)

    @property
    def operator(self):
        """Who plans shows and runs them."""
        return self.stage.staff("operator")

    def _plan(self, row, *, at):
        starts_at = self._begins(row)
        show = Show(
            room=Room.objects.get(account=row["room"]),
            starts_at=starts_at,
            ends_at=starts_at + datetime.timedelta(hours=row["hours"]),
            **{name: row[name] for name in ("title", "cover_text")},
            **{name: self.words[name] for name in ("plan", "contingency")},
        )
        shows.plan(show, by=self.operator, at=at)
        streamer = Streamer.objects.get(pk=self.ids[row["cast"]])
        shows.cast(ShowCast(show=show, streamer=streamer), by=self.operator, at=at)
        for duty, role in self.words["crew"]:
            shows.assign(
                CrewMember(show=show, person=self.stage.staff(role), role=duty), by=self.operator, at=at
            )
        run_sheet.pick_numbers(show, row["products"], by=self.operator, at=at)
        offers = list(Offer.objects.filter(item__show=show).select_related("item__show", "sku"))
        for offer in offers:
            offer.spot = min(row["spot"], offer.sku.stock or 0)
            offer.link = LINK.format(offer.sku.code)
        run_sheet.offer(offers, by=self.operator, at=at)
        return show

    def _begins(self, row):
        if "ago" in row:
            return (self.stage.calendar.now - row["ago"] * MINUTE).replace(second=0, microsecond=0)
        hour = datetime.time(row["hour"], tzinfo=SHANGHAI)
        return datetime.datetime.combine(self.stage.calendar.on(row["day"]), hour)

    def _make_ready(self, show, *, at):
        """The plans are agreed, the register reviewed, words approved, all looked through and rehearsed."""
        by, lawyer = self.operator, self.stage.staff("compliance")
        self.plans.agree_on(show, at=at)
        self.ads.review_all(show, at=at)
        script = scripts.add(Script(show=show, text=self.words["script"]), by=by, at=at)
        scripts.submit(script, by=by, at=at)
        scripts.approve(script, by=lawyer, at=at, note="按此稿口播")
        notes = {ShowCheck.Item.EQUIPMENT: self.words["equipment"]}
        answers = [show_check.Answer(item, note=notes.get(item, "")) for item in ShowCheck.Item]
        show_check.check(show, answers=answers, by=by, at=at)
        self._review(show, at=at)
        held = Rehearsal(
            show=show,
            held_at=at - 30 * MINUTE,
            with_entity=True,
            with_cast=True,
            with_marketers=True,
            outcome=Rehearsal.Outcome.PASSED,
            found=self.words["found"],
            safeguards=self.words["safeguards"],
        )
        rehearsal.record(held, by=by, at=at)
        told = IdentityReport(show=show, reported_on=business_day(at), receipt=f"SF{show.code[1:]}")
        identity_report.record(told, by=by, at=at)

    def _review(self, show, *, at):
        """Every product is reviewed by the host, on paper."""
        good = dict.fromkeys(CastReview.Aspect.values, CastReview.Outcome.GOOD)
        for part in show.cast.select_related("streamer"):
            for item in show.items.select_related("product"):
                row = CastReview(show=show, streamer=part.streamer, product=item.product, answers=good)
                paper = scan("主播选品自查表", [str(part.streamer), str(item.product)])
                cast_review.review(row, paper, by=self.operator, at=at)

    def _events(self, show, row):
        """What happens, each at its second: what is told of a product line by line, and the rest."""
        [seen] = for_inspection(Show.objects.filter(pk=show.pk))
        items = {item.position: item for item in seen.items.all()}
        told = []
        for second, place in row["said"]:
            told.append((second, ShowEvent(kind=Kind.ON_TABLE, item=items[place])))
            for number, line in enumerate(to_say(items[place]), 1):
                said = ShowEvent(kind=Kind.SAID, item=items[place], topic=line.topic)
                told.append((second + number * BETWEEN_LINES, said))
        for second, kind, place, text in row["events"]:
            told.append((second, ShowEvent(kind=kind, item=items.get(place), text=text)))
        for second, event in told:
            event.show = show
            event.happened_at = show.starts_at + datetime.timedelta(seconds=second)
        return [event for _second, event in told]

    def _note(self, event):
        """Enter an event; what answers another names the last of its kind."""
        asked = [kind for kind, answers in ShowEvent.ANSWERED_BY.items() if event.kind in answers]
        event.about = (
            ShowEvent.objects.filter(show=event.show, kind__in=asked, follow_ups=None).order_by("id").last()
        )
        show_event.record(event, by=self.operator, at=event.happened_at)

    def _count(self, show, counts, *, at):
        money = {name: Decimal(f"{counts[name]:.2f}") for name in ("amount", "returned_amount")}
        figures = ShowMetrics(show=show, day=business_day(at), **(counts | money))
        metrics.add(figures, by=self.operator, at=at)
