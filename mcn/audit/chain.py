"""The hash chain over the audit trail.

Writers only insert entries and never wait for one another. ``seal`` gathers what has been committed into a
block: the block holds each entry's SHA-256 and its own digest covers those and the block before. Each entry
carries a mark that only the product can make, so that what is slipped in beside it shows even before a seal.
``sign_head`` writes the newest digest, signed, outside the database, so that a tail cut off shows. ``verify``
names the first row that was changed, removed, inserted or moved.
"""

import datetime
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min

from mcn.audit.mark import MARKED, is_ours, keys
from mcn.audit.models import Block, Entry, Sealed

GENESIS = "0" * 64
BLOCK_SIZE = 5_000
FIELDS = ["id", *MARKED, "mark"]
SEAL_LOCK = 715_001


@dataclass
class Verdict:
    """What ``verify`` found: the counts, and the first fault where there is one."""

    intact: bool
    blocks: int
    entries: int
    waiting: int
    fault: str = ""
    block: int | None = None
    entry: int | None = None

    def as_dict(self):
        return asdict(self)


def leaf(values):
    """SHA-256 of one entry given as the values of ``FIELDS``; JSON, so that no text can pass for two."""
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_UTC_Z)).hexdigest()


def block_digest(number, sealed_at, previous, leaves):
    """SHA-256 that binds a block's place, moment, predecessor and leaves."""
    stamp = sealed_at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{number}\n{stamp}\n{previous}\n{leaves}".encode()).hexdigest()


def seal(*, at):
    """Seal every committed entry that waits, ``BLOCK_SIZE`` to a block; return how many there were."""
    total = 0
    while count := _seal_one(at):
        total += count
    return total


@transaction.atomic
def _seal_one(at):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    rows = list(Entry.objects.filter(sealed=None).order_by("id").values_list(*FIELDS)[:BLOCK_SIZE])
    if not rows:
        return 0
    last = Block.objects.order_by("-number").values_list("number", "digest").first() or (0, GENESIS)
    number, previous = last[0] + 1, last[1]
    leaves = "\n".join(f"{row[0]} {leaf(row)}" for row in rows)
    digest = block_digest(number, at, previous, leaves)
    block = Block.objects.create(number=number, sealed_at=at, leaves=leaves, previous=previous, digest=digest)
    Sealed.objects.bulk_create([Sealed(entry_id=row[0], block=block) for row in rows], batch_size=1_000)
    return len(rows)


def sign_head(*, at):
    """Write the newest block's number and digest, signed, to ``AUDIT_HEADS_DIR``; return the file or None."""
    head = Block.objects.order_by("-number").values("number", "digest").first()
    if head is None:
        return None
    settings.AUDIT_HEADS_DIR.mkdir(parents=True, exist_ok=True)
    path = settings.AUDIT_HEADS_DIR / f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%S}Z.json"
    path.write_text(json.dumps({**head, "at": at.isoformat(), "signature": signature(head)}, indent=2) + "\n")
    return path


def signature(head):
    """HMAC-SHA-256 over a head, keyed by the secret key: the database alone cannot make one."""
    return _signed(head, keys()[0])


def _signed(head, key):
    message = f"{head['number']}:{head['digest']}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def verify(*, at):
    """Walk the whole chain in constant memory and return a ``Verdict`` that names the first fault."""
    previous, blocks, entries, last = GENESIS, 0, 0, 0
    for block in Block.objects.order_by("number").iterator(chunk_size=20):
        blocks += 1
        fault = _fault_of(block, blocks, previous)
        entry_id = None
        if not fault:
            fault, entry_id = _first_altered(block)
        if fault:
            return Verdict(False, blocks, entries, 0, fault, min(block.number, blocks), entry_id)
        previous, last = block.digest, block.number
        entries += block.leaves.count("\n") + 1
    return _verify_tail(at, blocks, entries, last)


def _fault_of(block, number, previous):
    if block.number != number:
        return "block removed or inserted"
    if block.previous != previous:
        return "block does not follow the one before"
    if block.digest != block_digest(block.number, block.sealed_at, block.previous, block.leaves):
        return "block changed"
    return ""


def _first_altered(block):
    promised = dict(line.split(" ") for line in block.leaves.split("\n"))
    ids = [int(key) for key in promised]
    rows = Entry.objects.filter(id__gte=ids[0], id__lte=ids[-1]).order_by("id").values_list(*FIELDS)
    found = {str(row[0]): row for row in rows}
    known = keys()
    for key, digest in promised.items():
        row = found.get(key)
        if row is None:
            return "entry removed", int(key)
        if leaf(row) != digest:
            return "entry changed", int(key)
        if not is_ours(row[-1], row[1:-1], known):
            return "entry inserted", int(key)
    tied = Sealed.objects.filter(block_id=block.number).order_by("entry_id")
    return _first_untied(ids, list(tied.values_list("entry_id", flat=True)))


def _first_untied(ids, tied):
    """The first entry that is tied to another block than the one that holds its hash, or to none."""
    if tied == ids:
        return "", None
    [first, *_others] = sorted({*ids} ^ {*tied})
    return ("entry's tie to its block removed" if first in ids else "entry inserted"), first


def _verify_tail(at, blocks, entries, last):
    """The unsealed rest: older than the time to the seal slipped in; a head beyond the end was cut off."""
    limit = at - datetime.timedelta(seconds=settings.AUDIT_SECONDS_TO_SEAL)
    newest = (
        Entry.objects.filter(sealed__block=last).order_by("-id").values_list("id", flat=True).first() or 0
    )
    slipped = (
        Entry.objects.filter(id__lte=newest, at__lt=limit).exclude(sealed__block__gt=0).order_by("id").first()
    )
    waiting = Entry.objects.filter(sealed=None).count()
    inserted = slipped.id if slipped else _first_not_ours() or _first_copied()
    if inserted:
        return Verdict(False, blocks, entries, waiting, "entry inserted", None, inserted)
    for head in _signed_heads():
        if not any(hmac.compare_digest(head.get("signature", ""), _signed(head, key)) for key in keys()):
            return Verdict(False, blocks, entries, waiting, "signed head forged", head["number"], None)
        if not Block.objects.filter(number=head["number"], digest=head["digest"]).exists():
            first = min(head["number"], blocks + 1)
            return Verdict(False, blocks, entries, waiting, "tail cut off or chain rewritten", first, None)
    return Verdict(True, blocks, entries, waiting)


def _first_not_ours():
    """The first entry that waits for its seal and was not written by the product."""
    waiting, known = Entry.objects.filter(sealed=None).order_by("id").values_list(*FIELDS), keys()
    rows = waiting.iterator(chunk_size=1_000)
    return next((row[0] for row in rows if not is_ours(row[-1], row[1:-1], known)), None)


def _first_copied():
    """The first entry that has the mark of an earlier one."""
    twice = Entry.objects.order_by().values("mark").annotate(times=Count("id"), last=Max("id"))
    return twice.filter(times__gt=1).aggregate(first=Min("last"))["first"]


def _signed_heads():
    if not settings.AUDIT_HEADS_DIR.exists():
        return []
    return [json.loads(path.read_text()) for path in sorted(settings.AUDIT_HEADS_DIR.glob("*.json"))]
