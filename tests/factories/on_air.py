"""Shows on air: their timelines and what they came to."""

import datetime
from decimal import Decimal

import factory

from mcn.kit import records
from streamers.models import ItemMetrics, RunItem, Show, ShowEvent, ShowMetrics
from tests.factories import DAY, RecordFactory
from tests.factories.shows import EVENING, ShowFactory

NEXT_DAY = DAY + datetime.timedelta(days=1)


def after(**span):
    """A moment of a show that began on time."""
    return EVENING + datetime.timedelta(**span)


class LiveShowFactory(ShowFactory):
    """A show that began on time and is on air; ``ended_at=after(hours=2)`` for one that is over."""

    @classmethod
    def _create(cls, model_class, *args, started_at=EVENING, ended_at=None, **kwargs):
        show = super()._create(model_class, *args, **kwargs)
        show.ran = started_at, ended_at
        return show

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """It goes on air when all that a show needs was made, for nothing is prepared any more then."""
        instance.refresh_from_db()
        instance.started_at, instance.ended_at = instance.ran
        instance.state = Show.State.ENDED if instance.ended_at else Show.State.LIVE
        records.save(instance, by=None, at=instance.started_at)


# A show whose figures alone matter: nobody and nothing of it was made ready.
BARE = dict.fromkeys(("cast", "crew", "plans", "ads", "prepared"), False)


class ShowEventFactory(RecordFactory):
    """The product is put on the table after five minutes: ``kind``, ``second`` for another event."""

    class Meta:
        model = ShowEvent

    show = factory.SubFactory(LiveShowFactory)
    kind = ShowEvent.Kind.ON_TABLE
    second = 300
    happened_at = factory.LazyAttribute(
        lambda event: event.show.started_at + datetime.timedelta(seconds=event.second)
    )
    recorded_at = factory.SelfAttribute("happened_at")
    item = factory.LazyAttribute(lambda event: event.show.items.first())


class ShowMetricsFactory(RecordFactory):
    """What a show came to by the day after: everything agrees."""

    class Meta:
        model = ShowMetrics

    show = factory.SubFactory(LiveShowFactory, ended_at=after(hours=2), **BARE)
    day = NEXT_DAY
    viewers = 52_000
    peak = 3_100
    new_followers = 640
    exposures = 41_000
    clicks = 6_150
    orders = 45
    units = 60
    amount = Decimal("1500.00")
    returned_units = 3
    returned_amount = Decimal("75.00")


class ItemMetricsFactory(RecordFactory):
    """What the first product of a show came to by the day after."""

    class Meta:
        model = ItemMetrics

    item = factory.LazyFunction(
        lambda: RunItem.objects.get(show=LiveShowFactory(ended_at=after(hours=2), **BARE))
    )
    day = NEXT_DAY
    exposures = 20_000
    clicks = 3_000
    orders = 45
    units = 60
    amount = Decimal("1500.00")
    returned_units = 3
