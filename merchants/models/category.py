"""What may be sold: the category tree, and the papers that the law asks for each category."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from mcn.kit.visibility import SharedQuerySet


class CredentialKind(Record):
    """A kind of paper, held by a merchant or for a product: who issues it and how its number looks."""

    class Holder(models.TextChoices):
        MERCHANT = "merchant", _("merchant")
        PRODUCT = "product", _("product")

    BUSINESS_LICENCE = "business_licence"
    REGISTRATION_EXEMPTION = "registration_exemption"

    code = models.SlugField(_("code"), max_length=60, unique=True)
    holder = models.CharField(_("held by"), max_length=20, choices=Holder)
    name = models.CharField(_("name"), max_length=60)
    issuer = models.CharField(_("issued by"), max_length=60)
    number_hint = models.CharField(_("how the number looks"), max_length=80, blank=True)
    long_term_possible = models.BooleanField(_("may be long-term"), default=False)
    source = models.CharField(_("source"), max_length=200)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of credential")
        verbose_name_plural = _("kinds of credentials")
        ordering = ["holder", "id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return self.name


class Profession(models.TextChoices):
    """The fields in which nobody speaks to buyers without a practising qualification of their own."""

    FINANCE = "finance", pgettext_lazy("profession", "finance")
    SECURITIES = "securities", pgettext_lazy("profession", "securities and funds")
    INSURANCE = "insurance", pgettext_lazy("profession", "insurance")
    ACCOUNTING = "accounting", pgettext_lazy("profession", "accounting and tax")
    LAW = "law", pgettext_lazy("profession", "law")
    MEDICINE = "medicine", pgettext_lazy("profession", "medicine and pharmacy")
    NUTRITION = "nutrition", pgettext_lazy("profession", "nutrition")
    EDUCATION = "education", pgettext_lazy("profession", "education")


class Category(Record):
    """A category of goods or services with what the law asks of it; what its parent says is written out.

    ``code`` tells its place (``food.general.snack``); ``required_kinds`` reads ``requirements__kind``.
    """

    class Regime(models.TextChoices):
        OPEN = "open", _("open")
        RESTRICTED = "restricted", _("sale restricted")
        BANNED = "banned", _("sale banned")

    class SevenDayReturn(models.TextChoices):
        YES = "yes", _("within seven days without reason")
        NO_IF_CONFIRMED = "no_if_confirmed", _("not if the consumer confirmed it at the order")
        NO_BY_LAW = "no_by_law", _("exempt by law")

    code = models.CharField(_("code"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(_("name with its parents"), max_length=200, editable=False, default="")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime, default=Regime.OPEN)
    streamer_qualification = models.CharField(
        _("streamer's qualification"),
        max_length=20,
        choices=Profession,
        blank=True,
        help_text=_("The field in which a streamer must be qualified."),
    )
    seven_day_return = models.CharField(
        _("seven-day return"), max_length=20, choices=SevenDayReturn, default=SevenDayReturn.YES
    )
    price_protection_days = models.PositiveSmallIntegerField(_("price protection (days)"), default=0)
    three_guarantees = models.CharField(_("three guarantees"), max_length=60, blank=True)
    contact_rate = models.DecimalField(
        _("contacts per 100 orders"),
        max_digits=5,
        decimal_places=1,
        default=0,
        help_text=_("For the seats of a service plan."),
    )
    claim_regime = models.CharField(_("wording rules"), max_length=30, default="general")
    note = models.TextField(_("what to watch"), blank=True)
    source = models.TextField(_("source"), blank=True)
    search = SearchField(_("search"), sources=["code", "name"])

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["id"]
        default_permissions = ["add", "change", "view"]
        indexes = [TokenIndex(name="category_search")]

    def __str__(self):
        return self.full_name or self.name

    def clean(self):
        self.full_name = f"{self.parent.full_name} / {self.name}" if self.parent else self.name

    def required_kinds(self, holder):
        """The kinds of credentials that it asks of a merchant or of a product."""
        rows = self.requirements.all()
        return [row.kind for row in rows if row.ended_on is None and row.kind.holder == holder]


class CategoryRequirement(Record):
    """That a category asks for a kind of credential, until it no longer does."""

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="requirements", verbose_name=_("category")
    )
    kind = models.ForeignKey(
        CredentialKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of credential")
    )
    ended_on = models.DateField(_("no longer asked from"), null=True, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential asked for")
        verbose_name_plural = _("credentials asked for")
        ordering = ["category", "kind"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "kind"],
                name="kind_asked_once",
                violation_error_message=_("The category asks for this credential already."),
            )
        ]

    def __str__(self):
        return f"{self.category}: {self.kind}"
