"""What goes out: one letter to one person, or one notice to one endpoint; and each attempt at it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.clock import to_the_second
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.notices.models.endpoint import Endpoint
from mcn.notices.models.notice import Notice


class Delivery(Record):
    """Something on its way out: due at a moment, taken by a worker for a while, tried until it arrives."""

    audited = False  # its attempts are its log

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        ARRIVED = "arrived", pgettext_lazy("delivery", "arrived")
        FAILED = "failed", pgettext_lazy("delivery", "given up")
        DROPPED = "dropped", pgettext_lazy("delivery", "not needed any more")

    MOVES = Moves(send_again=([State.FAILED, State.DROPPED], State.WAITING))

    endpoint = models.ForeignKey(
        Endpoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("webhook endpoint"),
    )
    notice = models.ForeignKey(
        Notice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("notice"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("letter to"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING, editable=False)
    due_at = models.DateTimeField(_("due at"))
    # A worker that was killed lets go of what it took when this is over.
    taken_until = models.DateTimeField(_("taken by a worker until"), null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("attempts so far"), default=0, editable=False)
    arrived_at = models.DateTimeField(
        pgettext_lazy("delivery", "arrived at"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [("send_again_delivery", _("Can send again what was given up"))]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(endpoint=None, notice=None, user__isnull=False)
                | Q(endpoint__isnull=False, notice__isnull=False, user=None),
                name="delivery_letter_or_webhook",
                violation_error_message=_("It is a letter to a person, or a notice to an endpoint."),
            ),
            models.UniqueConstraint(
                fields=["endpoint", "notice"],
                name="delivery_once_an_endpoint",
                violation_error_message=_("This endpoint is told of the notice already."),
            ),
        ]

    def __str__(self):
        if self.user_id:
            return str(_("letter %(number)s") % {"number": self.pk})
        return f"{self.endpoint} · {self.notice}"


class Attempt(Record):
    """One attempt at a delivery: when, how long it took, what was answered."""

    audited = False  # the log itself

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("delivery")
    )
    tried_at = models.DateTimeField(_("tried at"))
    status = models.PositiveSmallIntegerField(_("status answered"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("took (milliseconds)"), default=0)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("attempt at a delivery")
        verbose_name_plural = _("attempts at a delivery")
        ordering = ["id"]
        default_permissions = ["view"]

    def __str__(self):
        return to_the_second(self.tried_at)
