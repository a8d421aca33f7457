"""The whole demo, told from its first day to today: goods first, shows beside them, buyers at the end."""

import tomllib
from pathlib import Path

from aftersales.demo.clocks import LadderStories
from aftersales.demo.complaints import ComplaintStories
from aftersales.demo.emergencies import EmergencyStories
from aftersales.demo.figures import FigureStories
from aftersales.demo.knowledge import KnowledgeStories
from aftersales.demo.opinion import OpinionStories
from aftersales.demo.order_service import OrderServiceStories
from aftersales.demo.orders import OrderStories
from aftersales.demo.promises import PromiseStories
from aftersales.demo.returns import ReturnStories
from aftersales.demo.reviews import ReviewStories
from products.demo.timeline import tell
from streamers.demo import seed as shows
from streamers.demo.seed import is_there, people

__all__ = ["is_there", "people", "seed"]
DATA = Path(__file__).parent / "data"


def read(name):
    """One file of the after-sales part of the demo."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def seed(*, now, password):
    """Make the demo as of a moment; ``password`` is the hash that all its people share."""
    stage = shows.begin(now=now, password=password)
    buyers = [
        EmergencyStories(stage, read("emergencies")),
        OrderStories(stage, read("orders")),
        KnowledgeStories(stage, read("knowledge")),
        PromiseStories(stage, read("promises")),
        ComplaintStories(stage, read("complaints")),
        ReturnStories(stage, read("returns")),
        OrderServiceStories(stage, read("orders")),
        OpinionStories(stage, read("opinion")),
        ReviewStories(stage, read("reviews")),
    ]
    # Told and counted at the end, of all that happened.
    acts = [*shows.acts(stage, password), *buyers, LadderStories(stage), FigureStories(stage)]
    tell([story for act in acts for story in act.stories()])
    return stage
