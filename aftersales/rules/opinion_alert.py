"""What the rules for alerts find at a moment: each is one question to the database, however many rows."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from aftersales.models import AlertRule, Mention, OpinionAlert, Sentiment
from mcn.kit.clock import business_day

Measure = AlertRule.Measure
Scope = AlertRule.Scope
SPANS_BEFORE = 7
NEGATIVE = Q(sentiment=Sentiment.NEGATIVE)


@dataclass(frozen=True)
class Reached:
    """A threshold that is reached: by which rule, about which row, with which figures."""

    rule: AlertRule
    number: int | None
    since: datetime.datetime
    mentions: int
    negative: int
    alarming: int
    usual: Decimal | None

    @property
    def about(self):
        """A word for what it is about, of which a rule has one open alert."""
        return self.rule.scope if self.number is None else f"{self.rule.scope}:{self.number}"


def reached(rules, *, at):
    """The thresholds of rules that are reached at a moment, worst level first."""
    worst = {level: place for place, level in enumerate(["emergency", "serious", "notice"])}
    found = [item for rule in rules for item in _of(rule, at)]
    return sorted(found, key=lambda item: worst[item.rule.level])


def rules_in_force(at):
    """The rules that hold at a moment: of several for the same, the newest."""
    rows = AlertRule.objects.in_force(business_day(at)).order_by("valid_from")
    return list({(row.measure, row.scope, row.level): row for row in rows}.values())


def _of(rule, at):
    span = datetime.timedelta(hours=rule.window_hours)
    since = at - span
    rows = _counted(rule, Mention.objects.filter(published_at__gt=since, published_at__lte=at))
    rows = [row for row in rows if _passes(rule, row)]
    usual = _usual(rule, since, span, [row["about"] for row in rows]) if rows and rule.times_usual else {}
    for row in rows:
        mean = usual.get(row["about"], Decimal(0)) if rule.times_usual else None
        if mean is None or row["mentions"] >= rule.times_usual * mean:
            yield Reached(rule, row["about"], since, row["mentions"], row["negative"], row["alarming"], mean)


def _counted(rule, mentions):
    """How many mentions there are about each thing of a rule's scope; what is set aside counts no more."""
    mentions = mentions.exclude(state=Mention.State.SET_ASIDE).order_by()
    counts = {
        "mentions": Count("pk"),
        "negative": Count("pk", filter=NEGATIVE),
        "alarming": Count("pk", filter=Q(alarming=True)),
    }
    if rule.scope == Scope.ALL:
        return [{"about": None, **mentions.aggregate(**counts)}]
    column = f"{rule.scope}_id"
    rows = mentions.exclude(**{column: None}).values(column).annotate(**counts)
    return [{"about": row.pop(column), **row} for row in rows]


def _passes(rule, row):
    if row["mentions"] < rule.least:
        return False
    measured = {
        Measure.VOLUME: row["mentions"],
        Measure.ALARMS: row["alarming"],
        Measure.NEGATIVE_SHARE: Decimal(100 * row["negative"]) / row["mentions"] if row["mentions"] else 0,
    }
    return measured[rule.measure] >= rule.threshold


def _usual(rule, since, span, numbers):
    """The mean number of mentions in the seven spans before, of each thing."""
    before = Mention.objects.filter(published_at__gt=since - SPANS_BEFORE * span, published_at__lte=since)
    if rule.scope != Scope.ALL:
        before = before.filter(**{f"{rule.scope}__in": numbers})
    return {row["about"]: Decimal(row["mentions"]) / SPANS_BEFORE for row in _counted(rule, before)}


def known(at, rules):
    """``{(rule, about)}`` with an open alert, or with one raised within the rule's own span."""
    if not rules:
        return set()
    oldest = at - datetime.timedelta(hours=max(rule.window_hours for rule in rules))
    rows = OpinionAlert.objects.filter(Q(state=OpinionAlert.State.RAISED) | Q(raised_at__gt=oldest))
    spans = {rule.pk: datetime.timedelta(hours=rule.window_hours) for rule in rules}
    return {
        (row.rule_id, row.about)
        for row in rows.only("rule", "about", "state", "raised_at")
        if row.state == OpinionAlert.State.RAISED or row.raised_at > at - spans.get(row.rule_id, at - at)
    }


def behind(alert):
    """The mentions that an alert counted."""
    rows = Mention.objects.filter(published_at__gt=alert.since, published_at__lte=alert.raised_at)
    scope, _colon, number = alert.about.partition(":")
    return rows.filter(**{scope: number}) if number else rows
