"""The scan of one text: hits, excuses, regimes and outcomes."""

import pytest

from mcn.claims.excuses import Outcome
from mcn.claims.scan import Scanner
from mcn.claims.terms import Regime, TermRow, shipped

SCANNER = Scanner(shipped(), "shipped")


def term(text, **changes):
    row = {
        "term": text,
        "kind": "absolute",
        "outcome": "banned",
        "severity": "3",
        "regimes": "",
        "excuses": "",
        "clause": "DB4401 5.2.3.3 b",
        "source": "",
        "reason": "绝对化用语",
        "suggestion": "删去",
    }
    return TermRow.from_row(row | changes)


def outcome(text, regime="general"):
    return SCANNER.scan(text, Regime(regime)).outcome.value


def test_a_hit_says_where_what_why_by_which_clause_and_what_instead():
    scan = SCANNER.scan("家人们，这是<b>国-家-级</b>面霜。")

    assert scan.outcome is Outcome.BANNED
    assert scan.version == "shipped"
    [hit] = scan.hits
    assert (hit.start, hit.end, hit.matched) == (9, 14, "国-家-级")
    assert hit.term == "国家级"
    assert hit.clause == "DB4401 5.2.3.3 b"
    assert hit.reason
    assert hit.suggestion


def test_a_text_comes_to_the_worst_of_its_hits():
    assert outcome("销量领先。") == "needs_evidence"
    assert outcome("销量领先，国家级品质。") == "banned"
    assert outcome("口红有五个色号。") == "pass"
    assert outcome("") == "pass"


@pytest.mark.parametrize(
    ("regime", "said"),
    [
        ("ordinary_food", "banned"),
        ("infant_food", "banned"),
        ("cosmetics", "banned"),
        ("health_food", "needs_evidence"),
        ("general", "needs_evidence"),
    ],
)
def test_what_a_function_claim_comes_to_depends_on_the_product(regime, said):
    assert outcome("有助于增强免疫力", regime) == said


@pytest.mark.parametrize(
    ("regime", "said"), [("cosmetics", "banned"), ("special_cosmetics", "needs_evidence")]
)
def test_whitening_is_for_registered_cosmetics(regime, said):
    assert outcome("美白精华", regime) == said


@pytest.mark.parametrize(("regime", "said"), [("general", "banned"), ("drug", "needs_evidence")])
def test_treatment_is_for_drugs_and_devices(regime, said):
    assert outcome("用于治疗失眠", regime) == said


def test_a_registration_number_in_the_sentence_clears_a_special_claim():
    assert outcome("美白精华，国妆特字G20210001", "cosmetics") == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "我们的目标是做到最好",
        "以最大的诚意服务大家",
        "质量第一，顾客至上",
        "最佳赏味期3个月",
        "饭后半小时吃最好",
        "本店最大尺码 XXL",
        "最新款（本店）",
        "特级（GB/T 18651 顶级）",
        "《最强大脑》同款积木，“顶级玩家”是这款桌游的名字",
        "本品不能代替药物治疗疾病",
        "请勿加微信私下转账，谨防诈骗",
        "广告法规定不能说最好",
        "最大承重150公斤，最快30分钟送达",
    ],
)
def test_contexts_that_excuse(text):
    assert outcome(text) == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "2023年双11天猫面膜类目销量第一，数据来源见详情",
        "荣获国家级非物质文化遗产称号",
        "我们家最好用的一款面膜",
        "按国家标准特级，最高等级",
        "注册商标“最生活”毛巾",
    ],
)
def test_the_guidelines_sixth_article_excuses_only_with_evidence(text):
    assert outcome(text) == "needs_evidence"


@pytest.mark.parametrize(
    "text",
    [
        "这不是最好的，却是全网最低价",
        "不得不说这是最好的面霜",
        "非常有效，治疗失眠",
        "特别能治疗失眠",
        "为了让大家买到全网最低价",
    ],
)
def test_what_only_sounds_like_an_excuse_does_not_excuse(text):
    assert outcome(text) == "banned"


def test_a_latin_term_is_not_found_inside_a_word_or_a_number():
    assert outcome("laptop100 和 top10 榜单") == "pass"
    assert outcome("TOP 1 的选择") == "banned"


def test_the_longest_term_decides_and_the_shorter_counts_where_the_longer_does_not():
    longer = term("最好的水", outcome="needs_evidence", regimes="drug")
    scanner = Scanner([term("最好"), longer])

    assert [hit.term for hit in scanner.scan("最好的水", Regime.DRUG).hits] == ["最好的水"]
    assert [hit.term for hit in scanner.scan("最好的水").hits] == ["最好"]


def test_a_harmless_word_shields_the_listed_one_inside_it():
    scanner = Scanner([term("包过"), term("面包过", outcome="pass")])

    assert scanner.scan("面包过期").hits == []
    assert [hit.start for hit in scanner.scan("面包过期，考试包过").hits] == [7]


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("瘦#斤", "一个月瘦了，瘦十五斤", "瘦十五斤"),
        ("治…病", "专治各种怪病", "治各种怪病"),
        ("好评~返", "给个好评的宝宝，每人返五块", "好评的宝宝，每人返"),
        ("[加|扫]我[微信|码]", "扫我码", "扫我码"),
        ("{病}…好了", "血糖真的好了", "血糖真的好了"),
    ],
)
def test_a_term_may_hold_numbers_gaps_choices_and_classes(pattern, text, matched):
    assert [hit.matched for hit in Scanner([term(pattern)]).scan(text).hits] == [matched]


def test_a_gap_does_not_reach_over_a_sentence_or_a_comma():
    scanner = Scanner([term("治…病")])

    assert scanner.scan("治安好。病").hits == []
    assert scanner.scan("治安好，病").hits == []
