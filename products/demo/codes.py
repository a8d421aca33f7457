"""Numbers that pass every check and belong to nobody."""

from mcn.kit.identity import ALPHABET, ORGANISATION_WEIGHTS

PLACES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BARCODE_PREFIX = "69099"


def uscc(kind, region, number):
    """The unified social credit code of the demo's firm of that number, with both check digits."""
    organisation = f"MADEM{number:03d}"
    weighed = sum(
        ALPHABET.index(char) * weight for char, weight in zip(organisation, ORGANISATION_WEIGHTS, strict=True)
    )
    code = f"{kind}{region}{organisation}{'0123456789X0'[11 - weighed % 11]}"
    total = sum(PLACES.index(char) * 3**place % 31 for place, char in enumerate(code))
    return code + PLACES[-total % 31]


def gtin(number):
    """The EAN-13 of the demo's article of that number."""
    body = f"{BARCODE_PREFIX}{number:07d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)
