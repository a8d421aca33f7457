"""How streamers are put into tiers: rule sets with effect from a day, and what follows from each tier."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.records import Record
from mcn.kit.rule_sets import RuleSet


class Component(models.TextChoices):
    """What a tier is made of (DB4401 5.4.3.2 e)."""

    FOLLOWERS = "followers", _("followers")
    SALES = "sales", _("sales of 30 days (yuan)")
    ORIENTATION = "orientation", _("content orientation")
    VIOLATIONS = "violations", _("points for violations")


class TierRuleSet(RuleSet):
    """Weights, bands, tiers and their measures; a draft until adopted, from then on frozen."""

    SETTINGS = [f"weight_{component}" for component in Component.values]
    PARTS = ["bands", "grades"]

    weight_followers = models.PositiveSmallIntegerField(_("weight of followers (%)"))
    weight_sales = models.PositiveSmallIntegerField(_("weight of sales (%)"))
    weight_orientation = models.PositiveSmallIntegerField(_("weight of content orientation (%)"))
    weight_violations = models.PositiveSmallIntegerField(_("weight of violations (%)"))

    class Meta(RuleSet.Meta):
        verbose_name = _("tier rule set")
        verbose_name_plural = _("tier rule sets")
        permissions = [
            ("adopt_tierruleset", _("Can adopt a tier rule set")),
            ("withdraw_tierruleset", _("Can withdraw a tier rule set")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(state="adopted"),
                name="one_rule_set_begins_a_day",
                violation_error_message=_("Another adopted rule set takes effect on that day."),
            ),
            models.CheckConstraint(
                condition=Q(
                    weight_followers=100
                    - F("weight_sales")
                    - F("weight_orientation")
                    - F("weight_violations")
                ),
                name="tier_weights_sum_to_100",
                violation_error_message=_("The four weights must add up to 100."),
            ),
        ]


class TierBand(Record):
    """The points that a component gives from a value on, up to the next band."""

    rule_set = models.ForeignKey(
        TierRuleSet, on_delete=models.PROTECT, related_name="bands", verbose_name=_("rule set")
    )
    component = models.CharField(_("component"), max_length=20, choices=Component)
    at_least = models.DecimalField(_("from"), max_digits=14, decimal_places=2)
    points = models.PositiveSmallIntegerField(pgettext_lazy("tier", "points"), help_text=_("0 to 100"))

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["rule_set", "component", "at_least"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "component", "at_least"],
                name="band_once",
                violation_error_message=_("Two bands of a component cannot begin at the same value."),
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100, at_least__gte=0),
                name="band_points",
                violation_error_message=_("A band begins at 0 or above and gives 0 to 100 points."),
            ),
        ]

    def __str__(self):
        return f"{self.get_component_display()} ≥ {self.at_least.normalize():f}"


class TierGrade(Record):
    """A tier, from how many points it begins, and the measures that it carries."""

    rule_set = models.ForeignKey(
        TierRuleSet, on_delete=models.PROTECT, related_name="grades", verbose_name=_("rule set")
    )
    grade = models.CharField(
        _("tier"), max_length=4, blank=True, help_text=_("Empty for those who are not rated.")
    )
    at_least = models.DecimalField(
        _("from points"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("0 to 100; empty for those who are not rated."),
    )
    training_plan = models.CharField(_("training plan"), max_length=200)
    training_hours = models.PositiveSmallIntegerField(_("training hours a year"))
    script_review = models.BooleanField(_("scripts are reviewed beforehand"))
    recording_share = models.PositiveSmallIntegerField(_("share of recordings reviewed (%)"))
    management = models.TextField(_("how it is managed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["rule_set", F("at_least").desc(nulls_last=True)]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "grade"],
                name="grade_once",
                violation_error_message=_("A rule set has each tier once."),
            ),
            models.UniqueConstraint(
                fields=["rule_set", "at_least"],
                name="grade_begins_once",
                violation_error_message=_("Two tiers cannot begin at the same number of points."),
            ),
            models.CheckConstraint(
                condition=Q(grade="", at_least=None) | (~Q(grade="") & Q(at_least__range=(0, 100))),
                name="grade_begins_somewhere",
                violation_error_message=_(
                    "A tier begins between 0 and 100 points; the line of those not rated has neither name"
                    " nor points."
                ),
            ),
            models.CheckConstraint(
                condition=Q(recording_share__lte=100),
                name="grade_share",
                violation_error_message=_("A share is at most 100 %."),
            ),
        ]

    def __str__(self):
        return self.grade or str(pgettext_lazy("tier", "not rated"))
