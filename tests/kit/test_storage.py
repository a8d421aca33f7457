"""Sealed files: in clear for who opens them, unreadable where they lie."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from mcn.kit.privacy import Undecipherable
from mcn.kit.storage import sealed_storage

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
