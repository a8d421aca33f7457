"""The deadlines that run: for which matter, until when, what stopped them meanwhile and who was told."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.deadline_rule import DeadlineRule, Rung
from mcn.kit.clock import to_the_second
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet


class ClockQuerySet(OwnedQuerySet):
    """Clocks: staff see all, a merchant's people its own, and those that were brought before them."""

    def visible_to(self, user):
        """What the agency still has to do about a matter is no business of a merchant's people."""
        seen = super().visible_to(user)
        return seen if user.has_perm("aftersales.view_clock") else seen.brought_before_merchants()

    def brought_before_merchants(self):
        """Those that merchants have to meet, and those of which a ladder told their people."""
        told = ClockStep.objects.filter(
            clock=OuterRef("pk"), tells__in=[Rung.Tells.MERCHANT, Rung.Tells.OWNER]
        )
        return self.filter(Q(kind__in=DeadlineRule.OF_MERCHANTS) | Exists(told))

    def of(self, subject, kind=None):
        """Those of one matter, of one kind or of all."""
        found = self.filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        ).order_by("id")
        return found.filter(kind=kind) if kind else found

    def open(self):
        """Those that have not been stopped for good."""
        return self.filter(state__in=Clock.OPEN)

    def late(self, at):
        """The running ones past their deadline at a moment."""
        return self.filter(state=Clock.State.RUNNING, due_at__lt=at)


class Basis(models.CharField):
    """What a deadline was worked out from, as a digest; the trail tells the deadline itself."""

    audited = False


class Clock(Record):
    """One deadline of one matter, from the moment it began to run until it was met or missed."""

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("clock", "running")
        PAUSED = "paused", pgettext_lazy("clock", "paused")
        MET = "met", pgettext_lazy("clock", "in time")
        MISSED = "missed", pgettext_lazy("clock", "too late")

    OPEN = [State.RUNNING, State.PAUSED]
    VERB_LABELS: ClassVar[dict] = {"assign": _("given to somebody")}

    # A step of the ladder writes every index anew. So a key that begins one of those below has none of its
    # own, nor has the rule, by which clocks are looked up only when a rule is removed.
    content_type = models.ForeignKey(
        ContentType,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("kind of matter"),
    )
    object_id = models.PositiveBigIntegerField(_("number of the matter"))
    subject = GenericForeignKey()
    label = models.CharField(pgettext_lazy("clock", "matter"), max_length=120)
    kind = models.CharField(pgettext_lazy("clock", "step"), max_length=40, choices=DeadlineRule.Kind)
    rule = models.ForeignKey(
        DeadlineRule,
        on_delete=models.PROTECT,
        related_name="clocks",
        db_index=False,
        verbose_name=_("deadline rule"),
    )
    facts = models.JSONField(_("what chose the rule"), default=dict, blank=True)
    promised_hours = models.PositiveSmallIntegerField(
        _("hours promised instead"),
        null=True,
        blank=True,
        help_text=_("What the service plan or the merchant promised, in place of the rule's time."),
    )
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clocks",
        db_index=False,
        verbose_name=_("merchant"),
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("after-sales agent"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RUNNING, editable=False)
    started_at = models.DateTimeField(pgettext_lazy("clock", "began at"), editable=False)
    # Empty while nobody can know it: the calendar of a year may not be published yet.
    due_at = models.DateTimeField(pgettext_lazy("clock", "due at"), null=True, blank=True, editable=False)
    warn_at = models.DateTimeField(_("first warning"), null=True, blank=True, editable=False)
    # The moments of the ladder as [seconds since 1970, level, whom it tells, hours from the deadline]: the
    # sweep takes the next one out of here, in SQL.
    plan = models.JSONField(_("moments of the ladder"), default=list, blank=True, editable=False)
    climbed = models.PositiveSmallIntegerField(_("steps taken"), default=0, editable=False)
    next_at = models.DateTimeField(
        pgettext_lazy("ladder", "next step"), null=True, blank=True, editable=False
    )
    level = models.PositiveSmallIntegerField(pgettext_lazy("ladder", "level"), default=0, editable=False)
    stopped_at = models.DateTimeField(
        pgettext_lazy("clock", "stopped at"), null=True, blank=True, editable=False
    )
    basis = Basis(_("worked out from"), max_length=40, blank=True, editable=False)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("clock", "deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("pause_clock", _("Can pause a deadline")),
            ("resume_clock", _("Can let a paused deadline run on")),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="running"), name="clock_next"),
            models.Index(
                fields=["kind", "basis"],
                condition=Q(state__in=["running", "paused"]),
                name="clock_basis",
            ),
            models.Index(fields=["content_type", "object_id"], name="clock_of_matter"),
            models.Index(fields=["-state", "due_at", "id"], name="clock_board"),
            models.Index(fields=["merchant", "state", "due_at"], name="clock_of_merchant"),
            models.Index(
                fields=["agent", "state", "due_at"],
                condition=Q(agent__isnull=False),
                name="clock_of_agent",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind"],
                condition=Q(state__in=["running", "paused"]),
                name="one_open_clock_of_a_kind",
                violation_error_message=_("This deadline of the matter runs already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused"], stopped_at=None)
                | Q(state__in=["met", "missed"], stopped_at__isnull=False),
                name="stopped_clock_says_when",
                violation_error_message=_("A deadline that was met or missed says when it was stopped."),
            ),
            models.CheckConstraint(
                condition=Q(state="running") | Q(next_at=None),
                name="only_running_clocks_climb",
                violation_error_message=_("Only a running deadline has a next step."),
            ),
        ]

    def __str__(self):
        return f"{self.label} · {self.get_kind_display()}"

    @property
    def is_of_merchant(self):
        """Whether the merchant has to act, and not the agency."""
        return self.kind in DeadlineRule.OF_MERCHANTS

    @property
    def is_open(self):
        """Whether it may still be met."""
        return self.state in self.OPEN


class OfClockQuerySet(models.QuerySet):
    """What hangs on clocks: seen by whom the clock is."""

    def visible_to(self, user):
        """Those of the clocks that this person may know of."""
        if user.has_perm(f"aftersales.view_{self.model._meta.model_name}"):
            return self
        return self.filter(clock__in=Clock.objects.visible_to(user))


class Pause(Record):
    """A time in which a clock did not run, and why."""

    clock = models.ForeignKey(
        Clock,
        on_delete=models.PROTECT,
        related_name="pauses",
        verbose_name=pgettext_lazy("clock", "deadline"),
    )
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    began_by = ActorField(_("paused by"))
    ended_by = ActorField(_("let run on by"))

    objects = OfClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of a deadline")
        verbose_name_plural = _("pauses of deadlines")
        ordering = ["clock", "began_at"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(ended_at=None),
                name="one_open_pause",
                violation_error_message=_("The deadline is paused already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="pause_span",
                violation_error_message=_("A pause cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{to_the_second(self.began_at)} · {self.reason}"


class ClockStep(Record):
    """One step of a ladder that was taken: of which deadline, when planned and taken, whom it told."""

    audited = False  # the entry of its clock says the same

    clock = models.ForeignKey(
        Clock,
        on_delete=models.PROTECT,
        related_name="steps",
        db_index=False,
        verbose_name=pgettext_lazy("clock", "deadline"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    level = models.PositiveSmallIntegerField(pgettext_lazy("ladder", "level"))
    tells = models.CharField(pgettext_lazy("ladder", "tells"), max_length=20, choices=Rung.Tells)
    planned_at = models.DateTimeField(_("planned for"))
    taken_at = models.DateTimeField(_("taken at"))
    due_at = models.DateTimeField(_("deadline then"))
    told = models.PositiveIntegerField(_("people told"), default=0)

    objects = OfClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = pgettext_lazy("ladder", "log of the steps taken")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["clock", "id"], name="steps_of_a_clock")]

    def __str__(self):
        return f"{self.clock} · {self.number}"
