"""The streamers' part of the demo: who stands before the camera, where, and what they show."""

import tomllib
from pathlib import Path

from products.demo import seed as goods
from streamers.demo.ads import AdStories
from streamers.demo.conduct import ConductStories
from streamers.demo.rooms import RoomStories
from streamers.demo.runs import RunStories
from streamers.demo.service_plans import PlanStories
from streamers.demo.shows import ShowStories
from streamers.demo.streamers import StreamerStories

DATA = Path(__file__).parent / "data"


def read(name):
    """One file of the streamers' part of the demo."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def people():
    """Everybody who logs in: staff, merchants' people and streamers, as the data has them."""
    return *goods.people(), read("streamers")["streamer"]


def is_there():
    """Whether the demo's people are there already, and so the demo."""
    return goods.is_there()


def begin(*, now, password):
    """The stage with the people on it, as of a moment; ``password`` is the hash that all of them share."""
    return goods.begin(now=now, password=password)


def acts(stage, password):
    """The stories of merchants and products, then those of streamers, rooms and shows."""
    streamers = StreamerStories(stage, read("streamers"), password)
    conduct = ConductStories(stage, read("conduct"), streamers.ids)
    rooms = RoomStories(stage, read("rooms"))
    shows = ShowStories(stage, read("shows"), streamers.ids)
    service_plans, ads = PlanStories(stage, read("service_plans")), AdStories(stage)
    runs = RunStories(stage, read("runs"), streamers.ids, service_plans, ads)
    return [*goods.acts(stage), streamers, conduct, rooms, runs, shows, service_plans, ads]
