"""Files of people's data: sealed as they are written, opened as they are read, a segment at a time."""

import io
import os

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from mcn.kit.privacy import Undecipherable, seal, unseal

SEGMENT = 1 << 20
MARK = b"MCN2"
IDENTITY_BYTES = 16
LENGTH_BYTES = 4
HEAD_BYTES = len(MARK) + IDENTITY_BYTES + LENGTH_BYTES


class SealedStorage(FileSystemStorage):
    """A folder in which every file lies encrypted; whoever opens one gets its bytes back in clear.

    Of a file of any size one segment is held in memory. A segment is bound to its file and its place, and the
    last one to being the last: none can be moved, left out or cut off.
    """

    def _save(self, name, content):
        return super()._save(name, Sealing(content))

    def _open(self, name, mode="rb"):
        return File(io.BufferedReader(Unsealing(super()._open(name, mode)), SEGMENT), name)


class Sealing(File):
    """What a storage writes of a file in clear."""

    def chunks(self, chunk_size=None):
        """The head, then each segment sealed."""
        self.seek(0)
        identity = os.urandom(IDENTITY_BYTES)
        sealed_length = len(seal(bytes(SEGMENT), ""))
        yield MARK + identity + sealed_length.to_bytes(LENGTH_BYTES)
        segment, number = _full(self), 0
        while True:
            following = _full(self) if len(segment) == SEGMENT else b""
            yield seal(segment, _context(identity, number, last=not following))
            if not following:
                return
            segment, number = following, number + 1


class Unsealing(io.RawIOBase):
    """A sealed file as it was in clear, to be read from any place."""

    def __init__(self, sealed):
        super().__init__()
        self.sealed = sealed
        head = sealed.read(HEAD_BYTES)
        if len(head) < HEAD_BYTES or not head.startswith(MARK):
            raise Undecipherable("files")
        self.identity = head[len(MARK) : -LENGTH_BYTES]
        self.sealed_length = int.from_bytes(head[-LENGTH_BYTES:])
        body = sealed.size - HEAD_BYTES
        self.count = max(-(-body // self.sealed_length), 1)
        self.size = body - self.count * (self.sealed_length - SEGMENT)
        self.place = 0
        self.held = (0, self._segment(0))

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=io.SEEK_SET):
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence]
        self.place = max(start + offset, 0)
        return self.place

    def tell(self):
        return self.place

    def readinto(self, buffer):
        number, within = divmod(self.place, SEGMENT)
        if self.place >= self.size:
            return 0
        if self.held[0] != number:
            self.held = (number, self._segment(number))
        part = self.held[1][within : within + len(buffer)]
        buffer[: len(part)] = part
        self.place += len(part)
        return len(part)

    def close(self):
        self.sealed.close()
        super().close()

    def _segment(self, number):
        self.sealed.seek(HEAD_BYTES + number * self.sealed_length)
        context = _context(self.identity, number, last=number == self.count - 1)
        return unseal(self.sealed.read(self.sealed_length), context)


def _full(file):
    """The next segment of a file; shorter only at its end, however little a read gives."""
    parts, left = [], SEGMENT
    while left and (part := file.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _context(identity, number, *, last):
    return f"files:{identity.hex()}:{number}:{'last' if last else ''}"


def sealed_storage():
    """The sealed files' storage, beside all other files."""
    return SealedStorage()
