"""Alerts about talk in public: raised by the rules in force, made a case, or dismissed with the reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import mention as mention_actions
from aftersales.actions import opinion_case as case_actions
from aftersales.models import Level, OpinionAlert, OpinionCase
from aftersales.rules.opinion_alert import behind, known, reached, rules_in_force
from mcn.accounts.models import User
from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.notices.actions import Telling, tell_many

# Who sees to alerts; the worst ones reach those too who start the emergency plan.
WATCHERS = ["after_sales", "compliance"]


@transaction.atomic
def watch(*, at):
    """Raise what the rules in force find now; run again, it raises nothing. Return the alerts raised."""
    rules = rules_in_force(at)
    there = known(at, rules)
    alerts = [
        OpinionAlert(
            rule=found.rule,
            about=found.about,
            level=found.rule.level,
            since=found.since,
            raised_at=at,
            mentions=found.mentions,
            negative=found.negative,
            alarming=found.alarming,
            usual=found.usual,
            **({f"{found.rule.scope}_id": found.number} if found.number else {}),
        )
        for found in reached(rules, at=at)
        if (found.rule.pk, found.about) not in there
    ]
    records.save_many(alerts, by=None, at=at, verb="raise_alert")
    _tell(alerts, at=at)
    return alerts


def _tell(alerts, *, at):
    if not alerts:
        return
    people = list(User.objects.filter(groups__name__in=WATCHERS, is_active=True).distinct())
    tellings = [
        Telling(
            people,
            title=_("Opinion alert: %(level)s") % {"level": alert.get_level_display()},
            text=str(alert),
            url=admin_page(alert),
            kind="opinion",
            subject=alert,
            once=f"opinion_alert:{alert.pk}",
        )
        for alert in alerts
    ]
    tell_many(tellings, at=at)


def take(alert, *, title, summary, owner, by, at, note=""):
    """Make a case of an alert: its mentions go into it, its owner is told, its deadline runs."""
    with moves.move(alert, "take", by=by, at=at, note=note) as locked:
        case = OpinionCase(title=title, summary=summary, level=locked.level, owner=owner)
        for name in OpinionAlert.ABOUT:
            setattr(case, name, getattr(locked, name))
        case_actions.open_case(case, by=by, at=at)
        mention_actions.follow_all(_worth_following(locked), case, by=by, at=at)
        locked.case, locked.decided_by, locked.decided_at, locked.reason = case, by, at, note
    return alert


def _worth_following(alert):
    """What sounds bad among the mentions of an alert; of a bare rush of them, all."""
    rows = behind(alert)
    if alert.level == Level.NOTICE and not alert.negative and not alert.alarming:
        return rows
    return rows.filter(sentiment="negative") | rows.filter(alarming=True)


def dismiss(alert, *, note, by, at):
    """Say why nothing has to be done about an alert."""
    with moves.move(alert, "dismiss", by=by, at=at, note=said(note)) as locked:
        locked.decided_by, locked.decided_at, locked.reason = by, at, note
    return alert
