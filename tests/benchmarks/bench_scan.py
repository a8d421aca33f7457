"""The claim scan of whole texts against a naive loop over the same terms and against a bare automaton."""

import itertools

import ahocorasick_rs

from mcn.claims.normalise import normalise
from mcn.claims.scan import Scanner
from mcn.claims.terms import WILD_MARKS, shipped, variants
from tests.benchmarks.measure import Figure, at_least, at_most, in_turn, once

LENGTH = 300
NAIVE = 200  # texts that the naive loop is timed on: it would take a minute for all
TALK = [
    "这款面霜采用进口原料，质地清爽不油腻，适合日常护肤使用。",
    "每次取适量均匀涂抹于面部，轻轻按摩至吸收即可。",
    "家人们今天在直播间下单送两片面膜，售后无忧，七天无理由退货！",
    "规格 50g / 瓶，保质期三年，产地广东，生产日期见包装。",
    "身高165体重110建议拍M码，喜欢宽松的拍大一码。",
    "第一次使用前请先用清水冲洗，最近天气转凉，注意保暖。",
    "客服早上9:00到晚上24:00在线，有问题随时联系我们。",
    "面料是95%棉加5%氨纶，机洗不变形，不会起球。",
]
LISTED = [
    "今天这个价格绝对是全网最低价，手慢无。",
    "喝了这个茶降 血 糖，七天见效。",
    "我们的目标是做到最好，服务第一。",
    "國家級品質，No.1 的選擇。",
    "最佳赏味期3个月，开封后请冷藏。",
]


def run(small: bool) -> list[Figure]:
    """Scan 45 MB of live-room talk, with a listed claim in every fourth sentence."""
    texts = scripts(1_000 if small else 50_000)
    terms = list(shipped())
    scanner = Scanner(terms)
    wordings = {wording for term in terms for wording in variants(term.text)}
    literals = sorted(wording for wording in wordings if not WILD_MARKS.search(wording))
    bare = ahocorasick_rs.AhoCorasick(literals, implementation=ahocorasick_rs.Implementation.DFA)
    sample = texts[:NAIVE]
    seconds = in_turn(
        3,
        naive=lambda: [[word for word in literals if word in text] for text in sample],
        scan=lambda: scan_all(scanner, sample),
    )
    whole = once(lambda: scan_all(scanner, texts))
    size = sum(len(text.encode()) for text in texts) / 1e6
    found = once(lambda: [bare.find_matches_as_indexes(text) for text in texts])
    ready = once(lambda: [normalise(text) for text in texts])
    return [
        at_most(f"the whole scan of {len(texts)} texts, {size:.0f} MB", whole, 5, " s"),
        at_least("the whole scan against a loop over the terms", seconds["naive"] / seconds["scan"], 6),
        at_most("of it, the normalisation", ready, 5, " s"),
        at_most("a bare automaton on the same texts", found, 5, " s"),
        at_most("building the automaton", once(lambda: Scanner(terms)), 1, " s"),
        at_most("one text while typing", once(lambda: scanner.scan(texts[0])) * 1000, 100, " ms"),
    ]


def scripts(count: int) -> list[str]:
    """So many stretches of 300 characters of made-up talk, each beginning where none before began."""
    talk, listed = itertools.cycle(TALK), itertools.cycle(LISTED)
    stream = "".join(f"{next(talk)}{next(talk)}{next(talk)}{next(listed)}" for _ in range(count // 10 + 10))
    return [stream[start : start + LENGTH] for start in range(0, count * 7, 7)]


def scan_all(scanner: Scanner, texts: list[str]) -> None:
    """Scan every text, keeping nothing."""
    for text in texts:
        scanner.scan(text)
