"""What must be ready before a show: each thing that is missing, bad or changed since blocks by its clause."""

import datetime

import pytest

from mcn.kit import records
from streamers.models import (
    CastReview,
    CrewMember,
    IdentityReport,
    Rehearsal,
    Script,
    Show,
    ShowCast,
    ShowCheck,
)
from streamers.rules.go_live import GO_LIVE
from streamers.rules.preparation import CHECKS
from tests.factories import AT, DAY
from tests.factories.agency import platform
from tests.factories.preparation import IdentityReportFactory, RehearsalFactory, ScriptFactory
from tests.factories.shows import RunItemFactory, ShowCastFactory, ShowFactory
from tests.factories.streamers import StreamerFactory

OWN = {check.clauses[0] for check in CHECKS}
ONE = datetime.timedelta(days=1)


def found(show, on=DAY):
    """The clauses and messages of the preparation's findings."""
    report = GO_LIVE.inspect(show, on=on)
    return [(row.clause, str(row.message)) for row in report.findings if row.clause in OWN]


def clauses(show, on=DAY):
    """The clauses at fault, each once."""
    return sorted({clause for clause, _message in found(show, on)})


def save(row, **values):
    """Change a stored row."""
    for name, value in values.items():
        setattr(row, name, value)
    return records.save(row, by=None, at=AT)


@pytest.mark.clause("DB4401 5.1.4.1", "DB4401 5.1.4.2", "DB4401 5.1.4.3", "DB4401 5.2.2.5", "DB4401 5.3.3 a")
@pytest.mark.clause("DB4401 5.3.3 e", "DB4401 5.4.3.1 b", "DB4401 5.4.3.1 c", "DB4401 5.6.3.6", "LSEC 30")
@pytest.mark.clause("LSMS 6.1", "LSMS 6.2 c", "LSMS 6.2 d", "LSMS 6.2 e", "LSEC 28")
def test_the_default_show_is_ready_and_an_unprepared_one_is_told_all():
    assert found(ShowFactory()) == []

    bare = ShowFactory(prepared=False, crew=False, plan="", contingency="")
    assert clauses(bare) == sorted(OWN - {"DB4401 5.4.3.1 b", "DB4401 5.4.2.5"})


@pytest.mark.parametrize(
    ("values", "clause"),
    [
        ({"plan": ""}, "LSMS 6.1"),
        ({"contingency": " "}, "DB4401 5.3.3 e"),
        ({"plan": "本场保证销售额破百万，投入回报率 1:5。"}, "DB4401 5.4.3.1 b"),
    ],
)
@pytest.mark.clause("LSMS 6.1", "DB4401 5.3.3 e", "DB4401 5.4.3.1 b", "LSMS 6.2 a")
def test_the_plan_says_what_it_must_and_promises_nothing(values, clause):
    assert clauses(save(ShowFactory(), **values)) == [clause]


@pytest.mark.parametrize(
    ("role", "clause"),
    [
        ("marketer", "DB4401 5.1.4.1"),
        ("equipment", "DB4401 5.1.4.1"),
        ("product", "DB4401 5.1.4.2"),
        ("law", "DB4401 5.1.4.3"),
    ],
)
@pytest.mark.clause("DB4401 5.1.4.1", "DB4401 5.1.4.2", "DB4401 5.1.4.3", "LSMS 6.2 d")
def test_every_duty_is_filled_by_somebody_who_is_still_there(role, clause):
    show = ShowFactory()
    save(CrewMember.objects.get(show=show, role=role), removed_at=AT)
    assert clauses(show) == [clause]


@pytest.mark.clause("DB4401 5.1.4.1")
def test_somebody_who_left_fills_no_duty():
    show = ShowFactory()
    save(show.crew.first().person, is_active=False)
    assert clauses(show) == ["DB4401 5.1.4.1", "DB4401 5.1.4.2", "DB4401 5.1.4.3"]


CLAUSE_OF = {
    "venue": "DB4401 5.6.3.6",
    "title": "DB4401 5.6.3.6",
    "cover": "DB4401 5.6.3.6",
    "set": "LSEC 30",
    "props": "LSEC 30",
    "display": "LSEC 30",
    "clothing": "LSEC 30",
    "links": "DB4401 5.6.3.5",
    "equipment": "DB4401 5.3.3 a",
}


@pytest.mark.clause("LSEC 30", "DB4401 5.6.3.6", "DB4401 5.6.3.5", "DB4401 5.3.3 a")
def test_each_item_found_bad_blocks_by_its_clause():
    show = ShowFactory()
    assert set(CLAUSE_OF) == set(ShowCheck.Item.values)
    for item, clause in CLAUSE_OF.items():
        row = ShowCheck.objects.get(show=show, item=item)
        save(row, outcome="bad", note="需整改")
        [(cited, message)] = found(show)
        assert (cited, "不合格（需整改）" in message) == (clause, True)
        save(row, outcome="good", note="已设两机位、备用电源")


def _retitled(show):
    save(show, title="年货节返场")


def _dressed_anew(show):
    ShowCastFactory(show=show, role=ShowCast.Role.GUEST)


def _another_link(show):
    save(show.items.get().offers.first(), link="https://shop.example.com/other")


def _on_another_day(show):
    save(show, starts_at=show.starts_at + ONE, ends_at=show.ends_at + ONE)


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        (_retitled, {"title"}),
        (_dressed_anew, {"clothing"}),
        (_another_link, {"links"}),
        (_on_another_day, {"venue", "set", "props", "display", "clothing", "equipment"}),
    ],
)
@pytest.mark.clause("LSEC 30")
def test_what_changed_since_and_nothing_else_is_looked_at_again(change, stale):
    show = ShowFactory()
    change(show)
    told = {message for _clause, message in found(show) if "检查后有变更" in message}
    assert {
        item for item in CLAUSE_OF if any(str(ShowCheck.Item(item).label) in text for text in told)
    } == stale


@pytest.mark.clause("DB4401 5.2.2.5", "LSMS 7.1.2 b")
def test_every_host_reviews_every_product_and_again_when_it_changed():
    show = ShowFactory()
    guest, co_host = ShowCast.Role.GUEST, ShowCast.Role.CO_HOST
    ShowCastFactory(show=show, role=guest)
    second = ShowCastFactory(show=show, role=co_host).streamer
    assert [message for clause, message in found(show) if clause == "DB4401 5.2.2.5"] == [
        f"{second}还有 1 件商品未做自查：{show.items.get().product}"
    ]

    row = CastReview.objects.get(show=show)
    offer = show.items.get().offers.first()
    save(offer, price=offer.price + 1, compared_price=None)
    assert any("需重新自查" in message for _clause, message in found(show))

    save(offer, price=offer.price - 1)
    save(row, answers=row.answers | {"price": "bad"}, note="与样品标价不符")
    assert any("与样品标价不符" in message for _clause, message in found(show))


@pytest.mark.clause("DB4401 5.2.2.5")
def test_a_changed_product_is_reviewed_again():
    show = ShowFactory()
    save(show.items.get().product, producer="另一家食品厂")
    assert "DB4401 5.2.2.5" in clauses(show)


@pytest.mark.clause("LSEC 30", "DB4401 5.4.3.1 c", "LSMS 6.2 e")
def test_scripts_of_every_product_stand_for_the_shows_own():
    show = ShowFactory(items=2)
    whole = Script.objects.get(show=show)
    save(whole, state=Script.State.SUPERSEDED)
    RehearsalFactory(show=save_rehearsal_away(show))
    assert [clause for clause, _message in found(show)] == ["LSEC 30"]
    first, second = [item.product for item in show.items.all()]
    ScriptFactory(show=show, product=first, state=Script.State.APPROVED)
    draft = ScriptFactory(show=show, product=second)
    assert ("LSEC 30", "脚本状态为“草稿”") in found(show)
    save(draft, state=Script.State.APPROVED)
    assert "LSEC 30" not in clauses(show)


def save_rehearsal_away(show):
    """The show, with its rehearsals superseded."""
    for row in Rehearsal.objects.filter(show=show):
        save(row, superseded_at=AT)
    return show


@pytest.mark.clause("DB4401 5.4.3.1 b")
def test_a_script_is_read_again_by_newer_terms():
    show = ShowFactory()
    script = Script.objects.get(show=show)
    Script._base_manager.filter(pk=script.pk).update(text="本场保证销售额破百万")
    assert clauses(show) == ["DB4401 5.4.3.1 b"]


@pytest.mark.clause("DB4401 5.4.3.1 c")
def test_a_rehearsal_should_be_of_the_show_as_it_is_and_of_all_parties():
    show = ShowFactory()
    row = Rehearsal.objects.get(show=show)
    for values in ({"with_entity": False}, {"outcome": "failed", "found": "口误"}, {"superseded_at": AT}):
        stored = {name: getattr(row, name) for name in values}
        save(row, **values)
        [finding] = [item for item in GO_LIVE.inspect(show, on=DAY).findings if item.clause in OWN]
        assert (finding.clause, finding.blocks) == ("DB4401 5.4.3.1 c", False)
        save(row, **stored)
    RunItemFactory(show=show)
    assert "DB4401 5.4.3.1 c" in clauses(show)


@pytest.mark.clause("DB4401 5.4.2.5")
def test_a_virtual_streamers_show_must_be_rehearsed():
    show = ShowFactory(cast=StreamerFactory(virtual=True))
    assert found(show) == []
    save_rehearsal_away(show)
    [finding] = [item for item in GO_LIVE.inspect(show, on=DAY).findings if item.clause in OWN]
    assert (finding.clause, finding.blocks) == ("DB4401 5.4.2.5", True)


@pytest.mark.clause("LSEC 28")
def test_the_platform_is_told_of_everybody_by_the_identity_as_verified():
    show = ShowFactory()
    report = IdentityReport.objects.get(show=show)
    assert "LSEC 28" in clauses(show, DAY - ONE)
    save(report, platform=platform("kuaishou", "快手"))
    assert clauses(show) == ["LSEC 28"]
    save(report, platform=show.room.platform)
    streamer = show.cast.get().streamer
    save(streamer, name="林小鹿")
    assert "LSEC 28" in clauses(show)
    save(report, superseded_at=AT)
    IdentityReportFactory(show=show)
    assert "LSEC 28" not in clauses(show)


def test_many_shows_ask_as_many_queries_as_one(django_assert_max_num_queries):
    ShowFactory()
    with django_assert_max_num_queries(200) as one:
        GO_LIVE.inspect_many(Show.objects.all(), on=DAY)
    ShowFactory(items=2)
    with django_assert_max_num_queries(len(one)):
        GO_LIVE.inspect_many(Show.objects.all(), on=DAY)
