"""The cache in the data folder, fit for counting: what is added at once adds up, and ends in time."""

import pickle
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's file cache, where nobody comes between the two halves of ``add`` and ``incr``.

    ``incr`` leaves the term as it was set: Django's starts another one of five minutes with every step.
    """

    # What Django's type stubs leave out.
    _dir: str
    _createdir: Callable[[], None]
    _key_to_file: Callable[..., str]

    @contextmanager
    def _alone(self):
        self._createdir()
        with Path(self._dir, "lock").open("ab") as file:
            locks.lock(file, locks.LOCK_EX)
            yield

    def add(self, key, value, *args, **kwargs):
        with self._alone():
            return super().add(key, value, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        with self._alone():
            value, ends = self.get(key, version=version), self._ends(key, version)
            if value is None:
                raise ValueError(f"Key {key!r} not found")
            left = None if ends is None else max(ends - time.time(), 1)
            self.set(key, value + delta, timeout=left, version=version)
            return value + delta

    def _ends(self, key, version):
        """When a key's term ends, as Django wrote it before the value: never, where there is none."""
        try:
            with Path(self._key_to_file(key, version)).open("rb") as file:
                return pickle.load(file)  # noqa: S301 - what this cache wrote itself
        except FileNotFoundError:
            # It ended, and somebody who read it removed it, between the two looks.
            return time.time()
