"""Knowledge articles: written, scanned, approved by another, looked at again, taken out of use; their use."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Article, ArticleUse, ArticleVersion
from aftersales.rules.article import KNOWLEDGE, hits_of
from mcn.agency.models import Figure, figure
from mcn.claims.in_force import scanner
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState

State = ArticleVersion.State
Kind = ArticleUse.Kind


def add(article, *, by, at, words=None):
    """Enter an article under the next number; with the words of its first version, where there are any."""
    moves.require_may(by, "add", article)
    with transaction.atomic():
        article.code = next_code(Article, "K", 5)
        records.save(article, by=by, at=at)
        if words:
            open_version(article, words=words, by=by, at=at)
    return article


def change(article, *, by, at, why=""):
    """Change what an article is about and for whom; its answer stays."""
    moves.require_may(by, "change", article)
    return records.save(article, by=by, at=at, why=why)


def open_version(article, *, by, at, words=None, note=""):
    """Begin the next version with the words of the last; the published one is given until it is approved."""
    with transaction.atomic():
        locked = moves.lock(article)
        version = ArticleVersion(article=locked, written_by=by)
        moves.require_may(by, "add", version)
        last = locked.versions.order_by("number").last()
        if last and last.state in ArticleVersion.OPEN:
            raise WrongState(_("There is an open version already: go on with that one."))
        version.number = last.number + 1 if last else 1
        before = {name: getattr(last, name) for name in ArticleVersion.CONTENT} if last else {}
        for name, value in (before | {"title": before.get("title") or locked.name} | (words or {})).items():
            setattr(version, name, value)
        return records.save(version, by=by, at=at, verb="open_version")


def save_draft(version, *, words, by, at, seen=None):
    """Keep what was written of a version that nobody is looking at."""
    with transaction.atomic():
        locked = moves.lock_words(version, by=by, seen=seen)
        for name in ArticleVersion.CONTENT:
            if name in words:
                setattr(locked, name, words[name])
        locked.written_by = by or locked.written_by
        records.save(locked, by=by, at=at)
    version.refresh_from_db()
    return version


def submit(version, *, by, at, note=""):
    """Hand a version in for approval, with what the claim scan found."""
    with moves.move(version, "submit", by=by, at=at, note=note) as locked:
        locked.hits, locked.terms = hits_of(locked), scanner().version
        locked.submitted_by, locked.submitted_at = by, at
        locked.decided_by = locked.decided_at = None
    return version


def withdraw(version, *, by, at, note=""):
    """Take a version back before anybody decided."""
    with moves.move(version, "withdraw", by=by, at=at, note=note):
        pass
    return version


def approve(version, *, by, at, note=""):
    """Publish an answer, not by who wrote or submitted it; it takes the place of the version before."""
    with moves.move(version, "approve", by=by, at=at, note=note) as locked:
        _require_another(by, locked)
        article = moves.lock(locked.article)
        KNOWLEDGE.inspect(locked, on=business_day(at)).require()
        for row in article.versions.filter(state=State.PUBLISHED):
            row.state = State.SUPERSEDED
            records.save(row, by=by, at=at, verb="supersede")
        _decide(locked, note, by=by, at=at)
        _put_off(article, by=by, at=at, verb="publish")
    return version


def send_back(version, *, note, by, at):
    """Return a version with what is to be mended; not by who wrote or submitted it."""
    with moves.move(version, "send_back", by=by, at=at, note=note) as locked:
        _require_another(by, locked)
        _decide(locked, said(note), by=by, at=at)
    return version


def retire(version, *, note, by, at):
    """Take an answer out of use, saying why; buyers and agents do not find it any more."""
    with moves.move(version, "retire", by=by, at=at, note=said(note)) as locked:
        locked.comment = note.strip()
        article = moves.lock(locked.article)
        article.review_on = None
        records.save(article, by=by, at=at)
    return version


def confirm(article, *, by, at, note=""):
    """Say that the published answer was looked at and still holds; the next look is due in its time."""
    with transaction.atomic():
        locked = moves.lock(article)
        moves.require_may(by, "confirm", locked)
        published = locked.versions.filter(state=State.PUBLISHED).first()
        if published is None:
            raise Refused(_("Nothing of it is published: there is nothing to confirm."))
        _put_off(locked, by=by, at=at, verb="confirm", why=note)
    article.refresh_from_db()
    return article


def _put_off(article, *, by, at, verb, why=""):
    days = figure(Figure.Key.KNOWLEDGE_REVIEW_DAYS, business_day(at))
    article.review_on = business_day(at) + datetime.timedelta(days=days)
    records.save(article, by=by, at=at, verb=verb, why=why)


def _require_another(by, version):
    for person in (version.written_by_id, version.submitted_by_id):
        moves.require_another(by, person)


def _decide(version, note, *, by, at):
    version.decided_by, version.decided_at, version.comment = by, at, note.strip()


def use(version, kind, *, by, at, matter=None):
    """Note that an answer was given, or whether it helped; only of one that is published."""
    if version.state != State.PUBLISHED:
        raise WrongState(_("This answer is not in use any more."))
    given = ArticleUse(version_used=version, kind=kind, used_at=at, used_by=by)
    if matter is not None:
        given.matter_model, given.matter_id = matter._meta.label_lower, matter.pk
    return records.save(given, by=by, at=at)
