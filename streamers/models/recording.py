"""Recordings of shows: where each lies, its hash and its span."""

from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.show import Show


class Recording(Record):
    """One film of a show: uploaded, on our own disks by its path, or in a bucket by its key."""

    class Source(models.TextChoices):
        UPLOAD = "upload", _("uploaded")
        PATH = "path", _("path below the recordings folder")
        S3 = "s3", _("key in the S3 bucket")

    class State(models.TextChoices):
        WAITING = "waiting", _("hash not taken yet")
        KEPT = "kept", pgettext_lazy("recording", "kept")
        FAULTY = "faulty", _("missing or changed")
        REMOVED = "removed", _("removed after its term")

    MOVES = Moves(check=([State.WAITING, State.KEPT, State.FAULTY], State.KEPT))
    VERB_LABELS = {"check": pgettext_lazy("recording", "hash checked")}
    # The storage in which the film of each source lies, by its name in settings.STORAGES.
    STORAGE = {"upload": "recordings", "path": "recordings", "s3": "recordings_s3"}

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="recordings", verbose_name=_("show")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.UPLOAD)
    location = models.CharField(_("path or key"), max_length=500, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True, editable=False)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, blank=True, help_text=_("Given, it is compared; empty, it is taken.")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING, editable=False)
    fault = models.CharField(_("what is wrong with it"), max_length=200, blank=True, editable=False)
    added_by = ActorField(_("added by"))
    checked_at = models.DateTimeField(_("last checked at"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("check_recording", _("Can check recordings against their hash"))]
        indexes = [models.Index(fields=["state", "id"], name="recording_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="recording_ends_after_it_begins",
                violation_error_message=_("The recording ends after it begins."),
            ),
            models.UniqueConstraint(
                fields=["source", "location"],
                condition=Q(removed_at=None),
                name="recording_once_a_place",
                violation_error_message=_("This film is recorded here already."),
            ),
        ]

    def __str__(self):
        return f"{self.show.code} · {self.name or self.location}"

    @property
    def storage(self):
        """Where the film lies."""
        return storages[self.STORAGE[self.source]]
