"""Buyers' questions: asked, handed to whoever knows, answered in time, asked again, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import article as articles
from aftersales.actions import clock as clocks
from aftersales.models import ArticleUse, DeadlineRule, Inquiry
from aftersales.rules.inquiry import ANSWERING
from aftersales.rules.suggest import topic_of
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked

State = Inquiry.State
STEP = DeadlineRule.Kind.INQUIRY


def ask(inquiry, *, by, at):
    """Take a question in, from a buyer (``by`` is nobody) or by staff, and promise when it is answered."""
    if by is not None:
        moves.require_may(by, "add", inquiry)
    with transaction.atomic():
        inquiry.code = next_code(Inquiry, "Q", 6)
        inquiry.asked_at, inquiry.due_at = at, clocks.until(STEP, at=at)
        if inquiry.topic in ("", Inquiry._meta.get_field("topic").default):
            inquiry.topic = topic_of(inquiry.text)
        records.save(inquiry, by=by, at=at, verb="ask")
        _begin(inquiry, by=by, at=at)
    return inquiry


def _begin(inquiry, *, by, at):
    clocks.begin(inquiry, STEP, by=by, at=at, merchant=inquiry.merchant, agent=inquiry.agent)


def assign(inquiry, *, by, at, merchant=None, agent=None, note=""):
    """Hand a question to a merchant's people or to a colleague; the promised moment stays."""
    if merchant is None and agent is None:
        raise ValidationError(_("Say to which merchant or colleague it goes."))
    with moves.move(inquiry, "assign", by=by, at=at, note=note) as locked:
        locked.merchant = merchant or locked.merchant
        locked.agent = agent or locked.agent
        clocks.assign(locked, by=by, at=at, merchant=locked.merchant, agent=locked.agent)
    return inquiry


def answer(inquiry, *, answer, by, at, article_version=None, note=""):
    """Answer a question in decent words; where an article was given, it is counted as used."""
    with moves.move(inquiry, "answer", by=by, at=at, note=note) as locked:
        if not answer.strip():
            raise ValidationError({"answer": _("Write the answer.")})
        locked.answer = answer.strip()
        findings = list(ANSWERING.findings(locked, business_day(at)))
        if blockers := [finding for finding in findings if finding.blocks]:
            raise Blocked(blockers)
        locked.answered_by, locked.answered_at = by, at
        clocks.stop(locked, STEP, by=by, at=at)
        locked.article_version = article_version
        if article_version is not None:
            articles.use(article_version, ArticleUse.Kind.GIVEN, by=by, at=at, matter=locked)
    return inquiry


def ask_again(inquiry, *, text, by, at):
    """Put a further question to the same matter; the time for the answer begins anew."""
    with moves.move(inquiry, "ask_again", by=by, at=at) as locked:
        locked.text = f"{locked.text}\n\n{said(text).strip()}"
        locked.rounds += 1
        locked.due_at = clocks.until(STEP, at=at)
        _begin(locked, by=by, at=at)
    return inquiry


def close(inquiry, *, by, at, note=""):
    """Close a question; one that nobody answered only with a reason."""
    with moves.move(inquiry, "close", by=by, at=at, note=note) as locked:
        if locked.state == State.WAITING:
            said(note)
        clocks.stop(locked, STEP, by=by, at=at)
    return inquiry
