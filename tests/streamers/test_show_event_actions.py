"""What is noted on air: once, in its second, and done at once where it is a measure."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import show_event as event_actions
from streamers.models import Show, ShowEvent, StreamerHold, Violation
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import ViolationCodeFactory
from tests.factories.on_air import LiveShowFactory, ShowEventFactory, after
from tests.factories.products import ProductHoldFactory
from tests.factories.shows import EVENING, ShowFactory
from tests.factories.streamers import StreamerFactory

Kind = ShowEvent.Kind
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def show():
    return LiveShowFactory()


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


def note(show, kind=Kind.NOTE, *, by=None, at=None, code=None, hold=False, **said):
    if kind in ShowEvent.WORDED:
        said.setdefault("text", "换了备用话筒")
    event = ShowEvent(show=show, kind=kind, **said)
    return event_actions.record(event, code=code, hold=hold, by=by, at=at or after(minutes=10))


def test_an_entry_has_its_second_and_who_noted_it(show, operator):
    event = note(show, by=operator, happened_at=after(minutes=3, seconds=7))

    event.refresh_from_db()
    assert (event.second, event.clock, event.by) == (187, "00:03:07", operator)
    assert event.recorded_at == after(minutes=10)


def test_the_same_key_is_noted_once(show, operator):
    key = uuid.uuid4()
    first = note(show, by=operator, key=key)
    again = note(show, by=operator, key=key, at=after(minutes=11))

    assert again.pk == first.pk
    assert ShowEvent.objects.count() == 1


def test_one_key_is_each_shows_own(show, operator):
    other, key = LiveShowFactory(), uuid.uuid4()

    assert note(show, key=key).pk != note(other, key=key).pk


@pytest.mark.parametrize(
    ("happened_at", "second"),
    [
        (after(seconds=-30), 0),  # a browser's clock that is a little slow
        (after(minutes=10, seconds=40), 600),  # and one that is a little fast
    ],
)
def test_a_clock_that_is_a_little_wrong_is_set_right(show, happened_at, second):
    assert note(show, happened_at=happened_at).second == second


@pytest.mark.parametrize("happened_at", [after(minutes=-5), after(minutes=15)])
def test_a_moment_before_the_show_or_still_to_come_is_refused(show, happened_at):
    with pytest.raises(ValidationError):
        note(show, happened_at=happened_at)


def test_nothing_is_noted_of_a_show_that_has_not_begun():
    with pytest.raises(WrongState):
        note(ShowFactory())


def test_what_waited_for_the_connection_comes_in_after_the_end():
    show = LiveShowFactory(ended_at=after(hours=2))

    late = note(show, happened_at=after(hours=1), at=after(hours=3))
    past = note(show, at=after(hours=3))

    assert (late.second, past.second) == (3600, 7200)
    with pytest.raises(Refused, match="24"):
        note(show, at=after(hours=27))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.ON_TABLE, {}),
        (Kind.SAID, {"topic": ""}),
        (Kind.REMINDER, {"text": ""}),
        (Kind.RETRACT, {}),
        (Kind.PRICE, {}),
    ],
)
def test_an_entry_says_what_its_kind_asks_for(show, kind, said):
    if kind == Kind.SAID:
        said = {**said, "item": show.items.get()}
    with pytest.raises(ValidationError):
        note(show, kind, **said)


def test_what_belongs_to_another_show_is_refused(show):
    other = LiveShowFactory()
    for said in (
        {"item": other.items.get()},
        {"streamer": StreamerFactory()},
        {"about": ShowEventFactory(show=other)},
    ):
        with pytest.raises(ValidationError):
            note(show, **said)


def test_who_may_not_keep_the_timeline_is_refused(show):
    with pytest.raises(Denied):
        note(show, by=StaffFactory(role="auditor"))
    with pytest.raises(Denied):
        note(show, Kind.BAN, by=StaffFactory(role="operator"), streamer=show.cast.get().streamer)


def test_an_entry_by_mistake_is_taken_back_by_another(show):
    event = note(show)
    note(show, Kind.RETRACT, about=event)

    assert ShowEvent.objects.count() == 2
    with pytest.raises(Refused):
        note(show, Kind.RETRACT, about=event)


def test_a_measure_is_not_taken_back(show):
    done = note(show, Kind.TAKE_DOWN, item=show.items.get())
    with pytest.raises(Refused):
        note(show, Kind.RETRACT, about=done)


@pytest.mark.clause("DB4401 5.3.2.5")
def test_a_reminder_reports_the_violation_with_its_second(show, operator):
    streamer = show.cast.get().streamer
    event = note(
        show,
        Kind.REMINDER,
        by=operator,
        streamer=streamer,
        code=ViolationCodeFactory(),
        text="口播“三天见效”",
    )

    violation = Violation.objects.get()
    assert (event.violation, violation.recording_second) == (violation, 600)
    assert (violation.streamer, violation.reported_by) == (streamer, operator)
    assert show.code in violation.place


def test_a_violation_is_somebodys(show):
    with pytest.raises(ValidationError):
        note(show, Kind.REMINDER, code=ViolationCodeFactory())


@pytest.mark.clause("DB4401 5.3.3 c")
def test_price_and_quantity_change_on_air_and_the_old_value_stays_on_record(show, operator):
    item = show.items.get()
    offer = item.offers.get()
    old = offer.price
    price = note(show, Kind.PRICE, by=operator, item=item, offer=offer, after=old - 1, text="限时")
    stock = note(show, Kind.STOCK, item=item, offer=offer, topic="spot", after=Decimal(80), text="调拨")

    offer.refresh_from_db()
    assert (offer.price, offer.spot) == (old - 1, 80)
    assert (price.before, price.after, stock.before, stock.after) == (old, old - 1, 100, 80)


def test_no_more_is_promised_on_air_than_the_merchant_has(show):
    item = show.items.get()
    offer = item.offers.get()
    too_much = (offer.sku.stock or 0) + 1
    with pytest.raises(Refused):
        note(show, Kind.STOCK, item=item, offer=offer, topic="spot", after=Decimal(too_much), text="加单")

    offer.refresh_from_db()
    assert offer.spot == 100
    assert not ShowEvent.objects.exists()


def test_after_the_show_no_price_changes():
    show = LiveShowFactory(ended_at=after(hours=2))
    item = show.items.get()
    with pytest.raises(WrongState):
        note(show, Kind.PRICE, item=item, offer=item.offers.get(), after=Decimal(1), at=after(hours=3))


@pytest.mark.clause("DB4401 5.1.5.2 a")
def test_stopping_ends_the_show_in_that_second(show, operator):
    note(show, Kind.STOP, by=operator, text="主播失控", happened_at=after(minutes=9), at=after(minutes=10))

    show.refresh_from_db()
    assert (show.state, show.ended_at) == (Show.State.ENDED, after(minutes=9))


@pytest.mark.clause("DB4401 5.1.5.2 b")
@pytest.mark.parametrize("hold", [True, False])
def test_goods_taken_down_are_held_where_asked(show, hold):
    item = show.items.get()
    note(show, Kind.TAKE_DOWN, item=item, text="实物与链接不符", hold=hold)

    assert item.product.holds.count() == hold


@pytest.mark.clause("DB4401 5.1.5.2 c")
def test_a_ban_holds_streamer_and_room_and_ends_the_show(show):
    streamer = show.cast.get().streamer
    note(show, Kind.BAN, by=StaffFactory(role="compliance"), streamer=streamer, text="诱导线下交易")

    show.refresh_from_db()
    hold = StreamerHold.objects.get()
    assert (hold.streamer, hold.clause, show.state) == (streamer, "DB4401 5.1.5.2 c", "ended")
    assert hold.holds(EVENING.date())
    assert show.room.holds.get().clause == "DB4401 5.1.5.2 c"


@pytest.mark.clause("DB4401 5.1.5.1")
def test_an_answer_with_a_banned_term_is_marked(show):
    event = note(show, Kind.ANSWER, item=show.items.get(), text="这款是全网最低价")

    assert "banned" in {hit["outcome"] for hit in event.hits}
    assert note(show, Kind.REMINDER, text="口播了全网最低价").hits == []


@pytest.mark.clause("DB4401 5.1.5.2 b", "LSMS 6.2 b")
def test_what_is_held_during_the_show_is_an_alert_on_its_timeline_once(show):
    assert event_actions.watch(at=after(minutes=5)) == 0
    ProductHoldFactory(product=show.items.get().product)

    first, again = (event_actions.watch(at=after(minutes=minute)) for minute in (6, 7))

    alert = ShowEvent.objects.get()
    assert (first, again, alert.kind, alert.second, alert.by) == (1, 0, "alert", 360, None)
    assert "DB4401 5.1.5.2" in alert.text


def test_alerts_are_raised_by_nobody_but_the_product(show, operator):
    with pytest.raises(ValidationError):
        note(show, Kind.ALERT, by=operator)
