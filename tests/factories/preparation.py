"""What is made ready for a show: each row is good for the show as it stands when it is made."""

import factory

from mcn.kit import records
from streamers.models import CastReview, IdentityReport, Rehearsal, Script, Show, ShowCheck
from streamers.rules import cast_review, identity_report, rehearsal, show_check
from streamers.rules.preparation import for_preparation
from tests.factories import AT, DAY, RecordFactory

SHOW = "tests.factories.shows.ShowFactory"
ALL_RIGHT = dict.fromkeys(CastReview.Aspect.values, "good")
WORDS = "欢迎来到直播间，今天带大家认识岭南零食的配料与吃法，价格与库存以链接为准。"


def seen(show):
    """A show with what the digests of its preparation read."""
    [loaded] = for_preparation(Show.objects.filter(pk=show.pk))
    return loaded


def prepare(show):
    """Make ready all that a show needs, as it stands now."""
    script = Script(show=show, number=1, text=WORDS, state=Script.State.APPROVED)
    records.save(script, by=None, at=AT)
    loaded = seen(show)
    checks = [
        ShowCheck(
            show=show,
            item=item,
            outcome="good",
            note="现场核对" if item == ShowCheck.Item.EQUIPMENT else "",
            digest=show_check.digest(loaded, item),
            checked_at=AT,
        )
        for item in ShowCheck.Item
    ]
    reviews = [
        CastReview(
            show=show,
            streamer_id=row.streamer_id,
            product_id=item.product_id,
            answers=ALL_RIGHT,
            outcome="good",
            digest=cast_review.digest(item),
            reviewed_at=AT,
        )
        for row in cast_review.reviewers(loaded)
        for item in loaded.items.all()
    ]
    for rows in (checks, reviews):
        records.save_many(rows, by=None, at=AT)
    RehearsalFactory(show=show, digest=rehearsal.digest(loaded))
    if people := identity_report.people(loaded):
        IdentityReportFactory(show=show, platform=loaded.room.platform, people=people)


class ShowCheckFactory(RecordFactory):
    """The venue found good."""

    class Meta:
        model = ShowCheck

    show = factory.SubFactory(SHOW, prepared=False)
    item = ShowCheck.Item.VENUE
    outcome = "good"
    digest = factory.LazyAttribute(lambda row: show_check.digest(seen(row.show), row.item))
    checked_at = AT


class CastReviewFactory(RecordFactory):
    """A product found as told by the host of its show."""

    class Meta:
        model = CastReview

    show = factory.SubFactory(SHOW, prepared=False)
    streamer = factory.LazyAttribute(lambda row: row.show.cast.first().streamer)
    product = factory.LazyAttribute(lambda row: row.show.items.first().product)
    answers = ALL_RIGHT
    digest = factory.LazyAttribute(
        lambda row: cast_review.digest(
            next(item for item in seen(row.show).items.all() if item.product_id == row.product.pk)
        )
    )
    reviewed_at = AT


class ScriptFactory(RecordFactory):
    """A draft of a whole show's script."""

    class Meta:
        model = Script

    show = factory.SubFactory(SHOW, prepared=False)
    number = 1
    text = WORDS


class RehearsalFactory(RecordFactory):
    """A rehearsal at which everybody was and that found the show fit."""

    class Meta:
        model = Rehearsal

    show = factory.SubFactory(SHOW, prepared=False)
    held_at = AT
    with_entity = with_cast = with_marketers = True
    outcome = Rehearsal.Outcome.PASSED
    safeguards = "场控提词；主播口误由运营当场更正"
    digest = factory.LazyAttribute(lambda row: rehearsal.digest(seen(row.show)))
    recorded_at = AT


class IdentityReportFactory(RecordFactory):
    """That the platform of the room was told of the cast on ``DAY``."""

    class Meta:
        model = IdentityReport

    show = factory.SubFactory(SHOW, prepared=False)
    platform = factory.LazyAttribute(lambda row: row.show.room.platform)
    reported_on = DAY
    receipt = factory.Sequence(lambda number: f"SF-{number:06d}")
    people = factory.LazyAttribute(lambda row: identity_report.people(seen(row.show)))
    recorded_at = AT
