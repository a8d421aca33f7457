"""The words that a guardian reads and signs: a text by version, filled in with whom, what and how long.

A version that was published is never changed: new words are a new file, whose name is its version.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[1] / "data" / "consents"
VERSION = "2026-11"


@dataclass(frozen=True)
class Words:
    """What a guardian reads: the version of the text, the words, and their SHA-256."""

    version: str
    text: str

    @property
    def sha256(self):
        """What the words are proved by."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def usual_scope():
    """What a consent is for where nobody says otherwise."""
    return (TEXTS / "scope.txt").read_text(encoding="utf-8")


def words_of(consent):
    """The words of a consent: as they were signed, else as they stand today."""
    if consent.text:
        return Words(consent.text_version, consent.text)
    template = (TEXTS / f"{VERSION}.txt").read_text(encoding="utf-8")
    streamer = consent.streamer
    return Words(
        VERSION,
        template.format(
            minor=first_of(streamer.name),
            stage_name=streamer.stage_name,
            relation=RELATIONS[consent.relation],
            scope=consent.scope,
            valid_from=day(consent.valid_from),
            valid_to=day(consent.valid_to),
        ),
    )


def first_of(name):
    """A person's name as somebody without an account may read it: its first character."""
    return f"{name[:1]}**" if name else "**"


def day(value):
    """A day as the text writes it, whatever language the page is in."""
    return f"{value.year}年{value.month}月{value.day}日"


# The text is Chinese, whatever language its reader's pages are in.
RELATIONS = {"father": "父亲", "mother": "母亲", "other": "其他法定监护人"}
