"""The training log."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.clock import add_months
from mcn.kit.fields import ActorField
from streamers.models.attempt import Attempt
from streamers.models.course import Course, Material
from streamers.models.session import TrainingSession
from streamers.models.trainee import TraineeRecord


class TrainingRecord(TraineeRecord):
    """One line of the log: who was trained in what, when, with what result; a correction supersedes it."""

    class Result(models.TextChoices):
        PASSED = "passed", pgettext_lazy("training", "passed")
        ATTENDED = "attended", _("attended, exam to come")
        FAILED = "failed", pgettext_lazy("training", "not passed")

    class Source(models.TextChoices):
        SESSION = "session", _("training session")
        EXAM = "exam", _("exam")
        ENTERED = "entered", _("entered by hand")
        SHEET = "sheet", _("spreadsheet")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="records", verbose_name=_("course")
    )
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("training session"),
    )
    material = models.ForeignKey(
        Material,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of the material"),
    )
    attempt = models.ForeignKey(
        Attempt,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("exam"),
    )
    trained_on = models.DateField(_("trained on"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)])
    score = models.DecimalField(
        _("score"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    result = models.CharField(_("result"), max_length=20, choices=Result, default=Result.PASSED)
    passed_on = models.DateField(_("passed on"), null=True, blank=True)
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty: good for as long as the course.")
    )
    document = DocumentField(_("evidence"))
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.ENTERED)
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = ActorField(_("entered by"))
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_by",
        verbose_name=_("corrects"),
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("training record")
        verbose_name_plural = _("training log")
        ordering = ["-trained_on", "-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("correct_trainingrecord", _("Can correct a training record by a new one"))]
        indexes = [
            models.Index(fields=["valid_to"], name="training_expiry"),
            models.Index(fields=["trained_on"], name="training_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "session"],
                condition=Q(superseded_at=None, session__isnull=False),
                name="one_record_of_a_session",
                violation_error_message=_("This session is in the person's log already."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "course", "trained_on"],
                condition=Q(superseded_at=None, session=None),
                name="one_record_of_a_day",
                violation_error_message=_("This course is in the person's log already on that day."),
            ),
            models.CheckConstraint(
                condition=Q(result="passed", passed_on__isnull=False)
                | Q(~Q(result="passed"), passed_on=None, valid_to=None),
                name="passed_says_when",
                violation_error_message=_("Only what was passed is good until a day, and says when."),
            ),
        ]

    def __str__(self):
        return f"{self.course} {self.trained_on:%Y-%m-%d}"

    @property
    def certificate_number(self):
        """The number on the certificate."""
        return f"PX{self.trained_on:%Y%m%d}-{self.pk:06d}"

    @property
    def is_evidenced(self):
        """Whether something proves it: a file, a list of who came, or an exam."""
        return bool(self.document_id or self.session_id or self.attempt_id)

    def covers(self, on):
        """Whether it counts as passed on a day."""
        if self.superseded_at is not None or self.result != self.Result.PASSED or self.passed_on > on:
            return False
        return self.valid_to is None or on <= self.valid_to


def good_until(course, passed_on):
    """The last day on which what was passed on a day is good, or None where it does not run out."""
    if course.validity_months is None:
        return None
    return add_months(passed_on, course.validity_months) - datetime.timedelta(days=1)
