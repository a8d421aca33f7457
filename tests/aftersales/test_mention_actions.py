"""Mentions: brought in and judged, mended by people, set aside, put into a case."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import mention as mention_actions
from aftersales.actions import outlet as outlet_actions
from aftersales.models import Mention, Outlet
from aftersales.rules.heard import accuracy
from aftersales.rules.opinion import WATCH, unseen
from mcn.audit.models import Entry
from mcn.kit.refusal import Denied, WrongState
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.opinion import MentionFactory, OpinionCaseFactory, OutletFactory
from tests.factories.streamers import StreamerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def said(text, **given):
    given = {"outlet": OutletFactory(code="weibo", watched_at=None), "number": "1"} | given
    return Mention(text=text, published_at=given.pop("published_at", AT - HOUR), **given)


@pytest.mark.clause("GDAS 5.4")
def test_what_is_said_is_judged_as_it_comes_in(agent):
    bad, good = said("用了一次就漏电，是假货"), said("很好用，推荐", number="2")
    mention_actions.bring([bad, good], by=agent, at=AT)

    assert (bad.sentiment, bad.alarming, good.sentiment) == ("negative", True, "positive")
    assert "漏电" in bad.alarms
    assert bad.lexicon
    assert Outlet.objects.get().watched_at == AT


def test_numbers_of_people_in_a_text_are_masked(agent):
    mention = mention_actions.enter(said("打13800138000找老板", author="张三丰"), by=agent, at=AT)

    assert mention.text == "打138****8000找老板"
    assert "13800138000" not in "".join(Entry.objects.values_list("changes", flat=True))
    assert "张三丰" not in "".join(Entry.objects.values_list("changes", flat=True))


def test_who_is_named_is_what_it_is_about(agent):
    streamer = StreamerFactory(stage_name="小鹿同学")
    assert mention_actions.enter(said("小鹿同学讲得真好"), by=agent, at=AT).streamer == streamer


def test_a_mention_seen_again_brings_its_new_reach(agent):
    mention = mention_actions.enter(said("很好用"), by=agent, at=AT)
    mention_actions.judge(mention, sentiment="negative", by=agent, at=AT, note="反话")
    mention.reach = 900
    mention_actions.bring([mention], by=agent, at=AT)

    mention.refresh_from_db()
    assert (mention.reach, mention.sentiment, mention.heard) == (900, "negative", "positive")


def test_many_mentions_cost_as_many_queries_as_few(agent, django_assert_max_num_queries):
    rows = [said("差评", number=f"n{place}") for place in range(60)]
    with django_assert_max_num_queries(30):
        mention_actions.bring(rows, by=agent, at=AT)
    assert Mention.objects.filter(sentiment="negative").count() == 60


@pytest.mark.clause("EJAS 7.1.2")
def test_the_accuracy_is_told_by_what_people_judged(agent):
    heard = [("positive", "positive"), ("neutral", "negative"), ("negative", "negative")]
    for machine, person in heard:
        mention = MentionFactory(heard=machine, sentiment=machine)
        mention_actions.judge(mention, sentiment=person, by=agent, at=AT)

    told = accuracy(DAY)
    assert (told.judged, told.percent, told.missed) == (3, 67, 1)


def test_a_mention_is_set_aside_with_a_reason_or_followed(agent):
    aside, followed = MentionFactory(), MentionFactory()
    mention_actions.set_aside(aside, note="同行软文", by=agent, at=AT)
    mention_actions.follow(followed, case=OpinionCaseFactory(), by=agent, at=AT)

    assert (aside.state, followed.state) == ("set_aside", "followed")
    with pytest.raises(ValidationError):
        mention_actions.set_aside(MentionFactory(), note=" ", by=agent, at=AT)


def test_a_closed_case_takes_no_mention(agent):
    case = OpinionCaseFactory(handled=True, state="closed", conclusion="已退换", closed_at=AT)
    with pytest.raises(WrongState):
        mention_actions.follow(MentionFactory(), case=case, by=agent, at=AT)


def test_not_everybody_enters_mentions():
    with pytest.raises(Denied):
        mention_actions.enter(said("很好"), by=StaffFactory(role="auditor"), at=AT)


def test_nothing_was_said_in_the_future(agent):
    with pytest.raises(ValidationError):
        mention_actions.enter(said("很好", published_at=AT + HOUR), by=agent, at=AT)


@pytest.mark.clause("GDAS 5.4")
@pytest.mark.parametrize(
    ("days", "watch_days", "fault"),
    [(0, 1, False), (1, 1, False), (2, 1, True), (6, 7, False), (None, 1, True)],
)
def test_an_outlet_is_looked_through_in_time(days, watch_days, fault):
    seen = None if days is None else AT - datetime.timedelta(days=days)
    outlet = OutletFactory(watched_at=seen, watch_days=watch_days)

    assert bool(WATCH.inspect(outlet, on=DAY).findings) is fault
    assert unseen(DAY).exists() is fault


def test_looking_through_counts_without_a_find(agent):
    outlet = OutletFactory(watched_at=None)
    outlet_actions.watch(outlet, by=agent, at=AT)
    assert not WATCH.inspect(outlet, on=DAY).findings


@pytest.mark.clause("GDAS 5.4")
def test_the_standards_own_outlets_are_shipped():
    for _ in range(2):
        outlet_actions.sync_outlets(at=AT)
        outlet_actions.sync_lexicon(at=AT)
    named = {row.name for row in Outlet.objects.filter(named=True)}
    assert named == {"抖音", "快手", "今日头条", "微信视频号", "新浪微博"}
