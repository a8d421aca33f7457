"""Printed documents: their text is found by a reader's search, and no name stops the printer."""

import datetime

import pytest

from mcn.kit.pdf import Sheet, one_page
from mcn.kit.typesetting import MISSING, pieces, readable
from tests.kit.printed import printed

AT = datetime.datetime(2026, 3, 1, 16, 30, tzinfo=datetime.UTC)


def test_a_document_can_be_searched():
    sheet = Sheet(
        "卖点卡：长沙臭豆腐 500g", at=AT, number="M0001-0003 第 2 版", qr="https://example.cn/cards/3"
    )
    sheet.facts([("商家", "广州好物贸易有限公司"), ("生产企业", "")])
    sheet.heading("卖点")
    sheet.points(["手工现做，当天发货"])
    sheet.paragraph("开封后请冷藏。\n24 小时内食用完毕。")
    sheet.table([("宣传语", 3), ("证据", 2)], [("外酥里嫩", "检测报告 WT-2026-0001")])

    shown = printed(sheet.output())

    assert shown[:2] == ["M0001-0003 第 2 版", "卖点卡：长沙臭豆腐 500g"]
    assert {"商家", "广州好物贸易有限公司", "—", "卖点", "手工现做，当天发货"} <= set(shown)
    assert {"开封后请冷藏。", "24 小时内食用完毕。", "外酥里嫩", "检测报告 WT-2026-0001"} <= set(shown)
    assert "有据 · 2026-03-02 00:30" in shown, "the time is Shanghai's"


def test_a_rare_character_of_a_name_is_printed():
    sheet = Sheet("主播：㑇䶮喆", at=AT)
    sheet.facts([("姓名", "张䶮")])

    shown = "".join(printed(sheet.output()))

    assert "㑇䶮喆" in shown
    assert "张䶮" in shown


def test_what_no_font_has_leaves_a_mark():
    assert readable("限时🔥折扣\u200b价\ufe0f\x00") == f"限时{MISSING}折扣价"
    assert Sheet("限时🔥折扣", at=AT).output().startswith(b"%PDF")


def test_a_long_table_goes_on_with_its_head():
    sheet = Sheet("运行表", at=AT)
    sheet.table([("序号", 1), ("商品", 5)], [(number, f"商品{number}") for number in range(1, 81)])

    shown = printed(sheet.output())

    assert sheet.pages == 3
    assert shown.count("序号") == 3
    assert {f"商品{number}" for number in range(1, 81)} <= set(shown)


def test_a_text_longer_than_a_line_stays_within_it():
    sheet = Sheet("地址", at=AT)
    sheet.paragraph("https://example.cn/" + "a" * 300)

    shown = [line for line in printed(sheet.output()) if "a" in line]

    assert "".join(shown) == "https://example.cn/" + "a" * 300
    assert len(shown) > 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("维生素C，好", ["维", "生", "素", "C，", "好"]),
        ("《糕点》通则", ["《糕", "点》", "通", "则"]),
        ("break at spaces", ["break ", "at ", "spaces"]),
    ],
)
def test_lines_end_where_chinese_lets_them(text, expected):
    assert pieces(text) == expected


def test_a_card_fits_one_page_by_smaller_letters():
    def build(size):
        sheet = Sheet("卖点卡", at=AT, size=size)
        sheet.points(["手工现做，当天发货"] * 52)
        return sheet

    assert build(10).pages == 2
    assert one_page(build).pages == 1
    assert one_page(build).size < 10


def test_the_same_document_at_the_same_moment_is_the_same_file():
    assert Sheet("一", at=AT).output() == Sheet("一", at=AT).output()
