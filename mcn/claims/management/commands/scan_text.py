"""Scan many texts for claims, one JSON line each."""

import contextlib
import os
import sys

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from mcn.claims import in_force
from mcn.claims.categories import regime_of
from mcn.claims.scan import Scanner
from mcn.claims.terms import shipped

WRONG = 2
SHOWN = ["start", "end", "term", "reason", "clause", "suggestion"]


class Command(BaseCommand):
    """Answers every good line as it comes, tells every bad one by its number, and then ends with 2."""

    help = 'Scan {"id", "text", "category"?} lines; the category is a code, a name or a kind of goods.'

    def add_arguments(self, parser):
        parser.add_argument(
            "--jsonl", metavar="FILE", required=True, help="one JSON object a line; - reads stdin"
        )

    def handle(self, *args, **options):
        with opened(options["jsonl"]) as lines:
            try:
                wrong = self.answer_all(lines)
            except BrokenPipeError:
                # Whoever reads has seen enough: Python is not to write the rest on its way out.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return
        if wrong:
            said = _("%(count)s lines could not be read.") % {"count": wrong}
            raise CommandError(said, returncode=WRONG)

    def answer_all(self, lines):
        """Answer every good line in its place; return how many were bad."""
        scanner = scanner_in_force()
        wrong = 0
        for number, line in enumerate(lines, start=1):
            try:
                asked = parsed(line, first=number == 1)
            except ValueError as fault:
                wrong += 1
                self.stderr.write(_("line %(number)s: %(fault)s") % {"number": number, "fault": fault})
                continue
            if asked is not None:
                self.stdout.write(answer(scanner, asked))
        return wrong


def scanner_in_force():
    """The scanner of the terms in force; of the shipped ones where there is no database yet."""
    try:
        return in_force.scanner()
    except DatabaseError:
        return Scanner(shipped(), in_force.SHIPPED)


@contextlib.contextmanager
def opened(name):
    """The lines of a file, or of what is piped in."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(name, "rb")  # noqa: PTH123, SIM115 the path may be a pipe; closed below
    except OSError as fault:
        said = _("%(name)s cannot be read: %(fault)s") % {"name": name, "fault": fault.strerror}
        raise CommandError(said, returncode=WRONG) from fault
    with file:
        yield file


def parsed(line, *, first):
    """What a line asks for; nothing for an empty one; ``ValueError`` says what is wrong with it."""
    if first:
        line = line.removeprefix(b"\xef\xbb\xbf")
    if not line.strip():
        return None
    try:
        asked = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise ValueError(_("no JSON (%(fault)s)") % {"fault": fault}) from fault
    if not isinstance(asked, dict):
        raise ValueError(_("no JSON object"))
    if not isinstance(asked.get("id"), str | int) or isinstance(asked["id"], bool):
        raise ValueError(_('"id" has to be a text or a whole number'))
    if not isinstance(asked.get("text"), str):
        raise ValueError(_('"text" has to be a text'))
    if not isinstance(asked.get("category"), str | None):
        raise ValueError(_('"category" has to be a text'))
    return asked


def answer(scanner, asked):
    """The JSON line that answers one text."""
    scan = scanner.scan(asked["text"], regime_of(asked.get("category")))
    hits = [{name: getattr(hit, name) for name in SHOWN} for hit in scan.hits]
    return orjson.dumps({"id": asked["id"], "outcome": scan.outcome.value, "hits": hits}).decode()
