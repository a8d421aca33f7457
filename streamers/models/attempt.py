"""Exams, each time that somebody sits one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.moves import Moves
from mcn.kit.privacy import ConcealedJSONField
from streamers.models.course import Course, Material
from streamers.models.trainee import TraineeRecord


class Attempt(TraineeRecord):
    """One exam of one person: the questions as drawn, the answers as given, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("being sat")
        SUBMITTED = "submitted", _("handed in")

    MOVES = Moves(submit=([State.OPEN], State.SUBMITTED))

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("course")
    )
    material = models.ForeignKey(
        Material,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of the material"),
    )
    number = models.PositiveSmallIntegerField(_("number of the try"))
    # The questions as they stood when the exam began: later versions of the bank change nothing here.
    questions = ConcealedJSONField(_("questions"))
    # The chosen answers' places by the question's place: {"0": [1, 3]}.
    answers = models.JSONField(_("answers given"), default=dict, blank=True)
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=2)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    started_at = models.DateTimeField(_("started at"))
    due_at = models.DateTimeField(_("to be handed in by"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [("submit_attempt", _("Can hand in an exam"))]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "course", "number"],
                name="attempt_number_once",
                violation_error_message=_("This attempt is there already."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "course"],
                condition=Q(state="open"),
                name="one_exam_at_a_time",
                violation_error_message=_("This person is sitting this exam already."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", score=None, passed=None)
                | Q(state="submitted", score__isnull=False, passed__isnull=False, submitted_at__isnull=False),
                name="a_submitted_exam_is_scored",
                violation_error_message=_("An exam that was handed in has a score."),
            ),
        ]

    def __str__(self):
        return f"{self.course} · {self.trainee} · {self.number}"

    def is_late(self, at):
        """Whether the time is over."""
        return self.due_at is not None and at > self.due_at
