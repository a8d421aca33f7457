"""Questions of buyers that no article answered: handed over to a person, with the time of the answer told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.article import ArticleVersion, Topic
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.privacy import ConcealedTextField, EncryptedField, KeyedHashField
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet
from streamers.models import Show

LONGEST = 2_000


class InquiryQuerySet(OwnedQuerySet):
    """Questions: staff who may view see all, a merchant's people those handed to their merchant."""


class Inquiry(Record):
    """A buyer's question with whom it waits for and until when; asked and followed without an account."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("question", "waiting for the answer")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        COMPLAINED = "complained", pgettext_lazy("question", "taken on as a complaint")
        CLOSED = "closed", pgettext_lazy("question", "closed")

    class Channel(models.TextChoices):
        HELP = "help", pgettext_lazy("question", "help centre")
        CHAT = "chat", pgettext_lazy("question", "chat of the platform")
        PHONE = "phone", pgettext_lazy("question", "telephone")
        LIVE = "live", pgettext_lazy("question", "comment in a show")

    MOVES = Moves(
        answer=([State.WAITING], State.ANSWERED),
        assign=([State.WAITING], State.WAITING),
        ask_again=([State.ANSWERED], State.WAITING),
        close=([State.WAITING, State.ANSWERED], State.CLOSED),
    )
    VERB_LABELS = {
        "ask": pgettext_lazy("question", "asked"),
        "answer": pgettext_lazy("question", "answered"),
        "ask_again": pgettext_lazy("question", "asked again"),
        "assign": pgettext_lazy("question", "handed over"),
    }
    OPEN = [State.WAITING]

    code = models.CharField(_("question number"), max_length=12, unique=True, editable=False)
    channel = models.CharField(
        pgettext_lazy("question", "asked by"), max_length=20, choices=Channel, default=Channel.HELP
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, default=Topic.OTHER)
    text = ConcealedTextField(pgettext_lazy("question", "question"), max_length=LONGEST)
    contact = EncryptedField(
        _("phone"), blank=True, help_text=_("Only for the answer; it is kept encrypted.")
    )
    contact_hash = KeyedHashField(_("hash of the phone"), source="contact")
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("handed to the merchant"),
    )
    show = models.ForeignKey(
        Show,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("show"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING, editable=False)
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    due_at = models.DateTimeField(_("answer promised by"), null=True, editable=False)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=pgettext_lazy("question", "agent"),
    )
    answer = ConcealedTextField(
        pgettext_lazy("question", "our answer"), max_length=LONGEST, blank=True, editable=False
    )
    article_version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by the article"),
    )
    answered_by = ActorField(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    rounds = models.PositiveSmallIntegerField(_("times asked"), default=1, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer's question")
        verbose_name_plural = _("buyers' questions")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("answer_inquiry", _("Can answer buyers' questions")),
            ("assign_inquiry", _("Can hand buyers' questions to a merchant or a colleague")),
            ("close_inquiry", _("Can close buyers' questions")),
            ("reveal_inquiry", _("Can see phones of buyers' questions in clear")),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="inquiry_waiting"),
            models.Index(fields=["merchant", "state"], name="inquiry_of_merchant"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_inquiry_has_an_answer",
                violation_error_message=_("An answered question has its answer and its moment."),
            )
        ]

    def __str__(self):
        return self.code
