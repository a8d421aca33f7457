"""Surveys of consumers: opened, links made, answered once each, closed with what was found."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.models import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion
from aftersales.rules.numbers import without_numbers
from mcn.kit import moves, records
from mcn.kit.refusal import Refused

SALT = "aftersales.survey"
Kind = SurveyQuestion.Kind
State = Survey.State
YES_NO = ["yes", "no"]


def change(survey, questions=(), *, by, at):
    """Save a survey with questions of it, while it is a draft."""
    adding = survey._state.adding
    moves.require_may(by, "add" if adding else "change", survey)
    with transaction.atomic():
        if not adding:
            moves.lock_words(survey, by=by)
        records.save(survey, by=by, at=at)
        for question in questions:
            question.survey = survey
            records.save(question, by=by, at=at)
    return survey


def publish(survey, *, by, at, note=""):
    """Open a survey for answers: it has questions, one of which tells the satisfaction."""
    with moves.move(survey, "publish", by=by, at=at, note=note) as locked:
        questions = list(locked.questions.all())
        if not any(question.satisfaction for question in questions):
            raise ValidationError(_("Ask at least one question that counts as satisfaction."))
    return survey


def close(survey, *, findings, measures, by, at):
    """Close a survey with what was found and what is done about it; its links lead nowhere any more."""
    for name, text in (("findings", findings), ("measures", measures)):
        if not text.strip():
            raise ValidationError({name: _("Say what was found and what is done about it.")})
    with moves.move(survey, "close", by=by, at=at, note=findings[:200]) as locked:
        locked.findings, locked.measures = findings, measures
    return survey


def invite(survey, *, label, by, at, matter=None, **about):
    """Make a link that asks one consumer once; of one matter there is one link."""
    moves.require_may(by, "invite", survey)
    if survey.state != State.OPEN:
        raise Refused(_("%(survey)s is not open.") % {"survey": survey})
    invitation = SurveyInvitation(
        survey=survey,
        label=label,
        invited_at=at,
        invited_by=by,
        expires_at=at + datetime.timedelta(days=survey.good_days),
        **about,
    )
    if matter is not None:
        invitation.content_type = ContentType.objects.get_for_model(matter)
        invitation.object_id = matter.pk
    return records.save(invitation, by=by, at=at, verb="invite")


def ask_after(matter, service, *, label, at, **about):
    """The link that asks a consumer after a matter, made where there is none yet; None with no survey open.

    For the actions that know when a matter is over.
    """
    survey = Survey.objects.filter(service=service, state=State.OPEN).first()
    if survey is None:
        return None
    kind = ContentType.objects.get_for_model(matter)
    there = survey.invitations.filter(content_type=kind, object_id=matter.pk).first()
    return there or invite(survey, label=label, matter=matter, by=None, at=at, **about)


def open_link(matter, at):
    """The address at which a consumer may still be heard about a matter; empty where nobody asked them."""
    kind = ContentType.objects.get_for_model(matter)
    asked = SurveyInvitation.objects.filter(content_type=kind, object_id=matter.pk).select_related("survey")
    return next((link_of(invitation) for invitation in asked if is_open(invitation, at)), "")


def link_of(invitation):
    """The address at which the consumer answers."""
    return reverse("survey", args=[signing.dumps(invitation.pk, salt=SALT)])


def find(token):
    """The invitation of a link's token, or None where the token is not ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return SurveyInvitation.objects.select_related("survey").filter(pk=number).first()


def is_open(invitation, at):
    """Whether a link can still be answered."""
    running = invitation.survey.state == State.OPEN and at < invitation.expires_at
    return running and invitation.answered_at is None


def answer(invitation, said, *, at):
    """Take a consumer's answers in, ``{question: what was said}``: once, and without a name."""
    with transaction.atomic():
        locked = moves.lock(invitation)
        if not is_open(locked, at):
            raise Refused(_("This survey was answered already, or the link has run out. Thank you."))
        questions = list(locked.survey.questions.all())
        missing = [question.text for question in questions if question.required and not said.get(question)]
        if missing:
            raise ValidationError(_("Please answer: %(questions)s") % {"questions": "、".join(missing)})
        answers = [_answer(locked, question, said[question]) for question in questions if said.get(question)]
        records.save_many(answers, by=None, at=at)
        told = [row.stars for row in answers if row.question.satisfaction]
        locked.answered_at = at
        locked.satisfaction = _mean(told)
        records.save(locked, by=None, at=at, verb="reply")
    return locked


def _answer(invitation, question, value):
    row = SurveyAnswer(invitation=invitation, question=question)
    if question.kind == Kind.STARS:
        row.stars = int(value)
    else:
        allowed = {Kind.YES_NO: YES_NO, Kind.CHOICE: question.choices}.get(question.kind)
        if allowed is not None and value not in allowed:
            raise ValidationError(_("Choose one of those offered."))
        row.said = without_numbers(value)
    return row


def _mean(stars):
    if not stars:
        return None
    return (Decimal(sum(stars)) / len(stars)).quantize(Decimal("0.01"), ROUND_HALF_UP)
