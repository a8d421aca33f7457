"""What a show owes on air: told, corrected, answered; and what its console has to say now."""

import datetime

import pytest

from mcn.kit import records
from mcn.standards.checks import Report
from streamers.models import Show, ShowEvent, Topic
from streamers.rules import alerts, go_live
from streamers.rules.on_air import ON_AIR, for_inspection
from streamers.rules.picture import picture
from streamers.rules.to_say import to_say
from tests.factories import AT, DAY
from tests.factories.cards import CardVersionFactory, SellingPointFactory
from tests.factories.on_air import LiveShowFactory, ShowEventFactory, after
from tests.factories.products import ProductHoldFactory

Kind = ShowEvent.Kind


def loaded(show):
    return for_inspection(Show.objects.filter(pk=show.pk))[0]


def tell_all(show, *, but=()):
    """Put the product on the table and say all that has to be said of it."""
    item = loaded(show).items.all()[0]
    ShowEventFactory(show=show, item=item)
    ShowEventFactory(show=show, kind=Kind.COMMENT, text="清理广告评论 6 条")
    for second, line in enumerate(to_say(item), 310):
        if line.topic not in but:
            ShowEventFactory(show=show, item=item, kind=Kind.SAID, topic=line.topic, second=second)


def found(show):
    return {finding.clause for finding in ON_AIR.inspect(show, on=DAY).findings}


@pytest.fixture
def show():
    return LiveShowFactory(ended_at=after(hours=2))


def test_a_show_that_tells_all_has_nothing_found(show):
    tell_all(show)
    assert found(show) == set()


def test_what_the_card_sets_aside_need_not_be_said(show):
    item = loaded(show).items.all()[0]
    topics = {line.topic for line in to_say(item)}
    item.card_version.not_applicable = {"dates": "不会变质"}

    assert Topic.DATES in topics
    assert {line.topic for line in to_say(item)} == topics - {Topic.DATES}


@pytest.mark.clause(
    "DB4401 6.3.1 a",
    "GDAS 5.2.2 a",
    "LSEC 32",
    "DB4401 5.2.3.4 a",
    "DB4401 5.2.3.4 b",
    "DB4401 5.2.3.4 c",
    "DB4401 5.2.3.4 d",
    "DB4401 5.2.3.4 e",
    "DB4401 5.2.3.4 g",
)
@pytest.mark.parametrize(
    ("topic", "clauses"),
    [
        (Topic.PRICE, {"DB4401 6.3.1 a"}),
        (Topic.DELIVERY, {"DB4401 6.3.1 a"}),
        (Topic.SPOT, {"DB4401 6.3.1 a"}),
        (Topic.RETURNS, {"DB4401 6.3.1 a"}),
        (Topic.HAZARDS, {"DB4401 5.2.3.4 a"}),
        (Topic.WARNINGS, {"DB4401 5.2.3.4 b"}),
        (Topic.ACCIDENT, {"DB4401 5.2.3.4 c"}),
        (Topic.PROMISES, {"DB4401 5.2.3.4 d", "DB4401 6.3.1 a"}),
        (Topic.DATES, {"DB4401 5.2.3.4 e"}),
        (Topic.PROMOTION, {"DB4401 5.2.3.4 g"}),
    ],
)
def test_what_was_left_unsaid_is_found_under_its_clause(show, topic, clauses):
    tell_all(show, but=[topic])
    assert found(show) == clauses


@pytest.mark.clause("DB4401 5.2.3.4 f")
def test_the_source_is_told_where_more_is_said_than_the_papers_hold(show):
    version = CardVersionFactory(points=False)
    SellingPointFactory(card_version=version, beyond_papers=True, source="某报 2026-02-01")
    version.state, version.submitted_at, version.decided_at = "approved", AT, AT
    records.save(version, by=None, at=AT)
    show.items.update(card_version=version)
    tell_all(show, but=[Topic.SOURCE])

    assert found(show) == {"DB4401 5.2.3.4 f"}


@pytest.mark.clause(
    "DB4401 5.2.2.6", "LSEC 31", "DB4401 6.3.1 b", "DB4401 5.3.3 d", "GDAS 5.2.2 b", "DB4401 5.3.3 e"
)
@pytest.mark.parametrize(
    ("kind", "answer", "clause"),
    [
        (Kind.REMINDER, Kind.CORRECTION, "DB4401 5.2.2.6"),
        (Kind.QUESTION, Kind.ANSWER, "DB4401 6.3.1 b"),
        (Kind.QUESTION, Kind.DEMONSTRATION, "DB4401 6.3.1 b"),
        (Kind.INCIDENT, Kind.NOTE, "DB4401 5.3.3 e"),
    ],
)
def test_what_stands_open_is_found_until_it_is_answered(show, kind, answer, clause):
    tell_all(show)
    event = ShowEventFactory(show=show, kind=kind, text="说成“三天见效”", second=400)
    before = found(show)

    ShowEventFactory(show=show, kind=answer, text="更正：没有这样的效果", about=event, second=420)

    assert (before, found(show)) == ({clause}, set())


@pytest.mark.clause("DB4401 4 b", "LSMS 6.2 b", "LSMS 6.3.1", "DB4401 5.6.3.6")
def test_a_show_that_nobody_watched_is_found(show):
    assert found(show) == {"DB4401 4 b", "DB4401 5.6.3.7"}


@pytest.mark.clause("DB4401 5.1.5.1", "LSMS 6.2 e")
def test_a_banned_term_is_found_until_it_is_corrected(show):
    tell_all(show)
    hits = [{"outcome": "banned", "matched": "全网最低价"}]
    event = ShowEventFactory(show=show, kind=Kind.ANSWER, text="全网最低价", hits=hits, second=500)
    assert found(show) == {"DB4401 5.1.5.1"}

    ShowEventFactory(show=show, kind=Kind.CORRECTION, text="口误", about=event, second=510)
    assert found(show) == set()


@pytest.mark.clause("DB4401 5.6.3.5")
def test_a_deal_past_the_platform_stays_found_though_it_was_corrected(show):
    tell_all(show)
    hits = [{"outcome": "banned", "kind": "off_platform", "matched": "加我微信"}]
    event = ShowEventFactory(show=show, kind=Kind.ANSWER, text="加我微信", hits=hits, second=500)
    ShowEventFactory(show=show, kind=Kind.CORRECTION, text="请在平台下单", about=event, second=510)

    assert found(show) == {"DB4401 5.6.3.5"}


@pytest.mark.clause("DB4401 5.6.3.7")
def test_that_comments_were_looked_after_is_noted(show):
    tell_all(show)
    ShowEvent.objects.filter(kind=Kind.COMMENT).delete()

    assert found(show) == {"DB4401 5.6.3.7"}


def test_what_was_taken_back_does_not_count(show):
    tell_all(show)
    said = ShowEvent.objects.get(topic=Topic.PRICE)
    ShowEventFactory(show=show, kind=Kind.RETRACT, about=said, text="点错了", second=600)

    assert found(show) == {"DB4401 6.3.1 a"}


def test_many_shows_ask_as_many_queries_as_one(django_assert_max_num_queries, show):
    tell_all(show)
    with django_assert_max_num_queries(12) as one:
        ON_AIR.inspect_many(Show.objects.all(), on=DAY)
    for _number in range(3):
        tell_all(LiveShowFactory(items=2, ended_at=after(hours=2)))

    with django_assert_max_num_queries(len(one)):
        ON_AIR.inspect_many(Show.objects.all(), on=DAY)


def test_the_picture_follows_the_seconds_and_not_the_order_of_arrival():
    show = LiveShowFactory(items=2)
    first, second = show.items.all()
    ShowEventFactory(show=show, item=second, second=900)
    ShowEventFactory(show=show, item=first, second=300)
    ShowEventFactory(show=show, item=second, kind=Kind.SOLD_OUT, second=1000)

    now = picture(ShowEvent.objects.all())

    assert (now.on_table, now.shown, now.sold_out) == (
        second.pk,
        {first.pk: 300, second.pk: 900},
        {second.pk},
    )


@pytest.mark.clause("DB4401 5.1.5.2 b")
def test_a_hold_placed_during_the_show_is_an_alert():
    show = LiveShowFactory()
    ProductHoldFactory(product=show.items.get().product)

    raised = list(alerts.of_findings(go_live.report(show, at=after(minutes=5)).findings))

    assert [alert.tone for alert in raised if "5.1.5.2" in alert.about] == ["bad"]


def test_the_console_is_told_what_the_show_owes_now():
    show = LiveShowFactory(items=2)
    first, second = show.items.all()
    ShowEventFactory(show=show, item=first, second=60)
    ShowEventFactory(show=show, item=second, second=120)
    ShowEventFactory(show=show, kind=Kind.REMINDER, text="夸大", second=130)
    ShowEventFactory(show=show, item=second, kind=Kind.SOLD_OUT, second=140)

    soon = list(alerts.of_timeline(loaded(show), at=after(minutes=3)))
    late = list(alerts.of_timeline(loaded(show), at=after(minutes=20)))
    over = list(alerts.of_timeline(loaded(show), at=after(hours=3)))

    assert [alert.tone for alert in soon] == ["bad", "warn", "warn"]
    assert [alert.item for alert in soon] == [second.pk, first.pk, first.pk]
    assert [alert.tone for alert in late] == ["bad", "bad", "warn", "warn"]
    assert len(over) == len(late) + 1


def test_a_quiet_console_has_no_alert():
    show = LiveShowFactory()
    tell_all(show)
    gate = Report(go_live.report(show, at=after(minutes=6)).findings)

    assert list(alerts.of_findings(gate.findings)) == []
    assert list(alerts.of_timeline(loaded(show), at=after() + datetime.timedelta(minutes=6))) == []
