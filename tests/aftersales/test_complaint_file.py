"""The file of a complaint: what is changed, removed, inserted or cut off is found and named."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_retention as retention
from aftersales.actions import complaint_talk as talk
from aftersales.models import Complaint, ComplaintEntry, Nature
from aftersales.rules.complaint_file import digest_of, faults, sha256_of
from tests.factories import AT
from tests.factories.accounts import StaffFactory

LATER = AT + datetime.timedelta(days=3 * 366)


def kept(number=4):
    """A complaint and its entries, as they would be read; no row is written."""
    complaint = Complaint(code="C000001")
    entries, previous = [], ""
    for place in range(1, number + 1):
        text = f"第{place}步"
        entry = ComplaintEntry(
            number=place, kind="note", side="agency", at=AT, text=text, text_sha256=sha256_of(text)
        )
        entry.previous = previous
        entry.digest = previous = digest_of(entry, complaint.code)
        entries.append(entry)
    complaint.entries_count, complaint.head = number, previous
    return complaint, entries


def change(entries):
    entries[1].text = "别的话"


def relabel(entries):
    entries[2].kind = "facts"


def backdate(entries):
    entries[2].at -= datetime.timedelta(days=1)


def remove(entries):
    del entries[1]


def cut_off(entries):
    del entries[-1]


def swap(entries):
    entries[1], entries[2] = entries[2], entries[1]


def insert(entries):
    entries.insert(2, ComplaintEntry(number=3, kind="note", side="agency", at=AT, text="", digest="f" * 64))


def test_a_file_that_is_as_it_was_written_is_whole():
    complaint, entries = kept()

    assert list(faults(complaint, entries)) == []


@pytest.mark.clause("EJAS 6.6.2")
@pytest.mark.parametrize(
    ("tamper", "first"),
    [(change, 2), (relabel, 3), (backdate, 3), (remove, 2), (cut_off, 4), (swap, 2), (insert, 3)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_done_to_a_file_is_found_and_named(tamper, first):
    complaint, entries = kept()
    tamper(entries)

    assert next(faults(complaint, entries))[0] == first


@pytest.mark.clause("EJAS 6.6.2")
def test_the_database_itself_keeps_an_entry_as_it_is():
    agent = StaffFactory(role="after_sales")
    made = intake.receive(Complaint(nature=Nature.QUALITY, text="发霉", phone="13800138000"), by=agent, at=AT)
    entry = made.entries.get()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ComplaintEntry.objects.filter(pk=entry.pk).update(text="没有发霉")


def test_after_its_term_the_words_go_and_the_chain_stays():
    agent = StaffFactory(role="after_sales")
    made = intake.receive(Complaint(nature=Nature.QUALITY, text="发霉", phone="13800138000"), by=agent, at=AT)
    talk.record(made, kind="note", note="已联系", by=agent, at=AT)
    intake.withdraw(made, note="已和解", by=agent, at=AT)
    assert list(retention.closed_files()) == [made]
    retention.purge(made, by=None, at=LATER)

    assert (made.phone, made.name, set(made.entries.values_list("text", flat=True))) == ("", "", {""})
    assert list(faults(made, made.entries.order_by("number"))) == []
    assert list(retention.closed_files()) == []
