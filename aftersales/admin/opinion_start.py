"""What talk in public, reviews and improvement put on a person's start page."""

import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from aftersales.models import (
    EmergencyPlan,
    ImprovementAction,
    Mention,
    OpinionAlert,
    OpinionCase,
    Review,
    Sentiment,
)
from aftersales.rules.emergency_plan import in_force
from aftersales.rules.improvement import to_verify
from aftersales.rules.opinion import for_person, unseen
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, left, pile, waited

DAYS_AHEAD, DRILLS_AHEAD = 7, 30


def work(user, on):
    """Alerts, cases and reviews for who deals with them; actions for who owns or verifies them."""
    if user.has_perm("aftersales.take_opinionalert"):
        yield from _talk(user, on)
    if user.has_perm("aftersales.drill_emergencyplan"):
        yield from _plans(user, on)
    if user.has_perm("aftersales.answer_review"):
        yield _reviews(on)
    if user.has_perm("aftersales.view_improvementaction"):
        yield from _actions(user, on)


def _talk(user, on):
    alerts = OpinionAlert.objects.filter(state=OpinionAlert.State.RAISED).order_by("raised_at", "id")
    yield pile(
        WAITS,
        _("Opinion alerts to deal with"),
        alerts.select_related("rule", "merchant", "product", "streamer", "show"),
        "state__exact=raised",
        lambda row: (str(row), waited(row.raised_at, on)),
    )
    cases = for_person(OpinionCase.objects.filter(state__in=OpinionCase.RUNNING), user)
    yield pile(
        WAITS,
        _("Opinion cases of yours, or of nobody yet"),
        cases.order_by("opened_at", "id"),
        f"state__in={','.join(OpinionCase.RUNNING)}&whose=mine",
        lambda row: (str(row), waited(row.opened_at, on)),
    )
    bad = Mention.objects.filter(state=Mention.State.NEW, sentiment=Sentiment.NEGATIVE)
    yield pile(
        WAITS,
        _("Negative mentions nobody looked at"),
        bad.select_related("outlet").order_by("-reach", "id"),
        "state__exact=new&sentiment__exact=negative",
        lambda row: (row.text[:30], str(row.outlet)),
    )
    yield pile(
        BLOCKED,
        _("Outlets that nobody looked through"),
        unseen(on).order_by(F("watched_at").asc(nulls_first=True), "id"),
        "unseen=now",
        lambda row: (str(row), waited(row.watched_at, on)),
    )


def _plans(user, on):
    soon = on + datetime.timedelta(days=DRILLS_AHEAD)
    drafts = EmergencyPlan.objects.filter(state=EmergencyPlan.State.DRAFT).exclude(written_by=user)
    yield pile(
        WAITS,
        _("Emergency plans to adopt"),
        drafts.order_by("id"),
        "state__exact=draft",
        lambda plan: (str(plan), waited(plan.created_at, on)),
    )
    yield pile(
        EXPIRES,
        _("Emergency plans to rehearse"),
        in_force().filter(drill_due_on__lte=soon).order_by("drill_due_on", "id"),
        f"state__exact=adopted&drill_due_on__lte={soon}",
        lambda plan: (str(plan), left(plan.drill_due_on, on)),
    )


def _reviews(on):
    waiting = Review.objects.filter(state=Review.State.WAITING).order_by("given_at", "id")
    return pile(
        WAITS,
        _("Negative reviews to answer"),
        waiting,
        "state__exact=waiting",
        lambda row: (f"{row.score} ★ {row.text[:20]}", waited(row.given_at, on)),
    )


def _actions(user, on):
    own = ImprovementAction.objects.filter(owner=user, state=ImprovementAction.State.PLANNED)
    soon = on + datetime.timedelta(days=DAYS_AHEAD)
    yield pile(
        EXPIRES,
        _("Improvement actions of yours that are due"),
        own.filter(due_on__lte=soon).select_related("nonconformity").order_by("due_on", "id"),
        f"state__exact=planned&owner__id__exact={user.pk}&due_on__lte={soon}",
        lambda row: (str(row), left(row.due_on, on)),
    )
    if user.has_perm("aftersales.verify_improvementaction"):
        yield pile(
            WAITS,
            _("Improvement actions whose effect is to be verified"),
            to_verify(user).select_related("nonconformity").order_by("done_at", "id"),
            "to_verify=mine",
            lambda row: (str(row), waited(row.done_at, on)),
        )
