"""A stop on a streamer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Hold
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class StreamerHold(Hold):
    """A hold or blacklisting of a streamer: no show until it ends; a blacklisted one does not come back."""

    SUBJECT = "streamer"

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="holds", verbose_name=_("streamer")
    )

    clause = models.CharField(_("clause"), max_length=40, default="DB4401 5.6.3.10")

    objects = OwnedQuerySet.as_manager()

    class Meta(Hold.Meta):
        verbose_name = _("streamer hold")
        verbose_name_plural = _("streamer holds")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("appeal_streamerhold", _("Can appeal against a hold on a streamer")),
            ("uphold_streamerhold", _("Can turn down an appeal against a hold on a streamer")),
            ("lift_streamerhold", _("Can lift a hold on a streamer")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.valid_from:%Y-%m-%d}"
