"""Which wording rules a category stands for."""

import pytest

from mcn.claims.categories import regime_of
from mcn.claims.terms import Regime


@pytest.mark.parametrize(
    ("category", "regime"),
    [
        (None, Regime.GENERAL),
        ("", Regime.GENERAL),
        ("cosmetics", Regime.COSMETICS),
        ("food.tea.gi", Regime.ORDINARY_FOOD),
        ("beauty.special", Regime.SPECIAL_COSMETICS),
        ("特殊化妆品", Regime.SPECIAL_COSMETICS),
        ("美妆 > 护肤品", Regime.COSMETICS),
        ("食品", Regime.ORDINARY_FOOD),
        ("普通食品", Regime.ORDINARY_FOOD),
        ("保健食品", Regime.HEALTH_FOOD),
        ("婴幼儿配方奶粉", Regime.INFANT_FOOD),
        ("国产白酒", Regime.ALCOHOL),
        ("酒店民宿", Regime.GENERAL),
        ("食品包装袋", Regime.GENERAL),
        ("男女服装", Regime.GENERAL),
        ("外星矿石", Regime.GENERAL),
    ],
)
def test_a_category_is_known_by_code_by_name_or_by_a_word_in_it(category, regime):
    assert regime_of(category) == regime
