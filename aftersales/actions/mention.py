"""What is said in public: brought in and judged at once, mended by people, set aside or put into a case."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import outlet as outlet_actions
from aftersales.models import Mention, OpinionCase, Sentiment
from aftersales.rules.numbers import without_numbers
from aftersales.rules.sentiment import lexicon
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import permission, said
from mcn.kit.refusal import Denied, WrongState
from merchants.models import Merchant
from streamers.models import Streamer

Source = Mention.Source
State = Mention.State

# Shorter names stand in too many sentences that are not about them.
SHORTEST_NAME = 3


def enter(mention, *, by, at, source=Source.HAND):
    """Put one thing that was said on record, and say at once how it sounds."""
    return bring([mention], by=by, at=at, source=source)[0]


def bring(mentions, *, by, at, source=Source.PROGRAM):
    """Put many mentions on record, new ones and ones seen again; judge what is new or reads otherwise.

    A number of a phone or an identity card in a text is masked before it is stored. Who is named in a text
    is what it is about, where nobody said so. The outlets count as looked through.
    """
    if by is not None and not all(by.has_perm(permission(Mention, verb)) for verb in ("add", "change")):
        raise Denied(_("You may not enter mentions."))
    with transaction.atomic():
        for mention in mentions:
            if mention.published_at and mention.published_at > at:
                raise ValidationError({"published_at": _("This lies in the future.")})
            mention.text = without_numbers(mention.text)
            if mention._state.adding:
                mention.source = source
        _find_about(mentions)
        _hear(mentions, at)
        saved = records.save_many(mentions, by=by, at=at)
        outlets = {mention.outlet_id: mention.outlet for mention in mentions}
        outlet_actions.look([*outlets.values()], by=by, at=at)
    return saved or mentions


def _hear(mentions, at):
    """Judge what each text says; what a person judged stays so."""
    words = lexicon(business_day(at))
    for mention in mentions:
        verdict = words.judge(mention.text)
        mention.heard, mention.points = verdict.sentiment, verdict.points
        mention.words, mention.alarms = verdict.words, verdict.alarms
        mention.alarming, mention.lexicon = bool(verdict.alarms), verdict.lexicon
        if mention.judged_by_id is None:
            mention.sentiment = verdict.sentiment


def _find_about(mentions):
    """Say of mentions about nobody whom their text names."""
    open_ones = [mention for mention in mentions if all(value is None for value in _about(mention))]
    if not open_ones:
        return
    names = _names(Streamer.objects.exclude(state="ended").values_list("stage_name", "pk"), "streamer_id")
    names |= _names(Merchant.objects.exclude(state="exited").values_list("name", "pk"), "merchant_id")
    if not names:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for mention in open_ones:
        for found in pattern.findall(mention.text):
            column, number = names[found]
            if getattr(mention, column) is None:
                setattr(mention, column, number)


def _names(rows, column):
    return {name: (column, number) for name, number in rows if len(name) >= SHORTEST_NAME}


def _about(mention):
    return [getattr(mention, f"{name}_id") for name in Mention.ABOUT]


def judge(mention, *, sentiment, by, at, note=""):
    """Say how a mention really sounds; what the lexicon heard stays beside it."""
    if sentiment not in Sentiment:
        raise ValidationError({"sentiment": _("Choose one of those offered.")})
    with transaction.atomic():
        locked = moves.lock(mention)
        moves.require_may(by, "judge", locked)
        locked.sentiment, locked.judged_by = sentiment, by
        records.save(locked, by=by, at=at, verb="judge", why=note)
    mention.refresh_from_db()
    return mention


def set_aside(mention, *, note, by, at):
    """Say why nothing has to be done about a mention."""
    with moves.move(mention, "set_aside", by=by, at=at, note=said(note)):
        pass
    return mention


def follow(mention, *, case, by, at, note=""):
    """Put a mention into a case that is not closed."""
    with moves.move(mention, "follow", by=by, at=at, note=note) as locked:
        _require_running(case)
        locked.case = case
    return mention


def follow_all(mentions, case, *, by, at):
    """Put all new mentions of a queryset into a case, by one write."""
    rows = list(mentions.filter(state=State.NEW).select_for_update(of=("self",)))
    for mention in rows:
        mention.state, mention.case = State.FOLLOWED, case
    return records.save_many(rows, by=by, at=at, verb="follow")


def _require_running(case):
    if case.state not in OpinionCase.RUNNING:
        raise WrongState(_("%(case)s is closed: reopen it, or open another case.") % {"case": case})
