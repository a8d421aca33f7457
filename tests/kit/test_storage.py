"""Sealed files: in clear for who opens them, unreadable where they lie."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from mcn.kit.privacy import Undecipherable
from mcn.kit.storage import HEAD_BYTES, LENGTH_BYTES, SEGMENT, sealed_storage

SECRET = "身份证号 440106199805200011".encode()


def test_a_sealed_file_is_read_as_it_was_written():
    storage = sealed_storage()
    name = storage.save("imports/people.csv", ContentFile(SECRET))

    assert storage.open(name).read() == SECRET


def test_a_sealed_file_lies_unreadable():
    storage = sealed_storage()
    name = storage.save("imports/people.csv", ContentFile(SECRET))

    assert b"440106199805200011" not in Path(storage.path(name)).read_bytes()


def test_a_file_that_was_tampered_with_is_not_read():
    storage = sealed_storage()
    path = Path(storage.path(storage.save("imports/people.csv", ContentFile(SECRET))))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")

    with pytest.raises(Undecipherable):
        storage.open("imports/people.csv")


@pytest.fixture
def large():
    """A file of three segments, and where it lies."""
    storage = sealed_storage()
    body = bytes(range(256)) * (SEGMENT // 256) * 2 + SECRET
    path = Path(storage.path(storage.save("imports/large.csv", ContentFile(body))))
    return storage, path, body


def test_a_file_of_several_segments_is_read_from_any_place(large):
    storage, _path, body = large
    with storage.open("imports/large.csv") as file:
        assert (file.read(), file.size) == (body, len(body))
        file.seek(SEGMENT - 3)
        assert file.read(6) == body[SEGMENT - 3 : SEGMENT + 3]


def test_a_segment_can_be_neither_cut_off_nor_moved(large):
    storage, path, _body = large
    whole = path.read_bytes()
    length = int.from_bytes(whole[HEAD_BYTES - LENGTH_BYTES : HEAD_BYTES])
    head, first, second = (
        whole[:HEAD_BYTES],
        *(whole[HEAD_BYTES:][start : start + length] for start in (0, length)),
    )

    for forged in (head + first + second, head + second + first + whole[HEAD_BYTES + 2 * length :]):
        path.write_bytes(forged)
        with pytest.raises(Undecipherable):
            storage.open("imports/large.csv").read()


def test_a_file_of_nothing_and_one_of_whole_segments_are_read(large):
    storage, _path, body = large
    for content in (b"", body[:SEGMENT], body[: 2 * SEGMENT]):
        name = storage.save("imports/other.csv", ContentFile(content))
        assert storage.open(name).read() == content
