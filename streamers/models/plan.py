"""Who has to be trained in what: plans by role and tier, with effect from a day."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.accounts.roles import ROLES
from mcn.kit.records import Record
from streamers.models.course import Course
from streamers.models.streamer import Streamer
from streamers.models.trainee import Trainee


class TrainingPlan(Record):
    """What a group of people owes: hours and sessions a year, and courses or topics to be passed."""

    code = models.SlugField(_("plan code"), max_length=20)
    name = models.CharField(_("plan name"), max_length=80)
    audience = models.CharField(_("people it is for"), max_length=20, choices=Trainee.Kind)
    engagement = models.CharField(
        _("engagement"),
        max_length=20,
        choices=Streamer.Engagement,
        blank=True,
        help_text=_("Of streamers; empty for all."),
    )
    tier = models.CharField(_("tier"), max_length=20, blank=True, help_text=_("Of streamers; empty for all."))
    role = models.CharField(
        _("role"),
        max_length=40,
        blank=True,
        choices=[(role.name, role.label) for role in ROLES if role.staff],
        help_text=_("Of staff; empty for all."),
    )
    hours_a_year = models.DecimalField(
        _("hours a year"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    sessions_a_year = models.PositiveSmallIntegerField(_("sessions a year"), default=0)
    budget_a_year = models.DecimalField(
        _("budget a year"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In yuan: for teachers, rooms, materials and exams."),
    )
    valid_from = models.DateField(_("with effect from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty until it is ended.")
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("The clause, law or decision it comes from.")
    )

    class Meta:
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")
        ordering = ["code", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        permissions = [("end_trainingplan", _("Can end a training plan"))]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="plan_once_a_day",
                violation_error_message=_("This plan already changes on that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="plan_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(audience="streamer", role="")
                | Q(audience="staff", engagement="", tier="")
                | Q(audience="service", engagement="", tier="", role=""),
                name="plan_narrows_its_own_audience",
                violation_error_message=_(
                    "Engagement and tier are of streamers, a role is of staff: leave the others empty."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def in_force(self, on):
        """Whether it counts on a day; of several of one code the latest does."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class PlanItem(Record):
    """One thing that a plan asks for: a course, or any course of a topic, within some days of the start."""

    plan = models.ForeignKey(
        TrainingPlan, on_delete=models.PROTECT, related_name="items", verbose_name=_("training plan")
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Course.Topic, blank=True)
    within_days = models.PositiveSmallIntegerField(
        _("within (days)"),
        default=0,
        help_text=_("Counted from the person's start; 0: before the first duty."),
    )
    ended_on = models.DateField(_("no longer asked from"), null=True, blank=True)

    class Meta:
        verbose_name = _("what a plan asks for")
        verbose_name_plural = _("what plans ask for")
        ordering = ["plan", "within_days", "id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=False, topic="") | Q(Q(course=None), ~Q(topic="")),
                name="plan_item_is_one_thing",
                violation_error_message=_("Choose either a course or a topic."),
            ),
            models.UniqueConstraint(
                fields=["plan", "course", "topic"],
                condition=Q(ended_on=None),
                name="plan_asks_once",
                violation_error_message=_("The plan asks for this already."),
            ),
        ]

    def __str__(self):
        return str(self.course) if self.course_id else self.get_topic_display()

    def takes(self, record):
        """Whether a line of the log is about what it asks for; the record's course is loaded."""
        return record.course_id == self.course_id if self.course_id else record.course.topic == self.topic
