"""What the agency and a merchant agreed in writing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models.merchant import Merchant
from merchants.models.owned import OwnedQuerySet


class Agreement(Record):
    """A written agreement with a merchant: its kind, parties, span, wording and signed file."""

    class Kind(models.TextChoices):
        COOPERATION = "cooperation", _("cooperation agreement")
        SERVICE_QUALITY = "service_quality", _("service quality agreement")
        AFTER_SALES = "after_sales", _("after-sales agreement")
        ACCOUNT_MONITORING = "account_monitoring", _("monitoring of the selling account")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        ENDED = "ended", _("ended")

    MOVES = Moves(
        sign=([State.DRAFT], State.SIGNED),
        end=([State.DRAFT, State.SIGNED], State.ENDED),
    )

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("merchant")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("agreement number"), max_length=60, unique=True)
    agency_party = models.CharField(_("agency's party"), max_length=120)
    merchant_party = models.CharField(_("merchant's party"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), help_text=_("Inclusive."))
    wording = models.TextField(
        _("wording"), blank=True, help_text=_("The text, so that promises can be looked for in it.")
    )
    as_advertiser = models.BooleanField(
        _("the merchant answers as the advertiser"), default=False, help_text="DB4401 5.5.2.1"
    )
    as_publisher = models.BooleanField(
        _("its own people who speak in a show answer as publishers"),
        default=False,
        help_text="DB4401 5.5.2.2",
    )
    on_delivery = models.BooleanField(
        _("goods go out as agreed with the buyer, else within three working days"),
        default=False,
        help_text="DB4401 5.5.2.4",
    )
    on_attendance = models.BooleanField(
        _("service and sales people stand by during shows"), default=False, help_text="DB4401 5.5.3 b"
    )
    on_lawful_trade = models.BooleanField(
        _("trades lawfully: consumers' rights, intellectual property, network security, personal data"),
        default=False,
        help_text="DB4401 6.4.2 a",
    )
    document = DocumentField(_("files"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("sign_agreement", _("Can record that an agreement is signed")),
            ("end_agreement", _("Can end an agreement")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="agreement_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="agreement_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_on__isnull=False, document__isnull=False),
                name="signed_agreement_has_its_file",
                violation_error_message=_("A signed agreement needs its day and its signed file."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def covers(self, on):
        """Whether it is signed and in force on a day."""
        return self.state == self.State.SIGNED and self.valid_from <= on <= self.valid_to
