"""What text looks like to the scan, and the way back to what was written."""

import pytest

from mcn.claims.normalise import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("最.佳", "最佳"),
        ("最 佳", "最佳"),
        ("最*佳", "最佳"),
        ("国-家-级", "国家级"),
        ("国、家、级", "国家级"),
        ("最，佳", "最佳"),
        ("最\u200b佳", "最佳"),
        ("最💥佳", "最佳"),
        ("最㊙佳", "最佳"),
        ("國際頂級", "国际顶级"),
        ("ＮＯ．１ 品牌", "no1品牌"),
        ("TОР①", "top1"),  # Cyrillic О and Р
        ("第—品牌", "第一品牌"),
        ("<b>最</b>佳", "最佳"),
        ("最&#20339;", "最佳"),
        ("降&nbsp;血糖", "降血糖"),
        ("用⑩天", "用10天"),
    ],
)
def test_disguises_are_read_through(written, read):
    assert normalise(written).text == read


@pytest.mark.parametrize("text", ["最。佳", "最！佳", "最？佳", "最；佳", "最\n佳", "最<br>佳", "最</p>佳"])
def test_sentences_are_never_joined(text):
    assert "最佳" not in normalise(text).text


def test_numbers_keep_what_parts_them():
    assert normalise("1.5 到 2.5 升，保质期 12-18 个月").text == "1.5到2.5升，保质期12-18个月"


def test_a_plain_sentence_is_left_alone():
    plain = "口红质地丝绒，有五个色号。"

    assert normalise(plain) == normalise(plain)
    assert normalise(plain).text == plain
    assert normalise(plain).shifts == []


@pytest.mark.parametrize(
    ("written", "found", "stood"),
    [
        ("选<b>最</b>&#20339;吧", "最佳", "最</b>&#20339;"),
        ("這是 No . 1 品牌", "no1", "No . 1"),
        ("买⑩斤送一斤", "10斤", "⑩斤"),
        ("a<br>b 国-家-级 c", "国家级", "国-家-级"),
    ],
)
def test_offsets_lead_back_to_what_was_written(written, found, stood):
    ready = normalise(written)
    start = ready.text.index(found)
    began, ended = ready.span(start, start + len(found))

    assert written[began:ended] == stood


def test_hostile_markup_does_not_take_long():
    assert normalise("<!--" * 20_000).text
    assert normalise("<a " * 20_000).text
