"""Whether the file of a complaint is what was written: every digest is worked out again.

An entry's digest covers who did what when, the digests of its words and its file, and the digest of the entry
before. The complaint itself keeps the number of entries and the last digest, so that a cut-off end shows.
"""

import datetime
import hashlib

from django.utils.translation import gettext as _

from mcn.evidence.facts import canonical

COVERED = [
    "number",
    "kind",
    "side",
    "by_id",
    "at",
    "text_sha256",
    "facts",
    "document_sha256",
    "for_merchant",
    "for_consumer",
    "previous",
]


def sha256_of(text):
    """SHA-256 of a text's UTF-8 bytes, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(entry, code):
    """The digest of an entry of the complaint with this number."""
    told = {name: getattr(entry, name) for name in COVERED}
    told["at"] = entry.at.astimezone(datetime.UTC).isoformat()
    return sha256_of(canonical({"complaint": code} | told))


def faults(complaint, entries):
    """What is wrong with a file, as pairs of an entry's number and words; nothing where it is whole.

    ``entries`` are all of the complaint's, in their order.
    """
    previous, expected = "", 1
    for entry in entries:
        if entry.number != expected:
            yield expected, _("an entry is missing before this one")
        if entry.purged_at is None and sha256_of(entry.text) != entry.text_sha256:
            yield entry.number, _("its words were changed")
        if entry.previous != previous:
            yield entry.number, _("it does not follow the entry before")
        if digest_of(entry, complaint.code) != entry.digest:
            yield entry.number, _("it was changed")
        previous, expected = entry.digest, entry.number + 1
    if (expected - 1, previous) != (complaint.entries_count, complaint.head):
        yield complaint.entries_count, _("the end of the file is not the one that was written")
