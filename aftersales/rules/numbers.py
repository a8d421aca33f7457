"""Numbers that tell of a person, in words that somebody typed in public."""

import re

from mcn.kit.privacy import mask

# Phones and identity cards: people put their own and others' under posts, and nobody here needs them.
NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


def without_numbers(text):
    """A text in which such numbers are masked."""
    return NUMBERS.sub(lambda found: mask(found.group()), text or "")
