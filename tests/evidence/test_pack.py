"""An evidence pack is whole, says so by hashes, and shows what was done to it."""

import hashlib
import io
import json
import zipfile

import pytest

from mcn.evidence.pack import Pack, faults, manifest_of
from tests.factories import AT


def packed():
    out = io.BytesIO()
    with Pack(out, title="S0001", at=AT) as pack:
        pack.add_json("record.json", {"标题": "春茶专场"}, "冻结记录")
        pack.add_file("recordings/1.mp4", io.BytesIO(b"film" * 400_000), "录像", packed=False)
    return out, pack


def changed(out, replace=None, leave_out="", add=""):
    """The same ZIP after somebody was at it."""
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != leave_out:
                new.writestr(name, (replace or {}).get(name, old.read(name)))
        if add:
            new.writestr(add, b"x")
    return made


def test_the_manifest_names_the_hash_of_every_file():
    out, pack = packed()

    manifest, sha256 = manifest_of(out)

    assert sha256 == pack.sha256
    assert manifest["title"] == "S0001"
    assert [(line["path"], line["told"], line["bytes"]) for line in manifest["files"]] == [
        ("record.json", "冻结记录", len(b'{\n  "": ""\n}\n') + 18),
        ("recordings/1.mp4", "录像", 1_600_000),
    ]
    assert manifest["files"][1]["sha256"] == hashlib.sha256(b"film" * 400_000).hexdigest()
    assert faults(out) == []


def test_the_sums_are_those_that_every_machine_checks():
    out, _pack = packed()
    with zipfile.ZipFile(out) as whole:
        for line in whole.read("SHA256SUMS").decode().splitlines():
            sha256, name = line.split("  ")
            assert hashlib.sha256(whole.read(name)).hexdigest() == sha256
        assert json.loads(whole.read("record.json")) == {"标题": "春茶专场"}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"replace": {"record.json": b"{}"}}, "record.json: changed"),
        ({"leave_out": "recordings/1.mp4"}, "recordings/1.mp4: missing"),
        ({"add": "extra.txt"}, "extra.txt: not in the manifest"),
    ],
)
def test_what_was_done_to_it_is_named(how, said):
    out, _pack = packed()

    assert faults(changed(out, **how)) == [said]
