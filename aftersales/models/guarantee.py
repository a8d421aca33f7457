"""What buyers are guaranteed by law: why goods go back, what is owed then, and the catalogue by category."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet
from merchants.models import Category


class Remedy(models.TextChoices):
    """What a buyer may ask for, the most far-reaching first."""

    REFUND = "refund", _("refund, nothing to send back")
    RETURN = "return", _("return and full refund")
    DEPRECIATED = "depreciated", _("return, less depreciation")
    EXCHANGE = "exchange", _("exchange free of charge")
    REPAIR = "repair", _("repair free of charge")
    PAID_REPAIR = "paid_repair", _("repair at the buyer's cost")


class Reason(models.TextChoices):
    """Why goods are to go back; always given."""

    NO_REASON = "no_reason", _("changed their mind, or ordered by mistake")
    FAULT = "fault", _("does not work as it should")
    DAMAGED = "damaged", _("arrived damaged or spoiled")
    MISSING = "missing", _("something is missing")
    WRONG = "wrong", _("wrong goods were sent")
    MISDESCRIBED = "misdescribed", _("not as described in the show or on the page")
    NOT_RECEIVED = "not_received", _("never arrived")


class Delay(models.TextChoices):
    """Why a repair takes long, as the repair record notes it."""

    PARTS = "parts", _("the maker does not supply the parts")
    REPAIRER = "repairer", _("the repairer's own reasons")


# What the seller brought about: here the exceptions to seven days without reason do not count.
SELLERS_FAULT = [Reason.DAMAGED, Reason.MISSING, Reason.WRONG, Reason.MISDESCRIBED]


def days(label, default, **options):
    """A span of whole days that the catalogue may set."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(3_650)], **options
    )


class GuaranteeTerm(Record):
    """One line of the catalogue of three guarantees: what holds for a category from a day on (EJAS 6.5.2)."""

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="guarantee_terms", verbose_name=_("category")
    )
    valid_from = models.DateField(_("with effect from"))
    months = models.PositiveSmallIntegerField(
        _("guarantee of the whole (months)"),
        default=12,
        validators=[MaxValueValidator(240)],
        help_text=_("0 for goods outside the three guarantees."),
    )
    part_months = models.PositiveSmallIntegerField(
        _("guarantee of the main parts (months)"), default=0, validators=[MaxValueValidator(240)]
    )
    main_parts = models.CharField(_("main parts"), max_length=200, blank=True)
    return_days = days(_("return because of a fault (days)"), 7)
    exchange_days = days(_("exchange because of a fault (days)"), 15)
    repairs = models.PositiveSmallIntegerField(
        _("repairs before an exchange"), default=2, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    parts_days = days(_("longest repair while parts are missing (days)"), 90)
    repairer_days = days(_("longest repair by the repairer's own delay (days)"), 30)
    depreciation = models.DecimalField(
        _("depreciation a day (%)"),
        max_digits=5,
        decimal_places=3,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text=_("Of the price paid, for a return after repairs; days in repair are not counted."),
    )
    perishable = models.BooleanField(
        _("perishable"),
        default=False,
        help_text=_("Spoiled or damaged goods are refunded without being sent back."),
    )
    claim_days = days(_("perishable goods are reported within (days)"), 2)
    covers = models.TextField(_("what is covered, and by whom"), max_length=2_000, blank=True)
    special = models.TextField(_("special cases"), max_length=2_000, blank=True)
    service = models.TextField(_("standard of the service"), max_length=2_000, blank=True)
    source = models.CharField(_("source"), max_length=200)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of the three guarantees")
        verbose_name_plural = _("catalogue of three guarantees")
        ordering = ["category", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "valid_from"],
                name="guarantee_term_once_a_day",
                violation_error_message=_("The terms of this category already change on that day."),
            ),
            models.CheckConstraint(
                condition=Q(exchange_days__gte=F("return_days")),
                name="exchange_no_shorter_than_return",
                violation_error_message=_("An exchange is owed for at least as long as a return."),
            ),
            models.CheckConstraint(
                condition=Q(part_months=0) | ~Q(main_parts=""),
                name="main_parts_are_named",
                violation_error_message=_("Say which the main parts are."),
            ),
        ]

    def __str__(self):
        return f"{self.category} · {self.valid_from:%Y-%m-%d}"
