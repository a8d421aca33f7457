"""An evidence pack: one ZIP with everything of a case, the hash of each file, and a summary to read.

::

    with Pack(out, title="S0001", at=at) as pack:
        pack.add_json("record.json", record, _("frozen record"))
        pack.add_file("files/licence.pdf", file, _("licence"))
        pack.add("summary.pdf", sheet.output(), _("summary"))
    pack.sha256     # of manifest.json, which names the hash of every other file

``SHA256SUMS`` says the same to ``sha256sum -c``, which any machine has.
"""

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from mcn.kit.clock import SHANGHAI

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Packed:
    """One file of a pack."""

    path: str
    told: str
    bytes: int
    sha256: str


class Pack:
    """A ZIP that is written from front to back, however large its files are; close it to finish it."""

    def __init__(self, out, *, title, at):
        self.title, self.at = title, at
        self.files: list[Packed] = []
        self.sha256 = ""
        self.zip = zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED)

    def __enter__(self):
        return self

    def __exit__(self, failed, error, traceback):
        if not failed:
            self.close()
        else:
            self.zip.close()

    def add(self, path, content, told=""):
        """Put bytes into the pack."""
        self._write(path, [content], told)

    def add_json(self, path, value, told=""):
        """Put a value into the pack, as JSON that people can read."""
        text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str)
        self.add(path, text.encode() + b"\n", told)

    def add_file(self, path, file, told="", *, packed=True):
        """Put an open file into the pack piece by piece; films are stored as they are (``packed=False``)."""
        self._write(path, iter(lambda: file.read(CHUNK), b""), told, packed=packed)

    def close(self):
        """Finish the pack by its manifest and its sums."""
        manifest = {
            "title": str(self.title),
            "made_at": self.at.isoformat(),
            "files": [asdict(file) for file in self.files],
        }
        self.add_json(MANIFEST, manifest)
        self.sha256 = self.files[-1].sha256
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in self.files)
        self.add(SUMS, sums.encode())
        self.zip.close()

    def _write(self, path, pieces, told, *, packed=True):
        entry = zipfile.ZipInfo(path, date_time=self.at.astimezone(SHANGHAI).timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.zip.open(entry, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files.append(Packed(path, str(told), size, digest.hexdigest()))


def manifest_of(file):
    """The manifest of a pack and its SHA-256."""
    with zipfile.ZipFile(file) as pack:
        content = pack.read(MANIFEST)
    return json.loads(content), hashlib.sha256(content).hexdigest()


def faults(file):
    """What is wrong with a pack, path by path: changed, missing or added; an empty list where it is whole."""
    manifest, _sha256 = manifest_of(file)
    promised = {line["path"]: line["sha256"] for line in manifest["files"]}
    with zipfile.ZipFile(file) as pack:
        there = {name: _sha256_in(pack, name) for name in pack.namelist()}
    extra = there.keys() - promised.keys() - {MANIFEST, SUMS}
    wrong = [f"{path}: missing" for path in promised if path not in there]
    wrong += [f"{path}: changed" for path, sha256 in promised.items() if there.get(path, sha256) != sha256]
    return wrong + [f"{path}: not in the manifest" for path in sorted(extra)]


def _sha256_in(pack, name):
    digest = hashlib.sha256()
    with pack.open(name) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def list_files(sheet, packed, missing):
    """Put on a pack's paper what it holds, each file with its hash, and what was named and not found."""
    sheet.heading(_("Files of this pack"))
    sheet.table(
        [(_("file"), 4), (_("content"), 3), ("SHA-256", 6)],
        [(line.path, line.told, line.sha256) for line in packed],
    )
    if missing:
        sheet.heading(_("Named by the record and not found"))
        sheet.points(missing)
