"""The complaint: what a consumer is not content with, whose turn it is, and what came of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.complaint_kinds import Channel, Nature, Priority, Urgency
from aftersales.models.order import Order
from mcn.agency.models import Platform
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise, validate_phone
from mcn.kit.moves import Moves
from mcn.kit.privacy import ConcealedTextField, EncryptedField, KeyedHashField
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from merchants.models import Merchant
from merchants.models.owned import merchants_of
from products.models import Product
from streamers.models import Room, Show, Streamer

LONGEST = 4_000


def about(model, label, **options):
    """What a complaint is about, as far as anybody knows."""
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=label,
        **options,
    )


class ComplaintQuerySet(models.QuerySet):
    """Complaints, or with ``complaint`` set what belongs to one."""

    complaint = ""

    def visible_to(self, user):
        """All for staff who may view them; for a merchant's people those about it that we accepted."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        path = f"{self.complaint}__" if self.complaint else ""
        return self.filter(**{f"{path}merchant__in": merchants_of(user), f"{path}accepted_at__isnull": False})

    def open(self):
        """Those on which somebody still works."""
        return self.filter(state__in=Complaint.OPEN)


class Complaint(Record):
    """What one consumer is not content with, from its receipt to the closed file (GDAS 5.3; EJAS 6.6)."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("complaint", "received")
        ACCEPTED = "accepted", pgettext_lazy("complaint", "accepted")
        REDIRECTED = "redirected", _("handed on")
        VERIFYING = "verifying", _("facts being verified")
        NEGOTIATING = "negotiating", _("being negotiated")
        RESOLVED = "resolved", pgettext_lazy("complaint", "resolved")
        ANSWERED = "answered", pgettext_lazy("complaint", "answered")
        CALLED_BACK = "called_back", pgettext_lazy("complaint", "called back")
        CLOSED = "closed", pgettext_lazy("complaint", "closed")
        MERGED = "merged", _("merged into another")
        WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "withdrawn by the consumer")

    class Turn(models.TextChoices):
        AGENCY = "agency", _("the agency")
        MERCHANT = "merchant", pgettext_lazy("turn", "the merchant")
        CONSUMER = "consumer", _("the consumer")
        PLATFORM = "platform", _("the platform")

    class Wish(models.TextChoices):
        REFUND = "refund", _("refund")
        RETURN = "return", _("return and refund")
        EXCHANGE = "exchange", pgettext_lazy("wish", "exchange")
        REPAIR = "repair", pgettext_lazy("wish", "repair")
        DELIVERY = "delivery", _("delivery of the goods")
        COMPENSATION = "compensation", pgettext_lazy("wish", "compensation")
        EXPLANATION = "explanation", _("explanation or apology")
        OTHER = "other", pgettext_lazy("wish", "something else")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("complaint", "upheld")
        PARTLY = "partly", pgettext_lazy("complaint", "upheld in part")
        REJECTED = "rejected", pgettext_lazy("complaint", "not upheld")
        UNRESOLVED = "unresolved", _("no agreement reached")

    MOVES = Moves(
        accept=([State.RECEIVED], State.ACCEPTED),
        redirect=([State.RECEIVED, State.ACCEPTED, State.VERIFYING], State.REDIRECTED),
        verify=([State.ACCEPTED], State.VERIFYING),
        negotiate=([State.VERIFYING], State.NEGOTIATING),
        resolve=([State.VERIFYING, State.NEGOTIATING], State.RESOLVED),
        answer=([State.RESOLVED], State.ANSWERED),
        call_back=([State.ANSWERED], State.CALLED_BACK),
        close=([State.REDIRECTED, State.ANSWERED, State.CALLED_BACK], State.CLOSED),
        reopen=([State.REDIRECTED, State.ANSWERED, State.CALLED_BACK, State.CLOSED], State.ACCEPTED),
        merge=(
            [State.RECEIVED, State.ACCEPTED, State.VERIFYING, State.NEGOTIATING],
            State.MERGED,
        ),
        withdraw=(
            [State.RECEIVED, State.ACCEPTED, State.REDIRECTED, State.VERIFYING, State.NEGOTIATING],
            State.WITHDRAWN,
        ),
    )
    VERB_LABELS = {
        "accept": pgettext_lazy("complaint entry", "accepted"),
        "redirect": _("handed on"),
        "verify": _("began to verify"),
        "negotiate": _("began to negotiate"),
        "resolve": pgettext_lazy("complaint entry", "resolved"),
        "answer": _("answered the consumer"),
        "call_back": _("called the consumer back"),
        "merge": _("merged"),
        "assign": _("given to an agent"),
    }
    WORKED_ON = [State.RECEIVED, State.ACCEPTED, State.VERIFYING, State.NEGOTIATING]
    SETTLED = [State.RESOLVED, State.ANSWERED, State.CALLED_BACK]
    OPEN = [*WORKED_ON, State.REDIRECTED, *SETTLED]
    OVER = [State.CLOSED, State.MERGED, State.WITHDRAWN]
    # What GDAS 5.3.3 g names, and harm to people, which weighs more.
    SERIOUS = [Nature.PROMISE, Nature.COMPENSATION, Nature.SAFETY]

    code = models.CharField(_("complaint number"), max_length=20, unique=True, editable=False)
    tracking = models.CharField(_("tracking number"), max_length=20, unique=True, editable=False)
    pin = EncryptedField(_("tracking code"), editable=False)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel, default=Channel.PHONE)
    reference = models.CharField(
        _("number at the channel"),
        max_length=80,
        blank=True,
        help_text=_("The number of the platform's or the authority's own file, where there is one."),
    )
    nature = models.CharField(_("nature"), max_length=20, choices=Nature)
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency, default=Urgency.NORMAL)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL, editable=False
    )
    serious = models.BooleanField(_("serious case"), default=False, editable=False)
    wish = models.CharField(_("what the consumer asks for"), max_length=20, choices=Wish, blank=True)
    amount = models.DecimalField(
        _("amount claimed"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    text = ConcealedTextField(pgettext_lazy("complaint", "what happened"), max_length=LONGEST)

    name = EncryptedField(_("consumer's name"), blank=True, default="")
    name_hash = KeyedHashField(source="name")
    phone = EncryptedField(_("consumer's phone"), blank=True, default="", validators=[validate_phone])
    phone_hash = KeyedHashField(source="phone")
    contact = EncryptedField(
        _("other contact"),
        blank=True,
        default="",
        help_text=_("An e-mail address, or the consumer's name on the platform."),
    )
    contact_hash = KeyedHashField(source="contact")

    platform = about(Platform, _("platform"))
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    product = about(Product, _("product"))
    order = about(Order, _("order"))
    show = about(Show, _("show"))
    room = about(Room, _("room"))
    streamer = about(Streamer, _("streamer"))
    merchant = about(Merchant, _("merchant"))

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False)
    agent = about(settings.AUTH_USER_MODEL, _("agent"), editable=False)
    turn = models.CharField(
        _("whose turn"), max_length=20, choices=Turn, default=Turn.AGENCY, blank=True, editable=False
    )
    turn_since = models.DateTimeField(_("their turn since"), null=True, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"))
    entered_by = ActorField(_("entered by"))
    accepted_at = models.DateTimeField(
        pgettext_lazy("complaint", "accepted at"), null=True, blank=True, editable=False
    )
    first_answer_at = models.DateTimeField(_("first answer at"), null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True, editable=False)
    resolved_by = ActorField(_("resolved by"))
    answered_at = models.DateTimeField(
        pgettext_lazy("complaint", "answered at"), null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("merged into"),
    )
    redirected_to = models.CharField(_("handed on to"), max_length=120, blank=True, editable=False)

    outcome = models.CharField(
        pgettext_lazy("complaint", "outcome"), max_length=20, choices=Outcome, blank=True, editable=False
    )
    conclusion = ConcealedTextField(_("conclusion"), blank=True, editable=False)
    basis = ConcealedTextField(_("basis"), blank=True, editable=False)
    next_step = ConcealedTextField(_("next step"), blank=True, editable=False)
    paid = models.DecimalField(
        _("amount granted"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction (1 to 5)"),
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )

    # The file's end, so that entries cut off it are missed.
    entries_count = models.PositiveIntegerField(_("entries in the file"), default=0, editable=False)
    head = models.CharField(_("digest of the last entry"), max_length=64, blank=True, editable=False)
    search = SearchField(_("search"), sources=["code", "tracking", "reference", "order_number"])

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("accept_complaint", _("Can accept complaints")),
            ("redirect_complaint", _("Can hand complaints on")),
            ("verify_complaint", _("Can verify the facts of complaints")),
            ("negotiate_complaint", _("Can negotiate complaints")),
            ("resolve_complaint", _("Can resolve complaints")),
            ("answer_complaint", _("Can answer consumers about complaints")),
            ("call_back_complaint", _("Can call consumers back")),
            ("close_complaint", _("Can close complaints")),
            ("reopen_complaint", _("Can reopen complaints")),
            ("merge_complaint", _("Can merge complaints")),
            ("withdraw_complaint", _("Can note that a complaint was withdrawn")),
            ("assign_complaint", _("Can give complaints to agents")),
            ("reply_complaint", _("Can answer complaints for the merchant")),
            ("pack_complaint", _("Can make evidence packs of complaints")),
            ("reveal_complaint", _("Can see a consumer's personal data in clear")),
        ]
        indexes = [
            TokenIndex(name="complaint_search"),
            models.Index(
                fields=["turn", "priority", "received_at"],
                condition=~Q(state__in=["closed", "merged", "withdrawn"]),
                name="complaint_inbox",
            ),
            models.Index(fields=["agent", "state"], name="complaint_of_an_agent"),
            models.Index(fields=["merchant", "state"], name="complaint_of_a_merchant"),
            models.Index(fields=["received_at"], name="complaint_received"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="form") | ~Q(phone="") | ~Q(contact=""),
                name="complaint_can_be_answered",
                violation_error_message=_("Leave a phone number or another way to reach you."),
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="merged_complaint_says_into_which",
                violation_error_message=_("Say into which complaint it is merged."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "answered", "called_back"]) | ~Q(outcome=""),
                name="resolved_complaint_says_how",
                violation_error_message=_("A resolved complaint says with what outcome."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.get_nature_display()}"

    def clean(self):
        self.phone = normalise(self.phone)
        self.name = normalise(self.name)
        self.contact = normalise(self.contact)
        self.order_number = normalise(self.order_number)

    @property
    def editable(self):
        """Whether what it is about may still be put right."""
        return self.state in self.WORKED_ON
