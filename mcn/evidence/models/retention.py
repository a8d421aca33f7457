"""How long records are kept: the rules of each class, dated, and what the nightly run removed."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.clock import add_months
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet

# What the clauses themselves ask for: a rule that names one of them may be longer and never shorter. Only a
# standard that the agency may choose can be left out.
LEAST_DAYS = {"DB4401 5.1.5.3": 60, "DB4401 5.6.3.12": 60}
LEAST_MONTHS = {
    "DB4401 5.1.2.3": 36,
    "DB4401 5.1.5.3": 36,
    "DB4401 5.6.3.12": 36,
    "LSEC 27": 36,
    "LSEC 31": 36,
    "LSEC 45": 36,
    "LSMS 7.2.9": 36,
}
CHOSEN = ["LSMS 7.2.9"]


class RetentionClass(models.TextChoices):
    """What is kept under rules of its own."""

    SHOW_CONTENT = "show_content", _("content of shows")
    TRADE = "trade", _("goods, services and trades shown")
    VERIFICATION = "verification", _("verification and review of wording")
    CORRECTION = "correction", _("corrections on air")
    ADVERTISING = "advertising", _("advertising records")
    IMPORT_FILES = "import_files", _("files of imports")


class RetentionRule(Record):
    """How long a clause has a class of records kept, from a day on; the longest adopted rule counts."""

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        MONTHS = "months", _("months")

    retention_class = models.CharField(_("class of records"), max_length=20, choices=RetentionClass)
    clause = models.CharField(_("clause"), max_length=40)
    length = models.PositiveSmallIntegerField(_("kept for"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, default=Unit.MONTHS)
    adopted = models.BooleanField(
        _("adopted"), default=True, help_text=_("Whether the agency goes by this rule from that day.")
    )
    valid_from = models.DateField(_("with effect from"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["retention_class", "clause", "-valid_from"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["retention_class", "clause", "valid_from"],
                name="retention_rule_once_a_day",
                violation_error_message=_("This rule already changes on that day."),
            )
        ]

    def __str__(self):
        return (
            f"{self.get_retention_class_display()} · {self.clause} · {self.length} {self.get_unit_display()}"
        )

    def clean(self):
        """A rule is never shorter than the clause it names, and binding clauses stay adopted."""
        content = self.retention_class == RetentionClass.SHOW_CONTENT and self.clause in LEAST_DAYS
        least = (LEAST_DAYS if content else LEAST_MONTHS).get(self.clause)
        if least is None or not self.length:
            return
        unit = self.Unit.DAYS if content else self.Unit.MONTHS
        if self.unit != unit or self.length < least:
            said = _("%(clause)s itself asks for at least %(least)s %(unit)s.")
            raise ValidationError(
                {"length": said % {"clause": self.clause, "least": least, "unit": unit.label}}
            )
        if not self.adopted and self.clause not in CHOSEN:
            raise ValidationError({"adopted": _("This clause binds: it cannot be left out.")})

    def last_day(self, start):
        """The last day on which a record is kept whose term runs from a day.

        "Not less than sixty days" are full days: the sixtieth day after the first is still kept.
        """
        if self.unit == self.Unit.DAYS:
            return start + datetime.timedelta(days=self.length)
        return add_months(start, self.length)


class RetentionRun(Record):
    """One run of the nightly removal: what it saw, kept and removed, by kind, and each row that went."""

    on = models.DateField(_("day"))
    ran_at = models.DateTimeField(_("ran at"))
    ran_by = ActorField(_("run by"))
    seen = models.PositiveIntegerField(_("records seen"))
    held = models.PositiveIntegerField(_("under legal hold"))
    removed = models.PositiveIntegerField(_("removed"))
    failed = models.PositiveIntegerField(_("not removed, for an error"), default=0)
    report = models.JSONField(_("report"), default=dict)

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering = ["-id"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.on:%Y-%m-%d}"
