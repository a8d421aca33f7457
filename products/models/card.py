"""The selling-point card of a product: versions, from a draft typed in pieces to a final approval."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from products.models.product import PartQuerySet, Product
from products.models.sku import CENT

LONGEST = 1_000


class PartText(models.TextField):
    """What a card says of one part: of any number of lines, yet meant to be read out."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"blank": True, "default": "", "max_length": LONGEST}
        super().__init__(*args, **kwargs)
        # Django asks the length of a TextField only in forms.
        self.validators.append(MaxLengthValidator(LONGEST))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("blank", "default", "max_length"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


class Card(Record):
    """What may be said on air about one product; its versions hold the words."""

    product = models.OneToOneField(
        Product, on_delete=models.PROTECT, related_name="card", verbose_name=_("product")
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("selling-point card")
        verbose_name_plural = _("selling-point cards")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return str(self.product)

    @property
    def merchant_id(self):
        """Whose people write it."""
        return self.product.merchant_id


class CardVersionQuerySet(models.QuerySet):
    """Versions of cards."""

    def visible_to(self, user):
        """Every version for staff who may view them; for others those of the products they see."""
        if user.has_perm("products.view_cardversion"):
            return self
        return self.filter(card__product__in=Product.objects.visible_to(user))


class CardVersion(Record):
    """One version of a card: the parts that DB4401 5.2.3.4 asks for, and how far its review is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")
        SUPERSEDED = "superseded", _("superseded")

    class Part(models.TextChoices):
        POINTS = "points", _("selling points")
        HAZARDS = "hazards", _("hazards in use")
        WARNINGS = "warnings", _("warnings for special groups")
        ACCIDENT = "accident", _("what to do in an accident")
        AFTER_SALES = "after_sales", _("after-sales promises")
        DATES = "dates", _("production date and shelf life")
        PROMOTION = "promotion", _("promotion")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        approve=([State.SUBMITTED], State.APPROVED),
        send_back=([State.SUBMITTED], State.RETURNED),
    )
    OPEN = [State.DRAFT, State.SUBMITTED, State.RETURNED]
    EDITABLE = [State.DRAFT, State.RETURNED]
    FROZEN = [State.APPROVED, State.SUPERSEDED]
    FIELDS_OF = {
        Part.HAZARDS: ["hazards"],
        Part.WARNINGS: ["warnings"],
        Part.ACCIDENT: ["accident"],
        Part.AFTER_SALES: ["after_sales"],
        Part.DATES: ["production_date", "shelf_life"],
        Part.PROMOTION: [
            "promotion_scope",
            "promotion_rules",
            "promotion_from",
            "promotion_to",
            "promotion_limits",
            "compared_price",
            "price_basis",
        ],
    }
    # There is no product without after-sales promises, nor a card without a selling point.
    MAY_NOT_APPLY = [Part.HAZARDS, Part.WARNINGS, Part.ACCIDENT, Part.DATES, Part.PROMOTION]
    CONTENT = [*[name for names in FIELDS_OF.values() for name in names], "not_applicable"]

    card = models.ForeignKey(
        Card, on_delete=models.PROTECT, related_name="versions", verbose_name=_("selling-point card")
    )
    number = models.PositiveIntegerField(_("version number"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)

    hazards = PartText(_("hazards in use"))
    warnings = PartText(_("warnings for special groups"))
    accident = PartText(_("what to do in an accident"))
    after_sales = PartText(_("after-sales promises"))
    production_date = models.CharField(_("production date"), max_length=200, blank=True)
    shelf_life = models.CharField(_("shelf life or use-by date"), max_length=200, blank=True)
    promotion_scope = PartText(_("scope of the promotion"))
    promotion_rules = PartText(_("rules of the promotion"))
    promotion_from = models.DateField(_("promotion from"), null=True, blank=True)
    promotion_to = models.DateField(_("promotion to"), null=True, blank=True)
    promotion_limits = PartText(_("limits of the promotion"))
    compared_price = models.DecimalField(
        _("compared price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT)],
    )
    price_basis = models.CharField(_("basis of the reduction"), max_length=300, blank=True)
    not_applicable = models.JSONField(_("parts that do not apply, with the reason"), default=dict, blank=True)

    submitted_by = ActorField(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    decided_by = ActorField(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    # Of the scan at the last submission; the report itself is a CardScan.
    hits = models.PositiveIntegerField(_("hits of the claim scan"), default=0, editable=False)

    objects = CardVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("card version")
        verbose_name_plural = _("card versions")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_cardversion", _("Can submit selling-point cards for review")),
            ("withdraw_cardversion", _("Can withdraw selling-point cards from review")),
            ("approve_cardversion", _("Can approve selling-point cards")),
            ("send_back_cardversion", _("Can send selling-point cards back")),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="card_version_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "number"],
                name="card_version_number_once",
                violation_error_message=_("A version with this number is there already."),
            ),
            models.UniqueConstraint(
                fields=["card"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_version_a_card",
                violation_error_message=_("The card has an open version already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=["card"],
                condition=Q(state="approved"),
                name="one_approved_version_a_card",
                violation_error_message=_("The card has an approved version already."),
            ),
            models.CheckConstraint(
                condition=Q(promotion_from=None)
                | Q(promotion_to=None)
                | Q(promotion_to__gte=F("promotion_from")),
                name="card_promotion_span",
                violation_error_message=_("The promotion cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.card} v{self.number}"

    @property
    def merchant_id(self):
        """Whose people write it."""
        return self.card.product.merchant_id

    @property
    def editable(self):
        """Whether its words may still change."""
        return self.state in self.EDITABLE

    def applies(self, part):
        """Whether the merchant has not set a part aside as not applicable."""
        return part not in self.not_applicable

    def clean(self):
        """Parts are set aside by name with a reason, and what was approved never changes."""
        if not _is_reasons(self.not_applicable):
            raise ValidationError({"not_applicable": _("Give a reason for each part that does not apply.")})
        if self.pk and (stored := self._frozen_content()) and stored != self._content():
            raise ValidationError(_("An approved version never changes: open a new one."), code="frozen")

    def _content(self):
        return {name: getattr(self, name) for name in self.CONTENT}

    def _frozen_content(self):
        frozen = CardVersion._base_manager.filter(pk=self.pk, state__in=self.FROZEN)
        return frozen.values(*self.CONTENT).first()


def _is_reasons(value):
    """Whether a value maps parts that may not apply to reasons of a bearable length."""
    return isinstance(value, dict) and all(
        part in CardVersion.MAY_NOT_APPLY and isinstance(reason, str) and len(reason) <= LONGEST
        for part, reason in value.items()
    )
