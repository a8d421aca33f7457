"""How a virtual streamer looks, speaks and moves, looked at before it is used."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class Design(Record):
    """A design of a virtual streamer (image, script, movements), approved by another before it is used."""

    class Part(models.TextChoices):
        IMAGE = "image", pgettext_lazy("design", "image")
        SCRIPT = "script", _("script")
        MOVEMENT = "movement", _("movements")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for approval")
        APPROVED = "approved", pgettext_lazy("design", "approved")
        REFUSED = "refused", pgettext_lazy("design", "refused")
        RETIRED = "retired", _("no longer used")

    MOVES = Moves(
        approve=([State.SUBMITTED], State.APPROVED),
        refuse=([State.SUBMITTED], State.REFUSED),
        retire=([State.APPROVED], State.RETIRED),
    )

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="designs", verbose_name=_("streamer")
    )
    part = models.CharField(_("part"), max_length=20, choices=Part)
    title = models.CharField(_("title"), max_length=80)
    description = models.TextField(
        _("description"), max_length=5000, help_text=_("What is shown, said or done; the script's text.")
    )
    document = DocumentField(_("files"))
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.SUBMITTED, editable=False
    )
    made_by = ActorField(_("made by"))
    decided_by = ActorField(_("decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("design of a virtual streamer")
        verbose_name_plural = _("designs of virtual streamers")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("approve_design", _("Can approve a virtual streamer's design")),
            ("refuse_design", _("Can refuse a virtual streamer's design")),
            ("retire_design", _("Can note that a design is no longer used")),
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.title}"

    def clean(self):
        self.title = normalise(self.title)
