"""Authorities' requests for replays, and what was handed to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField, LegalHold
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.recording import Recording
from streamers.models.show import Show


class ReplayRequest(Record):
    """An authority asks for the film or the trades of a show; all of it is kept from then on."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("replay", "received")
        ANSWERED = "answered", pgettext_lazy("replay", "answered")
        DECLINED = "declined", pgettext_lazy("replay", "declined")

    MOVES = Moves(
        reply=([State.RECEIVED], State.ANSWERED),
        decline=([State.RECEIVED], State.DECLINED),
    )

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="replay_requests", verbose_name=_("show")
    )
    authority = models.CharField(pgettext_lazy("replay", "authority"), max_length=120)
    reference = models.CharField(
        _("reference"), max_length=120, help_text=_("File number of the order or case.")
    )
    asked = models.TextField(
        _("what is asked for"), help_text=_("Replay, span, trades: as the request words it.")
    )
    received_on = models.DateField(pgettext_lazy("replay", "received on"))
    due_on = models.DateField(_("to be answered by"))
    document = DocumentField(_("request on paper"))
    legal_hold = models.ForeignKey(
        LegalHold,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("legal hold"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False)
    received_by = ActorField(_("taken in by"))
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_by = ActorField(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("replay request")
        verbose_name_plural = _("replay requests")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("hand_over_replayrequest", _("Can hand replays to authorities")),
            ("reply_replayrequest", _("Can close replay requests as answered")),
            ("decline_replayrequest", _("Can decline replay requests")),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="replay_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "authority", "reference"],
                name="replay_request_once",
                violation_error_message=_("This request is recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} · {self.authority} {self.reference}"


class ReplayHandover(Record):
    """One film or evidence pack handed to an authority: its hash, how, when and by whom; never changed."""

    class Way(models.TextChoices):
        ON_SITE = "on_site", _("copied on the spot")
        DISK = "disk", _("on a disk against receipt")
        UPLOAD = "upload", _("by the authority's platform")
        MAIL = "mail", _("by mail")

    request = models.ForeignKey(
        ReplayRequest, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("replay request")
    )
    recording = models.ForeignKey(
        Recording,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("recording"),
        help_text=_("Empty for an evidence pack."),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    way = models.CharField(_("way"), max_length=20, choices=Way)
    handed_at = models.DateTimeField(_("handed over at"))
    handed_by = ActorField(_("handed over by"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("replay handed over")
        verbose_name_plural = _("replays handed over")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sha256=""),
                name="handover_names_its_hash",
                violation_error_message=_("Say by its hash what was handed over."),
            )
        ]

    def __str__(self):
        return f"{self.get_way_display()} · {self.sha256[:12]}"
