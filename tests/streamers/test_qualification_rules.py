"""Qualifications: which papers count, who was told, who may speak in which field, and what blocks a show."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.kit.refusal import Denied, Refused
from merchants.models import Profession
from streamers.actions import credential as credential_actions
from streamers.actions import qualification as qualification_actions
from streamers.models import Qualification, Specialism, Streamer
from streamers.rules.hosting import HOSTING
from streamers.rules.qualification import asked_by, holds_qualification, qualified
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.agency import platform
from tests.factories.merchants import CategoryFactory
from tests.factories.streamer_papers import (
    QualificationFactory,
    QualificationReportFactory,
    SpecialismFactory,
)
from tests.factories.streamers import PlatformAccountFactory, StreamerFactory

ONE = datetime.timedelta(days=1)
CLAUSE = "DB4401 5.2.1 d"
LAW = Profession.LAW


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def colleague():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory())


def lacks(streamer, on=DAY):
    """What the rules find wrong with a streamer's qualifications."""
    return [row.message for row in HOSTING.inspect(streamer, on=on).blockers if row.clause == CLAUSE]


def paper(streamer, **values):
    """A licence that is not uploaded yet."""
    given = {"field": LAW, "name": "律师执业证", "number": "14401202610000001", "issuer": "广东省司法厅"}
    return Qualification(streamer=streamer, **given | {"valid_from": DAY, "long_term": True} | values)


@pytest.mark.clause(CLAUSE, "DB4401 5.1.1 d", "DB4401 5.1.1 e", "LSEC 28", "LSEC 39")
def test_a_field_asks_for_a_paper_that_is_good_verified_and_reported(streamer, manager, colleague):
    account = PlatformAccountFactory(streamer=streamer)
    assert lacks(streamer) == []
    qualification_actions.declare(Specialism(streamer=streamer, field=LAW), by=manager, at=AT)
    assert lacks(streamer) == ["法律：没有登记执业资质；请上传，或停止从事该领域。"]

    made = credential_actions.add(paper(streamer), pdf(), by=streamer.user, at=AT)
    assert lacks(streamer) == [f"{made}尚未核验，或核验后有变更。"]

    credential_actions.verify(made, by=colleague, at=AT)
    assert lacks(streamer) == [f"{made}尚未向抖音报备。"]

    qualification_actions.report(
        made, platform=account.platform, reported_on=DAY, receipt="BB-1", by=manager, at=AT
    )
    assert lacks(streamer) == []
    assert lacks(streamer, DAY - ONE) == ["法律：执业资质自 2026-03-16 起才有效。"]


def test_a_field_that_was_given_up_asks_for_nothing(streamer, manager):
    field = SpecialismFactory(streamer=streamer)
    qualification_actions.give_up(field, by=manager, at=AT, note="转做食品")

    assert lacks(streamer) == []
    with pytest.raises(Refused, match="已停止"):
        qualification_actions.give_up(field, by=manager, at=AT)


@pytest.mark.clause(CLAUSE)
def test_a_paper_counts_to_its_last_day(streamer):
    SpecialismFactory(streamer=streamer)
    QualificationFactory(streamer=streamer, valid_to=DAY)

    assert lacks(streamer, DAY) == []
    assert lacks(streamer, DAY + ONE) == ["法律：执业资质已于 2026-03-16 到期；请上传续期后的证书。"]


def test_another_fields_paper_does_not_help(streamer):
    SpecialismFactory(streamer=streamer)
    QualificationFactory(streamer=streamer, field="medicine")

    assert len(lacks(streamer)) == 1


def test_every_platform_with_a_standing_account_is_told(streamer):
    SpecialismFactory(streamer=streamer)
    kuaishou = platform("kuaishou", "快手")
    PlatformAccountFactory(streamer=streamer)
    PlatformAccountFactory(streamer=streamer, platform=kuaishou)
    PlatformAccountFactory(streamer=streamer, platform=platform("jd", "京东直播"), ended_on=DAY)
    made = QualificationFactory(streamer=streamer)
    QualificationReportFactory(qualification=made, platform=platform("douyin", "抖音"))

    assert lacks(streamer) == [f"{made}尚未向快手报备。"]
    QualificationReportFactory(qualification=made, platform=kuaishou, reported_on=DAY + ONE)
    assert lacks(streamer) == [f"{made}尚未向快手报备。"]
    assert lacks(streamer, DAY + ONE) == []


@pytest.mark.clause(CLAUSE)
def test_who_may_speak_in_a_field_on_a_day_and_platform(streamer):
    douyin = platform("douyin", "抖音")
    made = QualificationFactory(streamer=streamer)
    QualificationFactory(streamer=streamer, field="medicine", verified=False)

    def holds(field, on=DAY, **where):
        return holds_qualification(Streamer.objects.get(pk=streamer.pk), field, on, **where)

    assert [holds(field) for field in ("", "law", "medicine", "finance")] == [True, True, False, False]
    assert not holds("law", made.valid_to + ONE)
    assert not holds("law", platform=douyin)
    QualificationReportFactory(qualification=made, platform=douyin)
    assert holds("law", platform=douyin)


def test_many_are_asked_in_as_many_queries_as_one():
    lawyers = [QualificationFactory().streamer for _ in range(4)]
    others = [StreamerFactory() for _ in range(2)]
    with CaptureQueriesContext(connection) as one:
        qualified(Streamer.objects.filter(pk=lawyers[0].pk), ["law"], DAY)

    with CaptureQueriesContext(connection) as many:
        found = qualified(Streamer.objects.all(), ["law", "medicine"], DAY)

    assert len(many) == len(one)
    assert found == {row.pk: {"law"} for row in lawyers} | {row.pk: set() for row in others}


def test_categories_ask_in_the_same_words():
    asked = asked_by([CategoryFactory(streamer_qualification="finance"), CategoryFactory()])

    assert asked == {Profession.FINANCE}
    with pytest.raises(ValidationError):
        CategoryFactory(streamer_qualification="astrology")


def test_a_paper_that_changes_is_verified_anew(streamer, manager):
    for change in ({"issuer": "广州市司法局"}, {"field": "education"}, {"name": "公证员执业证"}):
        made = QualificationFactory(streamer=streamer)
        for name, value in change.items():
            setattr(made, name, value)
        credential_actions.change(made, by=manager, at=AT)
        assert not Qualification.objects.get(pk=made.pk).is_verified
    made = QualificationFactory(streamer=streamer)
    credential_actions.change(made, pdf(body=b"sharper"), by=manager, at=AT)
    made.refresh_from_db()
    assert (made.is_verified, made.verified_on, made.submitted_by) == (False, None, manager)
    assert made in Qualification.objects.unverified()
    assert made.document.revisions.count() == 2


def test_who_gave_a_paper_does_not_verify_it(streamer, manager, colleague):
    made = credential_actions.add(paper(streamer), pdf(), by=manager, at=AT)

    with pytest.raises(Denied, match="同事"):
        credential_actions.verify(made, by=manager, at=AT)
    credential_actions.verify(made, by=colleague, at=AT)
    assert (made.is_verified, made.verified_by, made.verified_on) == (True, colleague, DAY)


@pytest.mark.parametrize(
    ("values", "file", "field"),
    [
        ({}, None, "file"),
        ({"number": ""}, pdf(), "number"),
        ({"field": "astrology"}, pdf(), "field"),
        ({"valid_to": DAY}, pdf(), "__all__"),
        ({"long_term": False}, pdf(), "__all__"),
        ({"long_term": False, "valid_to": DAY - ONE}, pdf(), "__all__"),
    ],
)
def test_a_paper_that_says_nonsense_is_refused(streamer, values, file, field):
    with pytest.raises(ValidationError) as no:
        credential_actions.add(paper(streamer, **values), file, by=streamer.user, at=AT)
    assert field in no.value.message_dict
    assert not Qualification.objects.exists()


def test_a_withdrawn_paper_counts_no_more_and_is_not_touched(streamer, manager):
    SpecialismFactory(streamer=streamer)
    made = QualificationFactory(streamer=streamer)

    credential_actions.withdraw(made, by=manager, at=AT, note="吊销")

    assert len(lacks(streamer)) == 1
    assert not made.covers(DAY)
    for again in (credential_actions.withdraw, credential_actions.verify, credential_actions.change):
        with pytest.raises(Refused, match="作废"):
            again(made, by=manager, at=AT)


def test_strangers_touch_no_paper(streamer):
    made = QualificationFactory(streamer=streamer)
    other = StreamerFactory(user=UserFactory()).user
    for verb in (credential_actions.change, credential_actions.verify, credential_actions.withdraw):
        with pytest.raises(Denied):
            verb(made, by=other, at=AT)
    with pytest.raises(Denied):
        credential_actions.add(paper(streamer), pdf(), by=other, at=AT)
    assert not Qualification.objects.visible_to(other).exists()


def test_nothing_is_reported_tomorrow_nor_twice_a_day(streamer, manager):
    made = QualificationFactory(streamer=streamer)
    given = {"platform": platform("douyin", "抖音"), "by": manager, "at": AT}
    with pytest.raises(ValidationError, match="不能晚于今天"):
        qualification_actions.report(made, reported_on=DAY + ONE, **given)
    qualification_actions.report(made, reported_on=DAY, file=pdf(), **given)
    with pytest.raises(ValidationError, match="已经登记"):
        qualification_actions.report(made, reported_on=DAY, **given)
