"""Which row of a file named a thing first, at some twenty bytes a row, for files of a million."""

from array import array

SMALLEST = 1 << 12


class Seen:
    """Remembers things by their hashes of 64 bits: that two of a million share one is not to be expected."""

    def __init__(self):
        self.count = 0
        self._make(SMALLEST)

    def _make(self, size):
        self.hashes = array("q", bytes(8 * size))
        self.rows = array("I", bytes(array("I").itemsize * size))

    def first(self, identity, number):
        """The row that named it first: this one, where none did before."""
        key = hash(identity) or 1
        place = self._place_of(key)
        if self.hashes[place]:
            return self.rows[place]
        self.hashes[place], self.rows[place] = key, number
        self.count += 1
        if self.count * 3 > len(self.hashes) * 2:
            self._grow()
        return number

    def _place_of(self, key):
        """Where a hash stands, or the free place where it goes."""
        hashes, last = self.hashes, len(self.hashes) - 1
        place = key & last
        while hashes[place] and hashes[place] != key:
            place = (place + 1) & last
        return place

    def _grow(self):
        hashes, rows = self.hashes, self.rows
        self._make(2 * len(hashes))
        for key, row in zip(hashes, rows, strict=True):
            if key:
                place = self._place_of(key)
                self.hashes[place], self.rows[place] = key, row
