"""The coming shows of the demo: planned, cast, filled with products, one called off."""

import datetime

from mcn.kit.clock import SHANGHAI
from streamers.actions import run_sheet
from streamers.actions import show as shows
from streamers.models import CrewMember, Offer, Room, Show, ShowCast, Streamer


class ShowStories:
    """The stories of shows; each is planned on its day, some days before it goes on air."""

    def __init__(self, stage, data, ids):
        self.stage = stage
        self.data = data
        self.ids = ids

    def stories(self):
        """One for each show."""
        for place, row in enumerate(self.data["show"], 1):
            yield self._show(place, row)

    def _show(self, place, row):
        at = self.stage.calendar.at(row["planned"], place)
        yield at
        show = self._plan(row, at=at)
        self._people(show, row, at=at)
        run_sheet.pick_numbers(show, row["products"], by=self.stage.staff("operator"), at=at)
        self._promise(show, row["spot"], at=at)
        if "cancelled" in row:
            day, note = row["cancelled"]
            at = self.stage.calendar.at(day, place)
            yield at
            shows.cancel(show, note=note, by=self.stage.staff("operator"), at=at)

    def _plan(self, row, *, at):
        hour = datetime.time(row["hour"], tzinfo=SHANGHAI)
        starts_at = datetime.datetime.combine(self.stage.calendar.on(row["day"]), hour)
        told = {name: row[name] for name in ("title", "cover_text", "plan", "contingency")}
        ends_at = starts_at + datetime.timedelta(hours=row["hours"])
        room = Room.objects.get(account=row["room"])
        show = Show(room=room, starts_at=starts_at, ends_at=ends_at, **told)
        return shows.plan(show, by=self.stage.staff("operator"), at=at)

    def _people(self, show, row, *, at):
        by = self.stage.staff("operator")
        for key, part in row["cast"]:
            streamer = Streamer.objects.get(pk=self.ids[key])
            shows.cast(ShowCast(show=show, streamer=streamer, role=part), by=by, at=at)
        for duty, role in row["crew"]:
            person = self.stage.staff(role)
            shows.assign(CrewMember(show=show, person=person, role=duty), by=by, at=at)

    def _promise(self, show, pieces, *, at):
        """Promise some pieces of every SKU, as far as the merchant has declared so many."""
        offers = list(Offer.objects.filter(item__show=show).select_related("item__show", "sku"))
        for offer in offers:
            offer.spot = min(pieces, offer.sku.stock or 0)
        run_sheet.offer(offers, by=self.stage.staff("operator"), at=at)
