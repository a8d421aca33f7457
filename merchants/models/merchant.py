"""The merchant: who sells, in which lines of business, and how far it is with us."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import compact, normalise, validate_phone, validate_resident_id, validate_uscc
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from merchants.models.category import Category, CredentialKind
from merchants.models.owned import OwnedQuerySet


class UsccField(models.CharField):
    """An 18-place unified social credit code, kept without spaces and in upper case; empty is NULL."""

    default_validators = [validate_uscc]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"max_length": 18})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length")
        return name, path, args, kwargs

    def to_python(self, value):
        return compact(value) or None

    def formfield(self, **kwargs):
        # Spaces and hyphens may be typed: they go before the length is judged.
        return super().formfield(**{"max_length": 40} | kwargs)


class MerchantQuerySet(OwnedQuerySet):
    """Merchants."""

    owner = "pk"


class Merchant(Record):
    """One seller: a firm, a sole trader, a cooperative or a person, from its draft to its exit."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        INDIVIDUAL_BUSINESS = "individual_business", _("individual business")
        COOPERATIVE = "cooperative", _("farmers' cooperative")
        NATURAL_PERSON = "natural_person", _("natural person exempt from registration")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ADMITTED = "admitted", _("admitted")
        SUSPENDED = "suspended", _("suspended")
        EXITED = "exited", _("exited")

    MOVES = Moves(
        submit=([State.DRAFT], State.SUBMITTED),
        send_back=([State.SUBMITTED], State.DRAFT),
        admit=([State.SUBMITTED], State.ADMITTED),
        suspend=([State.ADMITTED], State.SUSPENDED),
        resume=([State.SUSPENDED], State.ADMITTED),
        exit=([State.DRAFT, State.SUBMITTED, State.ADMITTED, State.SUSPENDED], State.EXITED),
        reopen=([State.EXITED], State.DRAFT),
    )

    code = models.CharField(_("merchant code"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("legal name"), max_length=120, help_text=_("As the business licence has it."))
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("Brand or shop name.")
    )
    uscc = UsccField(_("unified social credit code"), unique=True, null=True, blank=True)
    id_number = EncryptedField(
        _("resident ID number"),
        blank=True,
        default="",
        help_text=_("Only of a person who trades without a licence."),
    )
    id_number_hash = KeyedHashField(source="id_number")
    legal_representative = EncryptedField(_("legal representative"), blank=True, default="")
    legal_representative_hash = KeyedHashField(source="legal_representative")
    phone = EncryptedField(_("phone"), blank=True, default="", validators=[validate_phone])
    phone_hash = KeyedHashField(source="phone")
    region = models.CharField(
        _("region"), max_length=60, blank=True, help_text=_("Province, city and district.")
    )
    address = EncryptedField(_("business address"), blank=True, default="")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    submitted_by = ActorField(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True, editable=False)
    exited_on = models.DateField(_("exited on"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)
    search = SearchField(_("search"), sources=["code", "name", "short_name", "uscc"])

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_merchant", _("Can submit a merchant for admission")),
            ("send_back_merchant", _("Can send a submitted merchant back")),
            ("admit_merchant", _("Can admit a merchant")),
            ("suspend_merchant", _("Can suspend a merchant")),
            ("resume_merchant", _("Can resume a suspended merchant")),
            ("exit_merchant", _("Can end the work with a merchant")),
            ("reopen_merchant", _("Can reopen a merchant that has left")),
            ("verify_merchant", _("Can verify a merchant")),
            ("hold_merchant", _("Can place a hold on a merchant")),
            ("blacklist_merchant", _("Can put a merchant on the blacklist")),
            ("reveal_merchant", _("Can see a merchant's personal data in clear")),
        ]
        indexes = [
            TokenIndex(name="merchant_search"),
            models.Index(fields=["state", "-id"], name="merchant_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(Q(kind="natural_person", uscc=None), ~Q(id_number=""))
                | Q(~Q(kind="natural_person"), uscc__isnull=False, id_number=""),
                name="merchant_is_identified",
                violation_error_message=_(
                    "Give the unified social credit code, or for a natural person the resident ID number."
                ),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.short_name or self.name}"

    def clean(self):
        self.name = normalise(self.name)
        self.phone = normalise(self.phone)
        self.id_number = compact(self.id_number)
        if self.id_number:
            try:
                validate_resident_id(self.id_number, on=business_day(self.created_at))
            except ValidationError as error:
                raise ValidationError({"id_number": error}) from error

    @property
    def licence_kind(self):
        """The code of the paper that lets it trade: a licence, or a person's ground of exemption."""
        exempt = self.kind == self.Kind.NATURAL_PERSON
        return CredentialKind.REGISTRATION_EXEMPTION if exempt else CredentialKind.BUSINESS_LICENCE


class BusinessLine(Record):
    """A category in which a merchant sells or wants to; what papers it needs follows from it."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="business_lines", verbose_name=_("merchant")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="business_lines", verbose_name=_("category")
    )
    ended_on = models.DateField(_("given up on"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of business")
        verbose_name_plural = _("lines of business")
        ordering = ["merchant", "category"]
        default_permissions = ["add", "view"]
        permissions = [("give_up_businessline", _("Can give up a line of business"))]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "category"],
                name="line_of_business_once",
                violation_error_message=_("The merchant has this category already."),
            )
        ]

    def __str__(self):
        return str(self.category)
