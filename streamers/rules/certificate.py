"""Certificates: one A4 page for what was passed, and a code by which anybody can ask whether it is real."""

import hashlib

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mcn.kit.pdf import Sheet
from streamers.models import TrainingRecord

SALT = "streamers.certificate"
DIGITS = 16


def token_of(record):
    """What the certificate's QR code carries: the line's number, signed."""
    return signing.dumps(record.pk, salt=SALT)


def find(token):
    """The line of the log that a certificate is of, or None for a code that we did not make."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    people = ("trainee__streamer", "trainee__user", "trainee__contact__merchant")
    passed = TrainingRecord.objects.filter(result=TrainingRecord.Result.PASSED)
    return passed.select_related(*people, "course", "material").filter(pk=number).first()


def facts(record):
    """What a certificate says, as label and value, on paper and on the page that confirms it."""
    version = f"v{record.material.number}" if record.material else pgettext("material", "none")
    return [
        (_("certificate number"), record.certificate_number),
        (pgettext("person", "name"), record.trainee.shown_name),
        (_("kind of trainee"), record.trainee.get_kind_display()),
        (_("course"), record.course.name),
        (_("topic"), record.course.get_topic_display()),
        (_("version of the material"), version),
        (_("hours"), f"{record.hours.normalize():f}"),
        (_("trained on"), f"{record.trained_on:%Y-%m-%d}"),
        (_("score"), "" if record.score is None else f"{record.score.normalize():f}"),
        (_("passed on"), f"{record.passed_on:%Y-%m-%d}"),
        (_("valid to"), f"{record.valid_to:%Y-%m-%d}" if record.valid_to else _("without end")),
    ]


def fingerprint(record):
    """The first digits of the SHA-256 of what a certificate rests on: the same on paper and on the page."""
    told = [
        record.pk,
        record.trainee_id,
        record.course_id,
        record.material_id,
        record.trained_on,
        f"{record.hours:.1f}",
        "" if record.score is None else f"{record.score:.2f}",
        record.passed_on,
        record.valid_to,
    ]
    return hashlib.sha256("|".join(map(str, told)).encode()).hexdigest()[:DIGITS].upper()


def page(record, *, agency, at, url):
    """The certificate as a sheet; ``url`` is the page that confirms it."""
    sheet = Sheet(_("Certificate of training"), number=record.certificate_number, at=at, qr=url, size=12)
    sheet.paragraph(
        _("%(name)s has completed the course %(course)s and passed.")
        % {"name": record.trainee.shown_name, "course": record.course.name}
    )
    sheet.facts(facts(record))
    sheet.paragraph(_("Issued by %(agency)s") % {"agency": agency})
    sheet.paragraph(
        _("Check code %(code)s. Scan the code above to see whether this certificate is real and still good.")
        % {"code": fingerprint(record)},
        muted=True,
    )
    return sheet
