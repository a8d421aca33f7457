"""The phrases by which contexts are recognised, as patterns.

Patterns that are searched begin with plain words: the engine then skips to where one of them begins, which is
ten times as fast as trying every place.
"""

import csv
import re
from pathlib import Path

PHRASES = Path(__file__).parent / "data" / "contexts.csv"


def either(text: str) -> str:
    """A pattern for any of the words."""
    return f"(?:{'|'.join(text.split())})"


def ends(*choices: str) -> tuple[re.Pattern[str], ...]:
    """Found where the text ahead of a term ends with one of the choices."""
    return tuple(re.compile(rf"{choice}\Z") for choice in choices)


def begins(*choices: str) -> re.Pattern[str]:
    """Found where the text behind a term begins with one of the choices."""
    return re.compile("|".join(rf"\A{choice}" for choice in choices))


def phrases() -> dict[str, str]:
    """The lists of phrases that contexts are recognised by, each as a pattern for any of them."""
    with PHRASES.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: either(row["words"]) for row in csv.DictReader(lines)}


ANY = phrases()
CLAUSE = "[^，,]"
# What may stand between a denial and the thing denied: no comma, and no turn such as 却.
DENIED = rf"(?:(?!{ANY['turns']})[^，,、：:])"

WHEN = "|".join(
    [
        *(rf"{century}\d{{2}}(?:年|[-./]|\D)" for century in (19, 20)),
        "月(?<=\\d月)",
        "季度(?<=[一二三四1-4]季度)",
        "半年(?<=[上下]半年)",
        "近[\\d一二三半]",
        "连续[\\d一二三四五六七八九十]",
        *"双十一 双11 双十二 双12 618 年货节 截至 截止 去年 上月 上个月 当日 当天 昨天".split(),
    ]
)
PERIOD = "|".join(
    [
        r"月\d{1,2}[日号]",
        r"点(?<=\d点)(?:整|截止|结束|下架|恢复|\d{1,2}分)",
        r":\d\d",
        r"：\d\d",
        *(rf"{what}(?:时间|期间|截[至止]|到)[^，,]{{0,4}}\d" for what in ("活动", "优惠", "促销")),
    ]
)
STANDARD = r"gb/?t?\d{3,}|iso\d{3,}|t(?<=[a-z/]t)(?:/?[a-z]{3,6}/?)?\d{3,}|q/[a-z0-9]{3,8}\d{3,}"
