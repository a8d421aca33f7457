"""Invoices: requested by buyers, issued by merchants, sent, and red-lettered when goods come back."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.order import Order
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.identity import compact, validate_uscc
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class InvoiceQuerySet(OwnedQuerySet):
    """Invoices: seen by whom the order is."""

    owner = "order__merchant"

    def files_visible_to(self, user):
        """A file tells who bought: opened by whoever may see the row, and the trail says so."""
        return self.visible_to(user)


class Invoice(Record):
    """One invoice for an order, from the request to the file; who it is made out to lies encrypted."""

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("invoice", "requested")
        ISSUED = "issued", pgettext_lazy("invoice", "issued")
        SENT = "sent", pgettext_lazy("invoice", "sent to the buyer")
        RED = "red", pgettext_lazy("invoice", "red-lettered")
        CANCELLED = "cancelled", pgettext_lazy("invoice", "cancelled")

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", pgettext_lazy("invoice", "ordinary electronic invoice")
        SPECIAL = "special", pgettext_lazy("invoice", "special VAT invoice")

    class Buyer(models.TextChoices):
        PERSON = "person", pgettext_lazy("invoice", "person")
        COMPANY = "company", pgettext_lazy("invoice", "company")

    class Way(models.TextChoices):
        PAGE = "page", pgettext_lazy("invoice", "to download on the buyer's page")
        EMAIL = "email", pgettext_lazy("invoice", "by e-mail")
        PLATFORM = "platform", pgettext_lazy("invoice", "through the platform")
        POST = "post", pgettext_lazy("invoice", "by post")

    MOVES = Moves(
        issue=([State.REQUESTED], State.ISSUED),
        send=([State.ISSUED, State.SENT], State.SENT),
        red_letter=([State.ISSUED, State.SENT], State.RED),
        cancel=([State.REQUESTED], State.CANCELLED),
    )
    VERB_LABELS = {
        "issue": pgettext_lazy("invoice", "issued"),
        "send": pgettext_lazy("invoice", "sent to the buyer"),
        "red_letter": pgettext_lazy("invoice", "red-lettered"),
    }
    LIVE = [State.REQUESTED, State.ISSUED, State.SENT]

    code = models.CharField(_("request number"), max_length=12, unique=True, editable=False)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("order")
    )
    kind = models.CharField(
        pgettext_lazy("invoice", "kind"), max_length=12, choices=Kind, default=Kind.ORDINARY
    )
    buyer = models.CharField(_("made out to a"), max_length=10, choices=Buyer, default=Buyer.PERSON)
    title = EncryptedField(_("made out to"), max_length=100)
    tax_number = models.CharField(
        _("taxpayer's number"),
        max_length=18,
        blank=True,
        help_text=_("The unified social credit code, for companies."),
    )
    email = EncryptedField(_("e-mail"), blank=True, default="", validators=[validate_email])
    further = EncryptedField(
        _("address, phone, bank and account"),
        blank=True,
        default="",
        help_text=_("Only a special VAT invoice needs them."),
    )
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)], editable=False
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.REQUESTED, editable=False
    )
    requested_at = models.DateTimeField(_("requested at"), editable=False)
    due_at = models.DateTimeField(_("to be issued by"), null=True, editable=False)
    number = models.CharField(_("invoice number"), max_length=40, blank=True, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, blank=True, editable=False)
    issued_by = ActorField(_("issued by"))
    document = DocumentField(_("file"))
    way = models.CharField(_("sent"), max_length=10, choices=Way, blank=True, editable=False)
    sent_to = models.CharField(_("parcel number or account"), max_length=100, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    returned_at = models.DateTimeField(_("to be red-lettered since"), null=True, blank=True, editable=False)
    red_number = models.CharField(_("number of the red letter"), max_length=40, blank=True, editable=False)
    red_on = models.DateField(_("red-lettered on"), null=True, blank=True, editable=False)
    red_reason = models.CharField(_("why it was red-lettered"), max_length=200, blank=True, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("in place of"),
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("issue_invoice", _("Can issue invoices")),
            ("send_invoice", _("Can send invoices")),
            ("red_letter_invoice", _("Can red-letter invoices")),
            ("cancel_invoice", _("Can cancel requests for invoices")),
            ("reveal_invoice", _("Can see whom invoices are made out to in clear")),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="requested"), name="invoice_to_issue"),
            models.Index(
                fields=["returned_at"],
                condition=Q(state__in=["issued", "sent"], returned_at__isnull=False),
                name="invoice_to_red_letter",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["requested", "issued", "sent"]),
                name="one_live_invoice_an_order",
                violation_error_message=_("There is an invoice for this order already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "cancelled"])
                | (~Q(number="") & Q(issued_on__isnull=False)),
                name="issued_invoice_has_a_number",
                violation_error_message=_("An issued invoice has its number and its day."),
            ),
            models.CheckConstraint(
                condition=~Q(state="red") | (~Q(red_number="") & Q(red_on__isnull=False) & ~Q(red_reason="")),
                name="red_invoice_says_why",
                violation_error_message=_("A red-lettered invoice has its number, day and reason."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.order.merchant_id

    def clean(self):
        """A company has its taxpayer's number; a special invoice is for companies, with all particulars."""
        self.tax_number = compact(self.tax_number)
        if self.buyer == self.Buyer.COMPANY:
            if not self.tax_number:
                raise ValidationError({"tax_number": _("A company's invoice needs its taxpayer's number.")})
            validate_uscc(self.tax_number)
        if self.kind == self.Kind.SPECIAL:
            if self.buyer != self.Buyer.COMPANY:
                raise ValidationError({"kind": _("Special VAT invoices are made out to companies only.")})
            if not self.further:
                raise ValidationError(
                    {"further": _("A special VAT invoice needs address, phone, bank and account.")}
                )
