"""The papers that show who a streamer is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField
from mcn.kit.records import Record
from streamers.models.owned import OwnedPersonalFilesQuerySet
from streamers.models.streamer import Streamer


class IdentityPaper(Record):
    """One side of the identity document, or the portrait; a better picture is a further revision."""

    class Kind(models.TextChoices):
        FRONT = "front", _("identity document, side with the portrait")
        BACK = "back", _("identity document, other side")
        PORTRAIT = "portrait", _("portrait of oneself")

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="papers", verbose_name=_("streamer")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    document = DocumentField(_("files"))
    received_at = models.DateTimeField(_("received at"), editable=False)

    objects = OwnedPersonalFilesQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity paper")
        verbose_name_plural = _("identity papers")
        ordering = ["streamer", "id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "kind"],
                name="identity_paper_once_a_kind",
                violation_error_message=_("This paper was received already: reload and look."),
            )
        ]

    def __str__(self):
        return str(self.get_kind_display())
