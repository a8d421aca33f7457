"""The figures that tiers are made from, and what each month's assessment made of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from mcn.agency.models import Platform
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer
from streamers.models.tier import Component, TierRuleSet


class StreamerFigures(Record):
    """A streamer's followers, sales and content orientation on a platform, as of a day."""

    class Source(models.TextChoices):
        ENTERED = "entered", _("entered by hand")
        SHEET = "sheet", _("from a spreadsheet")
        API = "api", _("from another system")

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="figures", verbose_name=_("streamer")
    )
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="+", verbose_name=_("platform")
    )
    day = models.DateField(_("as of"))
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    sales = models.DecimalField(
        _("sales of 30 days (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    orientation = models.PositiveSmallIntegerField(
        _("content orientation"),
        null=True,
        blank=True,
        help_text=_("0 to 100, as the platform or the reviewer scores the contents."),
    )
    source = models.CharField(
        _("source"), max_length=20, choices=Source, default=Source.ENTERED, editable=False
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer's figures")
        verbose_name_plural = _("streamers' figures")
        ordering = ["-day", "-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "platform", "day"],
                name="figures_once_a_day",
                violation_error_message=_("There are figures of this streamer, platform and day already."),
            ),
            models.CheckConstraint(
                condition=Q(sales=None) | Q(sales__gte=0),
                name="figures_sales",
                violation_error_message=_("Sales cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(orientation=None) | Q(orientation__lte=100),
                name="figures_orientation",
                violation_error_message=_("Content orientation is a number from 0 to 100."),
            ),
        ]

    def __str__(self):
        return f"{self.streamer.code} · {self.platform} · {self.day:%Y-%m-%d}"


class AssessmentQuerySet(OwnedQuerySet):
    """Assessments: the streamer learns of theirs when they are decided."""

    def visible_to(self, user):
        """All for staff who may view them; a streamer's own once decided."""
        rows = super().visible_to(user)
        return rows if rows is self else rows.filter(state__in=TierAssessment.DECIDED)


class TierAssessment(Record):
    """A streamer's tier for a month: what went in, what it gave, who proposed and who decided, and why."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("assessment", "proposed")
        APPROVED = "approved", _("approved")
        ADJUSTED = "adjusted", pgettext_lazy("assessment", "adjusted")

    MOVES = Moves(
        approve=([State.PROPOSED], State.APPROVED),
        adjust=([State.PROPOSED, State.APPROVED], State.ADJUSTED),
        reassess=([State.PROPOSED], State.PROPOSED),
    )
    DECIDED = [State.APPROVED, State.ADJUSTED]

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("streamer")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    rule_set = models.ForeignKey(
        TierRuleSet, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("rule set")
    )
    # One line for each component: {"component", "input", "at_least", "weight", "points", "weighted"}.
    lines = models.JSONField(_("components"), default=list, editable=False)
    total = models.DecimalField(
        _("total"), max_digits=5, decimal_places=2, null=True, blank=True, editable=False
    )
    proposed = models.CharField(_("proposed tier"), max_length=4, blank=True, editable=False)
    grade = models.CharField(_("tier"), max_length=4, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
        help_text=_("Empty for the system itself."),
    )
    proposed_at = models.DateTimeField(_("proposed at"), editable=False)
    decided_by = ActorField(_("decided by"))
    effective_on = models.DateField(_("in force from"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason of the decision"), blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier assessment")
        verbose_name_plural = _("tier assessments")
        ordering = ["-month", "-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("approve_tierassessment", _("Can approve a proposed tier")),
            ("adjust_tierassessment", _("Can adjust a tier with a reason")),
            ("reassess_tierassessment", _("Can assess a proposed tier again")),
        ]
        indexes = [models.Index(fields=["state", "-month"], name="assessment_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "month"],
                name="assessment_once_a_month",
                violation_error_message=_("This streamer was assessed for this month already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="assessment_month",
                violation_error_message=_("A month is told by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(total=None, proposed="") | (Q(total__isnull=False) & ~Q(proposed="")),
                name="no_tier_without_a_total",
                violation_error_message=_("Without every figure nobody is rated."),
            ),
        ]

    def __str__(self):
        return f"{self.streamer.code} · {self.month:%Y-%m} · {self.grade_told}"

    @property
    def grade_told(self):
        """The tier as people read it: the decided one, or the one proposed."""
        return self.grade_in_question or pgettext("tier", "not rated")

    @property
    def grade_in_question(self):
        """The decided tier, or the one proposed; empty for not rated."""
        return self.grade if self.state in self.DECIDED else self.proposed

    @property
    def missing(self):
        """The components for which there is no figure."""
        return [Component(line["component"]).label for line in self.lines if line["input"] is None]
