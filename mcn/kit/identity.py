"""Identifiers as China writes them: unified social credit codes, resident IDs, barcodes, phones.

Check digits come from python-stdnum; what it lets through or trips over is caught here.
"""

import datetime
import unicodedata
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import ean
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError

# Province-level prefixes of GB/T 2260; 10 is the registration authority of the State Administration itself.
PROVINCES = frozenset(
    "10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)
ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OLDEST = 120
RESIDENT_ID = "resident_id"
DOCUMENT_PREFIXES = {
    RESIDENT_ID: tuple("1234567"),
    "hmt_residence": ("810000", "820000", "830000"),
    "foreign_residence": ("9",),
}


def normalise(value):
    """NFKC, without surrounding white space: full-width digits and letters become plain ones."""
    return unicodedata.normalize("NFKC", str(value or "")).strip()


def compact(value):
    """``normalise`` without any inner space or hyphen, upper case."""
    return "".join(normalise(value).split()).replace("-", "").upper()


def validate_uscc(value):
    """Accept an 18-place unified social credit code (GB 32100) with both its check digits."""
    code = compact(value)
    if len(code) == 15:
        raise ValidationError(
            _("This is an old 15-digit number: use the 18-place unified social credit code."), "old"
        )
    try:
        uscc.validate(code)
    except InvalidLength:
        raise ValidationError(_("A unified social credit code has 18 places."), "length") from None
    except InvalidChecksum:
        raise ValidationError(
            _("The check digit of the unified social credit code is wrong."), "checksum"
        ) from None
    except StdnumError:
        raise ValidationError(_("This is not a unified social credit code."), "format") from None
    if code[2:4] not in PROVINCES:
        raise ValidationError(_("The region in the unified social credit code does not exist."), "region")
    if code[16] != _organisation_check(code[8:16]):
        raise ValidationError(
            _("The organisation code inside the unified social credit code is wrong."), "organisation"
        )


def _organisation_check(body):
    total = sum(
        ALPHABET.index(char) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def validate_gtin(value):
    """Accept an EAN-8, UPC-A, EAN-13 or GTIN-14 with its check digit."""
    code = compact(value)
    if not code.strip("0"):
        raise ValidationError(_("A barcode cannot be all zeros."), "zeros")
    if is_gtin(code):
        return
    try:
        ean.validate(code)
    except InvalidLength:
        raise ValidationError(_("A barcode has 8, 12, 13 or 14 digits."), "length") from None
    except InvalidChecksum:
        raise ValidationError(_("The check digit of the barcode is wrong."), "checksum") from None
    except StdnumError:
        raise ValidationError(_("A barcode has digits only."), "format") from None


def is_gtin(code):
    """Whether this is plainly a barcode; where it is not, python-stdnum says why."""
    if not (code.isascii() and code.isdigit() and len(code) in (8, 12, 13, 14) and code.strip("0")):
        return False
    return (sum(map(int, code[::-2])) + 3 * sum(map(int, code[-2::-2]))) % 10 == 0


def validate_phone(value):
    """Accept a number that can be dialled in China: mobile, landline with area code, 400 or 800."""
    try:
        number = phonenumbers.parse(normalise(value), "CN")
    except phonenumbers.NumberParseException:
        raise ValidationError(_("This is not a phone number."), "format") from None
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("This phone number does not exist: check its digits."), "invalid")


@dataclass(frozen=True)
class IdNumber:
    """What a valid 18-place personal number tells, and what about it is odd without being wrong."""

    born_on: datetime.date
    warnings: list


def validate_resident_id(value, *, on):
    """Accept an 18-place resident ID (GB 11643) of a person at most 120 years old on a day."""
    read_id_number(value, RESIDENT_ID, on=on)


def read_id_number(value, document, *, on):
    """What a personal number says on a day; ``document`` is one of ``DOCUMENT_PREFIXES``.

    Resident IDs, residence permits of Hong Kong, Macao and Taiwan and foreigners' permanent residence cards
    share the 18 places of GB 11643. A region that is unknown, or was not in the year of birth, only warns.
    """
    code = compact(value)
    if len(code) == 15:
        raise ValidationError(_("This is an old 15-digit number: use the 18-place one."), "old")
    if len(code) != 18:
        raise ValidationError(_("A resident ID has 18 places."), "length")
    if not (code.isascii() and code[:17].isdigit() and (code[17].isdigit() or code[17] == "X")):
        raise ValidationError(_("This is not a resident ID."), "format")
    if ric.calc_check_digit(code) != code[17]:
        raise ValidationError(_("The check digit of the resident ID is wrong."), "checksum")
    return IdNumber(_birth_day(code, on), _oddities(code, document))


def _birth_day(code, on):
    try:
        born = datetime.date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        raise ValidationError(_("The birth date in the resident ID does not exist."), "birth") from None
    if not 0 <= on.year - born.year <= OLDEST or born > on:
        raise ValidationError(_("The birth date in the resident ID cannot be right."), "birth")
    return born


def _oddities(code, document):
    if not code.startswith(DOCUMENT_PREFIXES[document]):
        return [_("The number does not look like one of this kind of document: compare it with the paper.")]
    if document != RESIDENT_ID:
        return []
    try:
        ric.get_birth_place(code)
    except (InvalidComponent, KeyError):  # the list of regions answers KeyError to a county it lacks
        return [_("The region in the number was not in use in the year of birth: compare it with the paper.")]
    return []
