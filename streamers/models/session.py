"""When a course is held, and who came."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.clock import SHANGHAI
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.course import Course, Material
from streamers.models.trainee import TraineeRecord, own


class SessionQuerySet(models.QuerySet):
    """Staff see all sessions, others those on whose list they are."""

    def visible_to(self, user):
        """The rows that this person may know of."""
        if user.has_perm("streamers.view_trainingsession"):
            return self.all()
        mine = Attendance.objects.filter(own(user, "trainee__")) if user.pk else Attendance.objects.none()
        return self.filter(pk__in=mine.values("session"))


class TrainingSession(Record):
    """A course held once: planned, then closed into the log or called off."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("session", "planned")
        CLOSED = "closed", pgettext_lazy("session", "closed")
        CANCELLED = "cancelled", pgettext_lazy("session", "called off")

    MOVES = Moves(
        close=([State.PLANNED], State.CLOSED),
        cancel=([State.PLANNED], State.CANCELLED),
    )

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("course")
    )
    material = models.ForeignKey(
        Material,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="sessions",
        verbose_name=_("version of the material"),
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place or link"), max_length=200)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
        limit_choices_to={"is_staff": True},
        verbose_name=pgettext_lazy("session", "trainer"),
    )
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty: the course's."),
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    document = DocumentField(_("evidence"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["-starts_at", "-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("enrol_trainingsession", _("Can put people on the list of a training session")),
            ("mark_trainingsession", _("Can enter who came to a training session")),
            ("close_trainingsession", _("Can close a training session into the log")),
            ("cancel_trainingsession", _("Can call off a training session")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_span",
                violation_error_message=_("A session ends after it starts."),
            )
        ]

    def __str__(self):
        return f"{self.course} {self.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"

    def clean(self):
        if self.hours is None and self.course_id:
            self.hours = self.course.hours
        if self.state == self.State.PLANNED and self.course_id and self.course.ended_on is not None:
            raise ValidationError({"course": _("This course is no longer held.")})


class Attendance(TraineeRecord):
    """One person on a session's list: whether they came, and how that is known."""

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("on the list")
        PRESENT = "present", pgettext_lazy("attendance", "present")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    class Way(models.TextChoices):
        CODE = "code", _("checked in by code")
        TRAINER = "trainer", _("entered by the trainer")

    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("training session"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ENROLLED, editable=False)
    way = models.CharField(_("how it is known"), max_length=20, choices=Way, blank=True, editable=False)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True, editable=False)
    noted_by = ActorField(_("noted by"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainee"],
                name="on_the_list_once",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="present") | Q(came_at__isnull=False),
                name="present_since_when",
                violation_error_message=_("Say when the person came."),
            ),
        ]

    def __str__(self):
        return f"{self.trainee} · {self.session}"
