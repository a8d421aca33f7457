"""Outlets: brought in as shipped, looked through, given up."""

import csv

from aftersales.models import AlertRule, Outlet, ReviewDimension, SentimentWord
from aftersales.rules.sentiment import DATA, shipped
from mcn.agency.figures import START
from mcn.kit import moves, records


def watch(outlet, *, by, at, note=""):
    """Note that an outlet was looked through now, whether anything was found or not."""
    moves.require_may(by, "watch", outlet)
    return look([outlet], by=by, at=at, why=note)[0]


def look(outlets, *, by, at, why=""):
    """Note for outlets that they were looked through at a moment."""
    seen = [outlet for outlet in outlets if outlet.watched_at is None or outlet.watched_at < at]
    for outlet in seen:
        outlet.watched_at, outlet.watched_by = at, by
    records.save_many(seen, by=by, at=at, verb="watch", why=why)
    return outlets


def sync_outlets(*, at):
    """Add the shipped outlets that are not there; what staff changed stays."""
    known = set(Outlet.objects.values_list("code", flat=True))
    made = [
        Outlet(
            code=row["code"], name=row["name"], address=row["address"], named=row["named"] == "1", place=place
        )
        for place, row in enumerate(_read("outlets"), 1)
        if row["code"] not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def sync_lexicon(*, at):
    """Add the shipped words that are not there; what staff changed stays."""
    known = set(SentimentWord.objects.values_list("word", flat=True))
    made = [
        SentimentWord(word=word, kind=kind, weight=weight, valid_from=START, source="系统预置")
        for word, kind, weight in shipped()
        if word not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def sync_alert_rules(*, at):
    """Bring the shipped rules for alerts in where there are none at all."""
    if AlertRule.objects.exists():
        return
    rows = [{name: value or None for name, value in row.items()} for row in _read("alert_rules")]
    records.save_many([AlertRule(valid_from=START, **row) for row in rows], by=None, at=at, verb="ship")


def sync_dimensions(*, at):
    """Add the shipped dimensions of reviews that are not there; what staff changed stays."""
    known = set(ReviewDimension.objects.values_list("service", "code"))
    made = [
        ReviewDimension(valid_from=START, place=place, **row)
        for place, row in enumerate(_read("review_dimensions"), 1)
        if (row["service"], row["code"]) not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def _read(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
