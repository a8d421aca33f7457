"""A text that would run as a formula is escaped in csv, no other; the reader undoes it exactly."""

import pytest

from mcn.sheets.child.formula import escape, unescape

HARMLESS = [
    "-5℃",
    "+维生素C",
    "-10",
    "-10.5",
    "+86 13800138000",
    "-5~25℃",
    "-18℃以下",
    "+B族维生素",
    "- 低糖",
    "+新品上市!",
    "+维生素C(500mg)",
    "+维生素B12",
    "-B族维生素B2片",
    "+",
    "-",
    "绿茶",
    "'70年代",
    "''",
    "3-5天",
    "-5%",
    "",
]
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "＝1+1",
    " =1+1",
    "\t=1",
    "\r=1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "+SUM(A1:A2)",
    "-A1",
    "+$A$1*2",
    "-1+1",
    "--1",
    "+1*2",
    "'=1+1",
    "''@SUM(1)",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text):
    assert escape(text) == text
    assert unescape(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_escaped_and_comes_back(text):
    assert escape(text) == "'" + text
    assert unescape(escape(text)) == text
