"""How well the shipped terms do on sentences of our own: what they find, and what they find wrongly."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from mcn.claims.scan import Scanner
from mcn.claims.terms import Regime, shipped

SENTENCES = Path(__file__).parent / "corpus.jsonl"
RECALL = 0.95
FALSE_ALARMS = 0.05


@pytest.fixture(scope="module")
def told():
    """How often a sentence of each expected outcome came to each outcome."""
    scanner = Scanner(shipped())
    counts = Counter()
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        scan = scanner.scan(row["text"], Regime(row.get("regime", "general")))
        counts[row["expected"], scan.outcome.value] += 1
    return counts


def share(told, expected, outcomes):
    of = {outcome: count for (label, outcome), count in told.items() if label == expected}
    return sum(of.get(outcome, 0) for outcome in outcomes) / sum(of.values())


def test_nearly_all_that_is_banned_is_found(told):
    recall = share(told, "banned", ["banned"])
    sys.stdout.write(f"recall of banned {recall:.3f} over {told.total()} sentences\n")

    assert recall >= RECALL


def test_nearly_all_that_needs_evidence_is_found(told):
    recall = share(told, "needs_evidence", ["needs_evidence"])
    sys.stdout.write(f"recall of needs_evidence {recall:.3f}\n")

    assert recall >= RECALL


def test_hardly_a_harmless_sentence_is_flagged(told):
    false_alarms = share(told, "pass", ["banned", "needs_evidence"])
    sys.stdout.write(f"false alarms {false_alarms:.3f}\n")

    assert false_alarms <= FALSE_ALARMS
