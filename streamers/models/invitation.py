"""How a streamer comes in: by a link or a QR code, once and until it expires."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class StreamerInvitation(Record):
    """A link that lets one person open an account and fill in their application."""

    class State(models.TextChoices):
        OPEN = "open", _("not used yet")
        ACCEPTED = "accepted", _("accepted")
        REVOKED = "revoked", _("revoked")

    MOVES = Moves(
        accept=([State.OPEN], State.ACCEPTED),
        revoke=([State.OPEN], State.REVOKED),
    )

    name = models.CharField(_("for whom"), max_length=40, help_text=_("The stage name, as far as known."))
    engagement = models.CharField(
        _("engagement"), max_length=20, choices=Streamer.Engagement, default=Streamer.Engagement.SIGNED
    )
    streamer = models.ForeignKey(
        Streamer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("streamer"),
        help_text=_("Empty for a new one, whose file the invited person then fills in."),
    )
    expires_at = models.DateTimeField(_("expires at"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    invited_by = ActorField(_("invited by"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer's invitation")
        verbose_name_plural = _("streamers' invitations")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("revoke_streamerinvitation", _("Can revoke a streamer's invitation"))]

    def __str__(self):
        return self.name
