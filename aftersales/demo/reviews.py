"""What the demo's buyers thought of goods and service, and what was improved because of it."""

import datetime
from decimal import Decimal

from aftersales.actions import improvement as actions
from aftersales.actions import nonconformity as nonconformities
from aftersales.actions import pilot as pilots
from aftersales.actions import review as reviews
from aftersales.models import (
    Cause,
    GoodPractice,
    ImprovementAction,
    Nonconformity,
    Pilot,
    Review,
    ReviewDimension,
    Service,
)
from mcn.agency.models import Platform
from products.models import Product
from streamers.models import Streamer

ASKED = ["truth", "quality", "delivery", "host"]
FIRST_HALF, LAST_DAYS = -8, -1
# The actions of the data with their kind and the day on which each is due.
Kind = ImprovementAction.Kind
PLANS = [("verified", Kind.CORRECTION, 0), ("done", Kind.CORRECTIVE, 7), ("planned", Kind.PREVENTIVE, 21)]


class ReviewStories:
    """Reviews as the platform gives them, answered by the merchant; then the shortfall that they told of."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """Two: what was said, and what was mended."""
        yield self._reviews()
        yield self._improvement()

    def _reviews(self):
        calendar = self.stage.calendar
        for since, until in [(-100, FIRST_HALF), (FIRST_HALF, LAST_DAYS), (LAST_DAYS, 0)]:
            at = calendar.at(until, 7)
            yield at
            rows = [row for row in self.data["given"] if since < row[0] <= until]
            reviews.bring([self._review(row, at=at) for row in rows], by=None, at=at)
            for row in rows:
                if len(row) > len("dpsat"):
                    given = Review.objects.get(number=self._number(row))
                    reviews.answer(given, cause=row[5], answer=row[6], by=self.stage.owner("yuexiang"), at=at)

    def _number(self, row):
        return str(self.data["first_number"] + self.data["given"].index(row))

    def _review(self, row, *, at):
        days, code, stars, author, text, *_answered = row
        dimensions = {
            row.code: row for row in ReviewDimension.objects.filter(service=Service.PURCHASE, code__in=ASKED)
        }
        review = Review(
            platform=Platform.objects.get(code=self.data["platform"]),
            number=self._number(row),
            product=Product.objects.filter(code=code).first(),
            streamer=Streamer.objects.filter(stage_name=self.data["streamer"]).first(),
            anonymous=not author,
            author=author,
            text=text,
            given_at=min(self.stage.calendar.at(days), at),
        )
        return review, {dimensions[name]: number for name, number in zip(ASKED, stars, strict=True)}

    def _improvement(self):
        calendar, agent = self.stage.calendar, self.stage.staff("after_sales")
        found, lead = self.data["found"], self.stage.staff("after_sales_lead")
        at = calendar.at(found["days"], 11)
        yield at
        row = self._found(found, source=Nonconformity.Source.REVIEW, at=at)
        for bone, text, evidence in found["causes"]:
            cause = Cause(nonconformity=row, bone=bone, text=text, evidence=evidence)
            nonconformities.keep(cause, by=agent, at=at)
        root = row.causes.order_by("id")[found["root"]]
        nonconformities.mark_root(root, evidence=root.evidence, by=agent, at=at)
        nonconformities.settle(row, root_cause=found["root_cause"], by=agent, at=at)
        verified, done, _planned = [
            self._plan(row, found[name], kind=kind, due=due, at=at) for name, kind, due in PLANS
        ]
        at = calendar.at(-2, 3)
        yield at
        actions.finish(verified, result=found["verified"][3], by=agent, at=at)
        actions.verify(verified, effect=found["verified"][4], by=lead, at=at)
        self._found(self.data["watching"], source=Nonconformity.Source.KPI, at=at)
        yield calendar.at(-1, 3)
        actions.finish(done, result=found["done"][3], by=agent, at=calendar.at(-1, 3))
        self._share(at=calendar.at(-1, 3))

    def _found(self, words, *, source, at):
        """A shortfall with the whys that were asked so far."""
        agent = self.stage.staff("after_sales")
        row = Nonconformity(
            source=source,
            found_on=self.stage.calendar.on(words["days"]),
            owner=agent,
            serious="team" in words,
            team=words.get("team", ""),
            consumers=words.get("consumers", ""),
            **{name: words[name] for name in ("title", "facts", "measure")},
            **{name: Decimal(words[name]) for name in ("target", "actual")},
        )
        told = []
        if source == Nonconformity.Source.REVIEW:
            row.product = Product.objects.get(code="YX-101")
            told = list(Review.objects.filter(product=row.product, negative=True))
        nonconformities.find(row, by=agent, at=at, reviews=told)
        for question, answer, evidence in words["whys"]:
            asked = {"question": question, "answer": answer, "evidence": evidence}
            nonconformities.ask_why(row, by=agent, at=at, **asked)
        return row

    def _plan(self, row, words, *, kind, due, at):
        what, how, goal, *_rest = words
        planned = ImprovementAction(
            nonconformity=row,
            kind=kind,
            what=what,
            how=how,
            goal=goal,
            owner=self.stage.staff("after_sales"),
            merchant=row.product and row.product.merchant,
            due_on=self.stage.calendar.on(due),
        )
        return actions.plan(planned, by=self.stage.staff("after_sales_lead"), at=at)

    def _share(self, *, at):
        """A pilot that runs, and a good practice that everybody may read."""
        agent, lead = self.stage.staff("after_sales"), self.stage.staff("after_sales_lead")
        words = dict(self.data["pilot"])
        begins = self.stage.calendar.on(words.pop("days"))
        ends = begins + datetime.timedelta(days=words.pop("length"))
        trial = pilots.add(Pilot(owner=agent, starts_on=begins, ends_on=ends, **words), by=agent, at=at)
        pilots.start(trial, by=lead, at=at)
        practice = pilots.add(GoodPractice(pilot=trial, **self.data["practice"]), by=agent, at=at)
        pilots.publish(practice, by=lead, at=at)
