"""What counts as a violation: the standards' own codes, and how heavily each weighs from a day on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet


class Severity(models.TextChoices):
    """How bad a violation is."""

    MINOR = "minor", _("minor")
    ORDINARY = "ordinary", _("ordinary")
    SERIOUS = "serious", _("serious")
    GRAVE = "grave", _("grave")


class ViolationAction(models.TextChoices):
    """What is done about a violation at once."""

    REMIND = "remind", _("remind")
    CORRECT = "correct", _("correct on air")
    TAKE_DOWN = "take_down", _("take the goods down")
    STOP = "stop", _("stop the show")
    SUSPEND = "suspend", _("suspend the streamer")
    END = "end", _("end the cooperation")


class ViolationCode(Record):
    """A kind of violation by the clause that forbids it."""

    clause = models.CharField(_("clause"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    told = models.TextField(_("what is asked"), max_length=400)
    place = models.PositiveIntegerField(_("place in the list"), default=0)
    ended_on = models.DateField(
        _("not used from"), null=True, blank=True, help_text=_("From this day nothing new is reported by it.")
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("violation code")
        verbose_name_plural = _("violation codes")
        ordering = ["place", "id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return f"{self.clause} {self.name}"


class ViolationTariff(Record):
    """How severe a kind of violation is, its points and what is done, with effect from a day."""

    code = models.ForeignKey(
        ViolationCode, on_delete=models.PROTECT, related_name="tariffs", verbose_name=_("violation code")
    )
    valid_from = models.DateField(_("with effect from"))
    severity = models.CharField(_("severity"), max_length=20, choices=Severity)
    points = models.PositiveSmallIntegerField(_("points"))
    action = models.CharField(_("measure"), max_length=20, choices=ViolationAction)
    source = models.CharField(_("source"), max_length=200, help_text=_("The decision it comes from."))

    class Meta:
        verbose_name = _("tariff of a violation")
        verbose_name_plural = _("tariffs of violations")
        ordering = ["code", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="tariff_once_a_day",
                violation_error_message=_("The tariff of this code already changes on that day."),
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100),
                name="tariff_points",
                violation_error_message=_("A violation costs at most 100 points."),
            ),
        ]

    def __str__(self):
        return f"{self.code.clause} {self.valid_from:%Y-%m-%d}"


class ConductThreshold(Record):
    """What happens when a streamer's points reach a number, on the days for which it is in force."""

    class Kind(models.TextChoices):
        REMIND = "remind", _("talk to the streamer")
        HOLD = "hold", pgettext_lazy("measure", "put on hold")
        BLACKLIST = "blacklist", _("put on the blacklist")

    kind = models.CharField(_("measure"), max_length=20, choices=Kind)
    points = models.PositiveSmallIntegerField(_("from points"))
    automatic = models.BooleanField(
        _("at once"),
        default=False,
        help_text=_("Taken when the points are reached; otherwise suggested to staff, who decide."),
    )
    hold_days = models.PositiveSmallIntegerField(
        _("days of the hold"), null=True, blank=True, help_text=_("Empty until lifted.")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty for good.")
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("The decision it comes from."))

    class Meta:
        verbose_name = _("threshold of points")
        verbose_name_plural = _("thresholds of points")
        ordering = ["points", "id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="threshold_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="blacklist", automatic=True),
                name="nobody_is_blacklisted_by_a_number",
                violation_error_message=_("Blacklisting is a person's decision: it can only be suggested."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1),
                name="threshold_points",
                violation_error_message=_("A threshold begins at one point."),
            ),
        ]

    def __str__(self):
        return f"{self.points} {self.get_kind_display()}"

    def covers(self, on):
        """Whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
