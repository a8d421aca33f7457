"""Search tokens: Chinese pairs, pinyin, initials and codes."""

import pytest

from mcn.kit.search import tokens_asked, tokens_of


@pytest.mark.parametrize(
    "query", ["臭豆腐", "豆腐", "腐", "长沙", "csc", "cscdf", "changsha", "A-100", "a100"]
)
def test_a_title_is_found_by(query):
    title = tokens_of("长沙臭豆腐 A-100 A100")

    assert set(tokens_asked(query)) <= title


@pytest.mark.parametrize("query", ["辣条", "豆沙腐", "xyz", "A-200", "401"])
def test_a_title_is_not_found_by(query):
    assert not set(tokens_asked(query)) <= tokens_of("长沙臭豆腐 A-100 6940012345012")


def test_full_width_and_case_do_not_matter():
    assert tokens_asked("ＡＢＣ") == tokens_asked("abc")
