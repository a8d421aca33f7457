"""Complaints of the demo's buyers: settled, answered, waiting for the merchant or the buyer, just come in."""

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.models import Complaint
from products.models import Product
from streamers.models import RunItem, Show

GIVEN = ["channel", "nature", "urgency", "wish", "amount", "text", "name", "phone", "contact", "reference"]
WAYS = ["accept", "verify", "ask_consumer", "ask_merchant", "resolve", "answer", "call_back", "close"]


class ComplaintStories:
    """A story for each complaint of the data, about goods of the shows that were on air."""

    def __init__(self, stage, data):
        self.stage = stage
        self.rows = data["complaint"]

    def stories(self):
        """One for each complaint."""
        for place, row in enumerate(self.rows):
            yield self._tell(place, row)

    def _tell(self, place, row):
        at = self.stage.calendar.at(row["days"], place * 5)
        yield at
        agent = self.stage.staff("after_sales")
        complaint = Complaint(**{name: row[name] for name in GIVEN if name in row})
        if "redirect" not in row:
            self._point(complaint, place)
        from_outside = complaint.channel == "form"
        intake.receive(complaint, by=None if from_outside else agent, at=at)
        if row["way"] == "redirect":
            intake.redirect(complaint, to=row["redirect"], note=row["why"], by=agent, at=at)
        for day, verb in enumerate(self._steps(row)):
            later = self.stage.calendar.at(min(row["days"] + (day + 1) // 2, 0), place * 5 + day + 1)
            at = max(at, later)
            yield at
            verb(complaint, by=agent, at=at)

    def _point(self, complaint, place):
        """Have a complaint be about goods of one of the shows that were on air, else about goods for sale."""
        shown = RunItem.objects.filter(removed_at=None, show__state=Show.State.ENDED)
        items = list(shown.select_related("product", "show__room").order_by("-show__started_at", "id")[:8])
        if items:
            item = items[place % len(items)]
            complaint.product, complaint.show = item.product, item.show
            complaint.platform_id = item.show.room.platform_id
        else:
            listed = list(Product.objects.filter(state=Product.State.VERIFIED).order_by("id")[:24])
            complaint.product = listed[place * 5 % len(listed)] if listed else None

    def _steps(self, row):
        """The verbs up to the last one that was taken."""
        last = WAYS.index(row["way"]) if row["way"] in WAYS else -1
        reached = WAYS[: last + 1]
        if "accept" in reached:
            yield intake.accept
        if "verify" in reached and row["way"] not in ("ask_consumer", "ask_merchant"):
            yield complaints.verify
        if row["way"] == "ask_consumer":
            yield lambda it, **who: talk.ask_consumer(it, note=row["question"], **who)
        if row["way"] == "ask_merchant" or "resolve" in reached:
            yield lambda it, **who: it.merchant and talk.ask_merchant(it, note=row["ask"], **who)
        if "resolve" in reached:
            yield lambda it, **who: it.merchant and talk.reply(it, text=row["reply"], **who)
            for kind, note in row.get("steps", []):
                yield lambda it, kind=kind, note=note, **who: talk.record(it, kind=kind, note=note, **who)
            yield lambda it, **who: complaints.resolve(it, **self._reasons(row), **who)
        if "answer" in reached:
            yield lambda it, **who: complaints.answer(it, ways=["phone", "sms"], **who)
        if "call_back" in reached:
            yield lambda it, **who: complaints.call_back(it, satisfaction=row["satisfaction"], **who)
        if "close" in reached:
            yield complaints.close

    def _reasons(self, row):
        return {name: row[name] for name in ("outcome", "conclusion", "basis", "next_step")}
