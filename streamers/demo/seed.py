"""The whole demo, told from its first day to today: merchants and products first, streamers beside them."""

import tomllib
from pathlib import Path

from products.demo import seed as goods
from products.demo.timeline import tell
from streamers.demo.ads import AdStories
from streamers.demo.conduct import ConductStories
from streamers.demo.rooms import RoomStories
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


def seed(*, now, password):
    """Make the demo as of a moment; ``password`` is the hash that all its people share."""
    stage = goods.begin(now=now, password=password)
    streamers = StreamerStories(stage, read("streamers"), password)
    conduct = ConductStories(stage, read("conduct"), streamers.ids)
    rooms = RoomStories(stage, read("rooms"))
    shows = ShowStories(stage, read("shows"), streamers.ids)
    service_plans = PlanStories(stage, read("service_plans"))
    ads = AdStories(stage)
    acts = [*goods.acts(stage), streamers, conduct, rooms, shows, service_plans, ads]
    tell([story for act in acts for story in act.stories()])
    return stage
