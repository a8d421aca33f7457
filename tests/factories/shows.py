"""Shows: the default one is planned for the evening of ``DAY`` with one product, and breaks no clause."""

import datetime

import factory

from mcn.kit import records
from products.models import CardVersion
from streamers.models import CrewMember, Offer, RunItem, Show, ShowCast
from tests.factories import AT, RecordFactory
from tests.factories.accounts import StaffFactory
from tests.factories.ads import advertise
from tests.factories.cards import CardVersionFactory
from tests.factories.preparation import prepare
from tests.factories.products import ProductFactory
from tests.factories.rooms import RoomFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.streamers import StreamerFactory

EVENING = AT.replace(hour=20)
HOURS = datetime.timedelta(hours=2)


class ShowFactory(RecordFactory):
    """A planned show; ``items=3`` for three products, ``items=0`` for none, ``cast=False`` for nobody.

    ``ads=False`` leaves its goods off the register of advertisements.
    """

    class Meta:
        model = Show

    code = factory.Sequence(lambda number: f"L{number + 1:05d}")
    title = "岭南年货专场"
    room = factory.SubFactory(RoomFactory)
    starts_at = EVENING
    ends_at = factory.LazyAttribute(lambda show: show.starts_at + HOURS)
    plan = "面向华南家庭，介绍岭南零食的配料与吃法；主播讲解，运营控场，品控答疑。"
    contingency = "价格或库存有误：运营下架并口播更正；设备中断：十分钟内换备用机，由场控决定。"

    @factory.post_generation
    def cast(self, create, extracted, **kwargs):
        """Cast a host, or the streamer given."""
        if create and extracted is not False:
            ShowCastFactory(show=self, **({"streamer": extracted} if extracted else {}))

    @factory.post_generation
    def crew(self, create, extracted, **kwargs):
        """Fill every duty behind the camera with one person."""
        if create and extracted is not False:
            person = StaffFactory(role="operator")
            rows = [CrewMember(show=self, person=person, role=role) for role in CrewMember.Role]
            records.save_many(rows, by=None, at=AT)

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        """Put products on the run sheet."""
        for _number in range(1 if extracted is None else extracted) if create else []:
            RunItemFactory(show=self)

    @factory.post_generation
    def plans(self, create, extracted, **kwargs):
        """Have every merchant on the run sheet agree on its service plan."""
        if create and extracted is not False:
            merchants = {item.product.merchant for item in self.items.select_related("product__merchant")}
            for merchant in merchants:
                ServicePlanFactory(show=self, merchant=merchant)

    @factory.post_generation
    def ads(self, create, extracted, **kwargs):
        """Put what stands on the run sheet on the register of advertisements, reviewed."""
        if create and extracted is not False:
            advertise(self)

    @factory.post_generation
    def prepared(self, create, extracted, **kwargs):
        """Make ready all that a show needs; ``prepared=False`` leaves it out."""
        if create and extracted is not False:
            prepare(self)


class ShowCastFactory(RecordFactory):
    """A host of a show."""

    class Meta:
        model = ShowCast

    show = factory.SubFactory(ShowFactory, cast=False)
    streamer = factory.SubFactory(StreamerFactory)
    role = ShowCast.Role.HOST


class RunItemFactory(RecordFactory):
    """A product that may be listed, read from its approved card, 100 pieces in stock."""

    class Meta:
        model = RunItem

    show = factory.SubFactory(ShowFactory, items=0)
    product = factory.SubFactory(ProductFactory)
    position = factory.LazyAttribute(lambda item: item.show.items.count() + 1)

    @classmethod
    def _create(cls, model_class, *args, offers=True, card=True, **kwargs):
        if card and "card_version" not in kwargs:
            kwargs["card_version"] = CardVersionFactory(
                card__product=kwargs["product"], state=CardVersion.State.APPROVED
            )
        item = super()._create(model_class, *args, **kwargs)
        for sku in item.product.skus.all() if offers else []:
            OfferFactory(item=item, sku=sku)
        return item


class OfferFactory(RecordFactory):
    """A hundred pieces in stock at the price of every day."""

    class Meta:
        model = Offer

    item = factory.SubFactory(RunItemFactory, offers=False)
    sku = factory.LazyAttribute(lambda offer: offer.item.product.skus.first())
    price = factory.LazyAttribute(lambda offer: offer.sku.price)
    spot = 100
    link = factory.LazyAttribute(lambda offer: f"https://shop.example.com/{offer.sku.code}")
