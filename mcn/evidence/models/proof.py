"""Proof: documents with revisions, and the abstract credential, verification and hold that apps build on."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField, FixedKey
from mcn.kit.moves import Moves
from mcn.kit.records import Record

ALLOWED_TYPES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/webp": b"RIFF",
}
# How names of such files end, the usual way first.
ENDINGS = {
    "application/pdf": ["pdf"],
    "image/png": ["png"],
    "image/jpeg": ["jpg", "jpeg"],
    "image/webp": ["webp"],
}


class Document(Record):
    """A piece of evidence; its files are its revisions, the newest last."""

    title = models.CharField(_("title"), max_length=200)
    evidence_on = models.DateField(
        _("evidence date"),
        null=True,
        blank=True,
        help_text=_("The day on the paper, not the day of the upload."),
    )
    owner_model = models.CharField(_("owner's model"), max_length=60, editable=False)
    owner_id = models.PositiveBigIntegerField(_("owner's id"), editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner_model", "owner_id"], name="document_of_an_owner")]

    def __str__(self):
        return self.title

    @property
    def latest(self):
        """The newest revision, or None."""
        revisions = self.files
        return revisions[-1] if revisions else None

    @property
    def files(self):
        """The revisions whose bytes are there, the newest last."""
        return [revision for revision in self.revisions.all() if revision.purged_at is None]


def path_of(revision, filename):
    """Files lie by their content's hash, never by the name that the sender gave."""
    return f"documents/{revision.sha256[:2]}/{revision.sha256}"


class Revision(Record):
    """One file of a document: its bytes' SHA-256, size and type, and who sent it when."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("document")
    )
    number = models.PositiveIntegerField(_("revision"))
    file = models.FileField(_("file"), upload_to=path_of, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    uploaded_by = ActorField(_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="revision_number_once",
                violation_error_message=_("A revision with this number is there already."),
            )
        ]

    def __str__(self):
        return f"{self.name} r{self.number}"


def sha256_of(file):
    """SHA-256 of an uploaded file, read in chunks; the file is rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def validate_upload(file):
    """Accept a PDF, PNG, JPEG or WebP by its first bytes, up to ``MCN_UPLOAD_MAX_BYTES``."""
    if file.size > settings.MCN_UPLOAD_MAX_BYTES:
        limit = settings.MCN_UPLOAD_MAX_BYTES // 1024 // 1024
        raise ValidationError(_("The file is larger than %(limit)s MB."), "size", {"limit": limit})
    if not file.size:
        raise ValidationError(_("The file is empty."), "empty")
    head = file.read(16)
    file.seek(0)
    if type_of(head) is None:
        raise ValidationError(_("Send a PDF or a picture (PNG, JPEG, WebP)."), "type")


def type_of(head):
    """The content type told by a file's first bytes, or None for what is not accepted."""
    kind = next((kind for kind, magic in ALLOWED_TYPES.items() if head.startswith(magic)), None)
    # Sounds and films are RIFF files too: the form stands after the length.
    return None if kind == "image/webp" and head[8:12] != b"WEBP" else kind


class DocumentField(FixedKey):
    """The evidence for a row: its document, put there by a verb with the file."""

    FIXED = {
        "to": "evidence.Document",
        "on_delete": models.PROTECT,
        "null": True,
        "blank": True,
        "editable": False,
        "related_name": "+",
    }


class Credential(Record):
    """A paper that lets somebody do something, for a span of days or for good; its files are a document."""

    number = models.CharField(_("number"), max_length=80)
    issuer = models.CharField(_("issuer"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty for long-term.")
    )
    long_term = models.BooleanField(_("long-term"), default=False)
    document = DocumentField(_("files"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(long_term=True, valid_to=None)
                | Q(long_term=False, valid_to__isnull=False, valid_to__gte=F("valid_from")),
                name="%(class)s_span",
                violation_error_message=_(
                    "Give a last day not before the first, or mark it long-term, not both."
                ),
            )
        ]

    def covers(self, on):
        """Whether it is good on a day."""
        return self.valid_from <= on and (self.long_term or on <= self.valid_to)


class Verification(Record):
    """One item looked at: outcome, method, evidence, by whom, when, when next; a correction supersedes it."""

    class Outcome(models.TextChoices):
        GOOD = "good", _("good")
        BAD = "bad", _("not good")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    class Method(models.TextChoices):
        DOCUMENT = "document", _("papers looked at")
        REGISTER = "register", _("official register asked")
        VISIT = "visit", _("visited")
        CALL = "call", _("called")
        SAMPLE = "sample", _("sample looked at")

    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    note = models.TextField(_("note"), blank=True)
    document = DocumentField(_("evidence"))
    verified_by = ActorField(_("verified by"))
    verified_on = models.DateField(_("verified on"))
    next_due_on = models.DateField(_("next due on"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def stands(self, on):
        """Whether it still answers on a day: good or not applicable, not superseded and not overdue."""
        settled = self.outcome in (self.Outcome.GOOD, self.Outcome.NOT_APPLICABLE)
        in_time = self.next_due_on is None or on < self.next_due_on
        return settled and self.superseded_at is None and in_time


class Hold(Record):
    """A stop on something for a reason, from a day, until a day or until lifted; it blocks at every gate."""

    class Kind(models.TextChoices):
        HOLD = "hold", _("hold")
        BLACKLIST = "blacklist", _("blacklist")

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("hold", "active")
        APPEALED = "appealed", _("appealed")
        LIFTED = "lifted", _("lifted")

    MOVES = Moves(
        appeal=([State.ACTIVE], State.APPEALED),
        uphold=([State.APPEALED], State.ACTIVE),
        lift=([State.ACTIVE, State.APPEALED], State.LIFTED),
    )
    # The field that says what is held.
    SUBJECT: ClassVar[str] = ""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.HOLD)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE, editable=False)
    clause = models.CharField(_("clause"), max_length=40, default="DB4401 5.1.5.2")
    reason = models.TextField(_("reason"))
    document = DocumentField(_("evidence"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty until lifted.")
    )
    placed_by = ActorField(_("placed by"))
    appeal = models.TextField(_("appeal"), blank=True)
    answer = models.TextField(_("answer to the appeal"), blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_span",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    @property
    def subject(self):
        """What is held."""
        return getattr(self, self.SUBJECT)

    def holds(self, on):
        """Whether it blocks on a day; an appeal alone does not lift it."""
        return (
            self.state != self.State.LIFTED
            and self.valid_from <= on
            and (not self.valid_to or on <= self.valid_to)
        )
