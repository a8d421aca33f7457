"""When talk in public becomes an alert: thresholds with the days on which they hold, what they raised."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet


class Level(models.TextChoices):
    """How bad an opinion is."""

    NOTICE = "notice", pgettext_lazy("opinion", "to be watched")
    SERIOUS = "serious", pgettext_lazy("opinion", "serious")
    EMERGENCY = "emergency", pgettext_lazy("opinion", "emergency")


class AlertRuleQuerySet(VisibleQuerySet):
    """Rules with the days on which they hold."""

    def in_force(self, on):
        """Those that hold on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class AlertRule(Record):
    """From what on there is an alert: so many mentions, such a share of bad ones, or alarming words."""

    class Measure(models.TextChoices):
        VOLUME = "volume", _("number of mentions")
        NEGATIVE_SHARE = "negative_share", _("share of negative mentions (%)")
        ALARMS = "alarms", _("mentions with alarming words")

    class Scope(models.TextChoices):
        ALL = "all", _("all mentions together")
        MERCHANT = "merchant", _("each merchant")
        PRODUCT = "product", _("each product")
        STREAMER = "streamer", _("each streamer")

    measure = models.CharField(_("what is measured"), max_length=20, choices=Measure)
    scope = models.CharField(_("counted for"), max_length=20, choices=Scope, default=Scope.ALL)
    threshold = models.DecimalField(
        _("threshold"), max_digits=8, decimal_places=2, validators=[MinValueValidator(1)]
    )
    least = models.PositiveIntegerField(
        _("of at least so many mentions"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("A share of three mentions says nothing."),
    )
    times_usual = models.DecimalField(
        _("and so many times the usual"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Against the mean of the seven spans before; empty: the number alone decides."),
    )
    window_hours = models.PositiveSmallIntegerField(
        _("within (hours)"), default=24, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    level = models.CharField(
        pgettext_lazy("opinion", "level"), max_length=20, choices=Level, default=Level.NOTICE
    )
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True, help_text=_("Inclusive."))
    source = models.CharField(_("source"), max_length=200)

    objects = AlertRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for alerts")
        verbose_name_plural = _("rules for alerts")
        ordering = ["measure", "scope", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "scope", "level", "valid_from"],
                name="alert_rule_once",
                violation_error_message=_("There is such a rule from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="alert_rule_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(measure="negative_share") | Q(threshold__lte=100),
                name="alert_rule_share",
                violation_error_message=_("A share is at most 100 percent."),
            ),
        ]

    def __str__(self):
        return f"{self.get_measure_display()} · {self.get_scope_display()} · {self.get_level_display()}"


class OpinionAlert(About):
    """A threshold that was reached: by which rule, about whom, with which figures; then a case, or none."""

    class State(models.TextChoices):
        RAISED = "raised", pgettext_lazy("alert", "raised")
        TAKEN = "taken", pgettext_lazy("alert", "made a case")
        DISMISSED = "dismissed", pgettext_lazy("alert", "dismissed")

    MOVES = Moves(
        take=([State.RAISED], State.TAKEN),
        dismiss=([State.RAISED], State.DISMISSED),
    )

    rule = models.ForeignKey(
        AlertRule, on_delete=models.PROTECT, related_name="alerts", verbose_name=_("rule for alerts")
    )
    # Of each thing a rule has one open alert: told apart by this word, since keys that are empty never clash.
    about = models.CharField(_("about"), max_length=40)
    level = models.CharField(pgettext_lazy("opinion", "level"), max_length=20, choices=Level)
    since = models.DateTimeField(_("mentions from"))
    raised_at = models.DateTimeField(_("raised at"))
    mentions = models.PositiveIntegerField(pgettext_lazy("alert", "mentions"))
    negative = models.PositiveIntegerField(_("negative mentions"))
    alarming = models.PositiveIntegerField(_("mentions with alarming words"))
    usual = models.DecimalField(_("usual number"), max_digits=9, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RAISED, editable=False)
    decided_by = ActorField(_("dealt with by"))
    decided_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason of the decision"), max_length=2_000, blank=True, editable=False)
    case = models.ForeignKey(
        "aftersales.OpinionCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="alerts",
        verbose_name=_("case"),
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion alert")
        verbose_name_plural = _("opinion alerts")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("take_opinionalert", _("Can make a case of an opinion alert")),
            ("dismiss_opinionalert", _("Can dismiss an opinion alert")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "about"],
                condition=Q(state="raised"),
                name="one_open_alert_of_a_rule",
                violation_error_message=_("This rule has raised an alert about it already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(case__isnull=False),
                name="taken_alert_has_a_case",
                violation_error_message=_("An alert that was taken up belongs to a case."),
            ),
        ]

    def __str__(self):
        return f"{self.rule} · {self.subject or _('the agency')}"

    @property
    def share(self):
        """The share of negative mentions, in percent."""
        return round(100 * self.negative / self.mentions) if self.mentions else 0
