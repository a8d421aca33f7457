"""The shipped terms and their words hang together."""

from collections import defaultdict

from mcn.claims.excuses import Outcome
from mcn.claims.normalise import normalise
from mcn.claims.terms import WILD, WILD_MARKS, Regime, by_regime, shipped, variants

TERMS = list(shipped())


def test_the_shipped_terms_are_several_hundred_of_every_kind():
    assert 400 <= len(TERMS) <= 700
    assert len({term.kind for term in TERMS}) >= 20


def test_every_term_that_flags_says_why_by_which_clause_and_what_instead():
    flagging = [term for term in TERMS if term.outcome is not Outcome.PASS]

    assert [term.text for term in flagging if not (term.reason and term.clause and term.suggestion)] == []
    assert [term.text for term in flagging if not term.clause.startswith("DB4401 5.")] == []


def test_no_two_wordings_of_a_regime_read_the_same_with_different_outcomes():
    clashing = []
    for regime in Regime:
        outcomes = defaultdict(set)
        for wording, term in by_regime(TERMS, regime).items():
            outcomes[read(wording)].add(term.outcome)
        clashing += [wording for wording, said in outcomes.items() if len(said) > 1]

    assert clashing == []


def read(wording):
    return "".join(part if part in WILD else normalise(part).text for part in WILD_MARKS.split(wording))


def test_alternatives_are_written_out():
    assert variants("加[微信|v]领[奖|券]") == ["加微信领奖", "加微信领券", "加v领奖", "加v领券"]
