"""What a streamer did wrong, from the report to the last word on an appeal, and what followed from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from streamers.models.hold import StreamerHold
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer
from streamers.models.violation_code import ConductThreshold, Severity, ViolationAction, ViolationCode


class ViolationQuerySet(OwnedQuerySet):
    """Violations: the streamer learns of theirs when somebody other than the reporter has confirmed them."""

    def visible_to(self, user):
        """All for staff who may view them; a streamer's own once confirmed."""
        rows = super().visible_to(user)
        return rows if rows is self else rows.exclude(state__in=["reported", "dismissed"])

    def counting(self, on):
        """Those whose points count on a day."""
        return self.filter(state__in=Violation.COUNTING, happened_on__lte=on, lapses_on__gt=on)


class Violation(Record):
    """One breach of a clause by a streamer; its facts are frozen when it is confirmed or dismissed."""

    class State(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("violation", "reported")
        CONFIRMED = "confirmed", pgettext_lazy("violation", "confirmed")
        DISMISSED = "dismissed", pgettext_lazy("violation", "dismissed")
        APPEALED = "appealed", _("appealed")
        UPHELD = "upheld", pgettext_lazy("violation", "upheld")
        OVERTURNED = "overturned", pgettext_lazy("violation", "overturned")

    MOVES = Moves(
        confirm=([State.REPORTED], State.CONFIRMED),
        dismiss=([State.REPORTED], State.DISMISSED),
        appeal=([State.CONFIRMED], State.APPEALED),
        uphold=([State.APPEALED], State.UPHELD),
        overturn=([State.APPEALED], State.OVERTURNED),
    )
    # An appeal alone takes no points away.
    COUNTING = [State.CONFIRMED, State.APPEALED, State.UPHELD]

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="violations", verbose_name=_("streamer")
    )
    code = models.ForeignKey(
        ViolationCode, on_delete=models.PROTECT, related_name="violations", verbose_name=_("violation code")
    )
    happened_at = models.DateTimeField(_("happened at"))
    happened_on = models.DateField(_("happened on"), editable=False)
    place = models.CharField(_("where"), max_length=120, blank=True, help_text=_("Platform, room and show."))
    recording_second = models.PositiveIntegerField(
        _("second of the recording"), null=True, blank=True, help_text=_("Counted from its beginning.")
    )
    description = models.TextField(
        _("what happened"), max_length=2000, help_text=_("What was said, shown or done, word for word.")
    )
    severity = models.CharField(_("severity"), max_length=20, choices=Severity)
    points = models.PositiveSmallIntegerField(_("points"))
    action = models.CharField(_("measure"), max_length=20, choices=ViolationAction)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REPORTED, editable=False)
    reported_by = ActorField(_("reported by"))
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True, editable=False)
    decided_by = ActorField(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    lapses_on = models.DateField(_("points lapse on"), null=True, blank=True, editable=False)
    appeal_until = models.DateField(_("appeal until"), null=True, blank=True, editable=False)
    appeal = models.TextField(_("appeal"), max_length=2000, blank=True, editable=False)
    appealed_at = models.DateTimeField(_("appealed at"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer to the appeal"), blank=True, editable=False)
    answered_by = ActorField(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    objects = ViolationQuerySet.as_manager()

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("confirm_violation", _("Can confirm a violation")),
            ("dismiss_violation", _("Can dismiss a reported violation")),
            ("appeal_violation", _("Can appeal against a violation")),
            ("uphold_violation", _("Can turn down an appeal against a violation")),
            ("overturn_violation", _("Can overturn a violation")),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="violation_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "code", "happened_at"],
                condition=~Q(state="dismissed"),
                name="violation_once",
                violation_error_message=_("This violation was reported already."),
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100),
                name="violation_points",
                violation_error_message=_("A violation costs at most 100 points."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "dismissed"])
                | Q(lapses_on__isnull=False, appeal_until__isnull=False, decided_at__isnull=False),
                name="confirmed_violation_says_until_when",
                violation_error_message=_("A confirmed violation says when its points lapse."),
            ),
        ]

    def __str__(self):
        return f"{self.streamer.code} · {self.code.clause} · {self.happened_on:%Y-%m-%d}"

    def clean(self):
        if self.happened_at:
            # A show is told by the second, on screens and in spreadsheets.
            self.happened_at = self.happened_at.replace(microsecond=0)
            self.happened_on = business_day(self.happened_at)

    def counts(self, on):
        """Whether its points count on a day: confirmed, happened, and not lapsed."""
        return (
            self.state in self.COUNTING
            and self.lapses_on is not None
            and self.happened_on <= on < self.lapses_on
        )


class Correction(Record):
    """A reminder with a day by which the streamer has to have put a violation right."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("correction", "to be corrected")
        CLOSED = "closed", pgettext_lazy("correction", "corrected")
        CANCELLED = "cancelled", pgettext_lazy("correction", "cancelled")

    MOVES = Moves(
        close=([State.OPEN], State.CLOSED),
        cancel=([State.OPEN], State.CANCELLED),
    )

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("streamer")
    )
    violation = models.OneToOneField(
        Violation, on_delete=models.PROTECT, related_name="correction", verbose_name=_("violation")
    )
    reminded_at = models.DateTimeField(_("reminded at"))
    reminder = models.TextField(_("reminder"), max_length=2000)
    due_on = models.DateField(_("to be corrected by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    closed_by = ActorField(_("closed by"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    result = models.TextField(_("how it was corrected"), blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("close_correction", _("Can accept a correction")),
            ("cancel_correction", _("Can cancel a correction")),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="correction_due")]

    def __str__(self):
        return f"{self.streamer.code} · {self.due_on:%Y-%m-%d}"


class ConductMeasure(Record):
    """What a threshold of points led to: taken at once, or suggested and then taken or set aside."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", pgettext_lazy("measure", "suggested")
        TAKEN = "taken", pgettext_lazy("measure", "taken")
        SET_ASIDE = "set_aside", pgettext_lazy("measure", "set aside")

    MOVES = Moves(
        take=([State.SUGGESTED], State.TAKEN),
        set_aside=([State.SUGGESTED], State.SET_ASIDE),
    )

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="measures", verbose_name=_("streamer")
    )
    threshold = models.ForeignKey(
        ConductThreshold, on_delete=models.PROTECT, related_name="measures", verbose_name=_("threshold")
    )
    kind = models.CharField(_("measure"), max_length=20, choices=ConductThreshold.Kind)
    violation = models.ForeignKey(
        Violation, on_delete=models.PROTECT, related_name="measures", verbose_name=_("last violation")
    )
    points = models.PositiveIntegerField(_("points then"))
    made_at = models.DateTimeField(_("reached at"))
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.SUGGESTED, editable=False
    )
    hold = models.ForeignKey(
        StreamerHold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="measures",
        verbose_name=_("hold"),
    )
    decided_by = ActorField(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason of the decision"), blank=True, editable=False)

    class Meta:
        verbose_name = _("measure by points")
        verbose_name_plural = _("measures by points")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("take_conductmeasure", _("Can take a suggested measure")),
            ("set_aside_conductmeasure", _("Can set a suggested measure aside")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["violation", "kind"],
                name="measure_once_a_violation",
                violation_error_message=_("This violation led to this measure already."),
            )
        ]

    def __str__(self):
        return f"{self.streamer.code} · {self.get_kind_display()} · {self.points}"
