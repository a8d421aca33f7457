"""What nobody may say to the public: banned words, ways past the platform, personal numbers."""

import re

from django.utils.translation import gettext as _

from mcn.claims import categories
from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.claims.terms import Regime

ELSEWHERE = re.compile(
    r"https?://\S+|www\.\S+|(?:加|私聊|联系)?(?:微信|薇信|VX|vx|QQ|扣扣)(?:号|群)?[:：]?\s*[A-Za-z0-9_-]{5,}"
)
PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19})(?!\d)")


def regime_of(row):
    """The wording rules by which a row is judged: those of its category's goods, else the general ones."""
    category = row and row.category
    return categories.regime_of(category.claim_regime) if category else Regime.GENERAL


def scan(text, regime=Regime.GENERAL):
    """The hits of a text that buyers are to read."""
    return scanner().scan(text, regime).hits


def banned(text, regime=Regime.GENERAL):
    """What may not be said in a text, each as it is told to whoever wrote it."""
    for hit in scan(text, regime):
        if hit.outcome is Outcome.BANNED:
            said = _("“%(matched)s”: %(reason)s %(suggestion)s")
            yield said % {"matched": hit.matched, "reason": hit.reason, "suggestion": hit.suggestion}


def leads_elsewhere(text):
    """The links and private accounts in a text, which would lead a buyer away from the platform."""
    for found in ELSEWHERE.finditer(text):
        yield _("“%(found)s” leads the buyer away from the platform: take it out.") % {"found": found[0]}


def tells_of_people(text):
    """The phones, identity and card numbers in a text, without repeating them."""
    if PERSONAL.search(text):
        yield _("It holds a phone, identity or card number: take it out.")
