"""What is taught: courses, and the versions of their material."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.streamer import Streamer


class CourseQuerySet(models.QuerySet):
    """Staff see all courses, streamers those that are held now."""

    held: ClassVar[dict[str, Any]] = {"ended_on": None}

    def visible_to(self, user):
        """The rows that this person may know of."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self.all()
        is_streamer = user.pk and Streamer.objects.filter(user=user.pk).exists()
        return self.filter(**self.held) if is_streamer else self.none()


class Course(Record):
    """Something that people are trained in: how long, how it is examined, and for how long it is good."""

    class Topic(models.TextChoices):
        LAW = "law", _("law and standards")
        ETHICS = "ethics", _("professional ethics")
        MARKETING = "marketing", _("marketing skills")
        QUALITY = "quality", _("knowledge of product quality")
        EMERGENCY = "emergency", _("emergencies and crises")
        SERVICE = "service", _("customer service induction")
        PLATFORM = "platform", _("platform rules")
        HOUSE = "house", _("the agency's own rules")
        SKILLS = "skills", _("communication, computer and writing")

    code = models.SlugField(_("course code"), max_length=20, unique=True)
    name = models.CharField(_("course name"), max_length=80)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    summary = models.TextField(_("what it teaches"), max_length=2000, blank=True)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0)],
        help_text=_("Class hours."),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("good for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: good for as long as the course is held."),
    )
    is_induction = models.BooleanField(
        _("induction"), default=False, help_text=_("Has to be passed before the first duty.")
    )
    self_study = models.BooleanField(
        _("by self-study"),
        default=False,
        help_text=_("The exam may be taken after reading the material alone, without a session."),
    )
    needs_exam = models.BooleanField(_("with an exam"), default=True)
    pass_mark = models.DecimalField(
        _("pass mark"),
        max_digits=5,
        decimal_places=2,
        default=80,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of 100."),
    )
    questions_drawn = models.PositiveSmallIntegerField(
        _("questions in an exam"), default=10, validators=[MinValueValidator(1)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes for the exam"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: without a limit."),
    )
    ended_on = models.DateField(_("no longer held from"), null=True, blank=True, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code"]
        default_permissions = ["add", "change", "view"]
        permissions = [("end_course", _("Can end a course"))]

    def __str__(self):
        return self.name

    def clean(self):
        self.name = self.name.strip()


class MaterialQuerySet(CourseQuerySet):
    """Staff see all versions, streamers the published ones."""

    held = {"state": "published"}


class Material(Record):
    """One version of what a course teaches; once published it is frozen, and a new one takes its place."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", pgettext_lazy("material", "published")
        RETIRED = "retired", pgettext_lazy("material", "retired")

    MOVES = Moves(
        publish=([State.DRAFT], State.PUBLISHED),
        retire=([State.PUBLISHED], State.RETIRED),
    )

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="materials", verbose_name=_("course")
    )
    number = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    changes = models.CharField(_("what is new"), max_length=200, blank=True)
    text = models.TextField(
        _("text"),
        max_length=50_000,
        blank=True,
        help_text=_("What people read on the phone before the exam."),
    )
    document = DocumentField(_("files"))
    # Of the text and the file as published, so that it can be shown that neither changed.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = ActorField(_("published by"))

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("training material")
        verbose_name_plural = _("training materials")
        ordering = ["course", "-number"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("publish_material", _("Can publish training material")),
            ("retire_material", _("Can retire training material")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"],
                name="material_version_once",
                violation_error_message=_("This version is there already."),
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state="published"),
                name="one_material_is_published",
                violation_error_message=_("Another version of this course's material is published."),
            ),
        ]

    def __str__(self):
        return f"{self.course} v{self.number}"
