"""How merchants are scored: rule sets with effect from a day, and what each night's scoring made of whom."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from mcn.kit.records import Record
from mcn.kit.rule_sets import RuleSet
from merchants.models import Merchant, MerchantHold, OwnedQuerySet


class Component(models.TextChoices):
    """What a merchant's score is made of (DB4401 5.6.3.11, 6.4.1 e)."""

    SHIPPING = "shipping", _("shipped in time (%)")
    COMPLAINTS = "complaints", _("complaints in a thousand orders")
    RESOLUTION = "resolution", _("hours until complaints are resolved")
    RETURNS = "returns", _("orders with returns (%)")
    RATINGS = "ratings", _("mean of reviews (1 to 5)")


def weight(label):
    """A share of the score in percent."""
    return models.PositiveSmallIntegerField(label, validators=[MaxValueValidator(100)])


class ScoreRuleSet(RuleSet):
    """Weights, steps and bands of the merchants' score; a draft until adopted, from then on frozen."""

    SETTINGS = [
        "window_days",
        "least_orders",
        "least_weight",
        "hold_nights",
        *(f"weight_{component}" for component in Component.values),
    ]
    PARTS = ["steps", "bands"]

    window_days = models.PositiveSmallIntegerField(
        _("days looked back"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    least_orders = models.PositiveIntegerField(
        _("orders needed"),
        default=20,
        validators=[MinValueValidator(1)],
        help_text=_("With fewer in these days a merchant is not rated."),
    )
    least_weight = models.PositiveSmallIntegerField(
        _("weight needed (%)"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A component without data is left out; with less weight left nobody is rated."),
    )
    hold_nights = models.PositiveSmallIntegerField(
        _("nights before a hold"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Nights in a row in a band that holds."),
    )
    weight_shipping = weight(_("weight of shipping in time (%)"))
    weight_complaints = weight(_("weight of complaints (%)"))
    weight_resolution = weight(_("weight of the time to resolve (%)"))
    weight_returns = weight(_("weight of returns (%)"))
    weight_ratings = weight(_("weight of reviews (%)"))

    class Meta(RuleSet.Meta):
        verbose_name = _("score rule set")
        verbose_name_plural = _("score rule sets")
        permissions = [
            ("adopt_scoreruleset", _("Can adopt a score rule set")),
            ("withdraw_scoreruleset", _("Can withdraw a score rule set")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(state="adopted"),
                name="one_score_rule_set_begins_a_day",
                violation_error_message=_("Another adopted rule set takes effect on that day."),
            ),
            models.CheckConstraint(
                condition=Q(
                    weight_shipping=100
                    - F("weight_complaints")
                    - F("weight_resolution")
                    - F("weight_returns")
                    - F("weight_ratings")
                ),
                name="score_weights_sum_to_100",
                violation_error_message=_("The five weights must add up to 100."),
            ),
        ]


class ScoreStep(Record):
    """The points that a component gives from a value on, up to the next step."""

    rule_set = models.ForeignKey(
        ScoreRuleSet, on_delete=models.PROTECT, related_name="steps", verbose_name=_("rule set")
    )
    component = models.CharField(_("component"), max_length=20, choices=Component)
    at_least = models.DecimalField(_("from"), max_digits=9, decimal_places=2)
    points = models.PositiveSmallIntegerField(pgettext_lazy("score", "points"), help_text=_("0 to 100"))

    class Meta:
        verbose_name = _("step of a score")
        verbose_name_plural = _("steps of a score")
        ordering = ["rule_set", "component", "at_least"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "component", "at_least"],
                name="score_step_once",
                violation_error_message=_("Two steps of a component cannot begin at the same value."),
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100, at_least__gte=0),
                name="score_step_points",
                violation_error_message=_("A step begins at 0 or above and gives 0 to 100 points."),
            ),
        ]

    def __str__(self):
        return f"{self.get_component_display()} ≥ {self.at_least.normalize():f}"


class Measure(models.TextChoices):
    """What a band carries."""

    NONE = "none", pgettext_lazy("score", "nothing")
    WARN = "warn", _("warning, to be improved")
    HOLD = "hold", _("hold: no show until it is lifted")


class ScoreBand(Record):
    """A band of scores, from how many points it begins, and what it carries."""

    rule_set = models.ForeignKey(
        ScoreRuleSet, on_delete=models.PROTECT, related_name="bands", verbose_name=_("rule set")
    )
    name = models.CharField(_("band of scores"), max_length=20)
    at_least = models.DecimalField(_("from points"), max_digits=5, decimal_places=2)
    measure = models.CharField(_("carries"), max_length=10, choices=Measure, default=Measure.NONE)

    class Meta:
        verbose_name = _("band of scores")
        verbose_name_plural = _("bands of scores")
        ordering = ["rule_set", "-at_least"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "at_least"],
                name="score_band_begins_once",
                violation_error_message=_("Two bands cannot begin at the same points."),
            ),
            models.CheckConstraint(
                condition=Q(at_least__gte=0, at_least__lte=100),
                name="score_band_points",
                violation_error_message=_("A band begins at 0 to 100 points."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ≥ {self.at_least.normalize():f}"


class MerchantScore(Record):
    """A merchant's score of a night: every component with its figure, points and weight, and what it carries.

    Never changed: the next night has its own.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="scores", verbose_name=_("merchant")
    )
    day = models.DateField(_("as of"))
    since = models.DateField(_("looked back to"))
    rule_set = models.ForeignKey(
        ScoreRuleSet, on_delete=models.PROTECT, related_name="scores", verbose_name=_("rule set")
    )
    orders = models.PositiveIntegerField(_("orders in these days"))
    # One line for each component: {"component", "figure", "of", "at_least", "weight", "points", "weighted"}.
    lines = models.JSONField(_("components"), default=list, blank=True)
    total = models.DecimalField(
        pgettext_lazy("score", "score"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    band = models.CharField(_("band of scores"), max_length=20, blank=True)
    measure = models.CharField(_("carries"), max_length=10, choices=Measure, default=Measure.NONE)
    nights = models.PositiveSmallIntegerField(_("nights in a row with this"), default=1)
    before = models.DecimalField(
        _("score of the night before"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    hold = models.ForeignKey(
        MerchantHold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scores",
        verbose_name=_("hold placed"),
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant score")
        verbose_name_plural = _("merchant scores")
        ordering = ["-day", "-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["merchant", "-day"], name="scores_of_a_merchant")]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "merchant"],
                name="merchant_scored_once_a_night",
                violation_error_message=_("This merchant was scored for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(total=None, band="", measure="none") | (Q(total__isnull=False) & ~Q(band="")),
                name="no_band_without_a_score",
                violation_error_message=_("Without enough data nobody is rated."),
            ),
        ]

    def __str__(self):
        return f"{self.merchant.code} · {self.day:%Y-%m-%d} · {self.told}"

    @property
    def told(self):
        """The score as people read it."""
        return f"{self.total} {self.band}" if self.total is not None else pgettext("score", "not rated")
