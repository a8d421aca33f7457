"""What is done to make a service better: actions with an effect that is verified, pilots, good practice."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.nonconformity import Nonconformity
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet
from merchants.models import Merchant


class ImprovementAction(Record):
    """One thing that somebody does by a day, what it is to bring about, and whether it did."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", pgettext_lazy("action", "put right at once")
        CORRECTIVE = "corrective", pgettext_lazy("action", "takes the cause away")
        PREVENTIVE = "preventive", pgettext_lazy("action", "prevents it elsewhere")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("action", "to be done")
        DONE = "done", pgettext_lazy("action", "done, effect to be verified")
        VERIFIED = "verified", pgettext_lazy("action", "effect verified")
        FAILED = "failed", pgettext_lazy("action", "without effect")
        DROPPED = "dropped", pgettext_lazy("action", "dropped")

    MOVES = Moves(
        finish=([State.PLANNED], State.DONE),
        verify=([State.DONE], State.VERIFIED),
        fail=([State.DONE], State.FAILED),
        drop=([State.PLANNED], State.DROPPED),
    )

    nonconformity = models.ForeignKey(
        Nonconformity, on_delete=models.PROTECT, related_name="actions", verbose_name=_("nonconformity")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CORRECTIVE)
    what = models.CharField(_("what is done"), max_length=200)
    how = models.TextField(_("how"), max_length=2_000, blank=True)
    goal = models.CharField(
        _("expected effect"), max_length=200, help_text=_("With the figure that will show it.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merchant that takes part"),
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED, editable=False)
    result = models.TextField(_("what was done"), max_length=2_000, blank=True, editable=False)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = ActorField(_("done by"))
    effect = models.TextField(_("effect"), max_length=2_000, blank=True, editable=False)
    verified_at = models.DateTimeField(_("effect looked at on"), null=True, blank=True, editable=False)
    verified_by = ActorField(_("effect looked at by"))
    document = DocumentField(_("file"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement action")
        verbose_name_plural = _("improvement actions")
        ordering = ["due_on", "id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("finish_improvementaction", _("Can report an improvement action as done")),
            ("verify_improvementaction", _("Can verify the effect of an improvement action")),
            ("fail_improvementaction", _("Can find an improvement action without effect")),
            ("drop_improvementaction", _("Can drop an improvement action")),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="improvement_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "failed"]) | ~Q(effect=""),
                name="verified_action_tells_its_effect",
                violation_error_message=_("Say what effect was found."),
            )
        ]

    def __str__(self):
        return f"{self.nonconformity.code} · {self.what}"


class Pilot(Record):
    """A new way of serving, tried on a small scale before it becomes the rule."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("pilot", "planned")
        RUNNING = "running", pgettext_lazy("pilot", "running")
        ADOPTED = "adopted", pgettext_lazy("pilot", "adopted")
        ENDED = "ended", pgettext_lazy("pilot", "ended, not adopted")

    MOVES = Moves(
        start=([State.PLANNED], State.RUNNING),
        adopt=([State.RUNNING], State.ADOPTED),
        end=([State.PLANNED, State.RUNNING], State.ENDED),
    )

    title = models.CharField(_("title"), max_length=120)
    pain = models.TextField(_("what troubles consumers"), max_length=2_000)
    idea = models.TextField(_("what is tried"), max_length=2_000)
    scope = models.CharField(_("where it is tried"), max_length=200)
    goal = models.CharField(_("success is"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    starts_on = models.DateField(pgettext_lazy("pilot", "from"))
    ends_on = models.DateField(pgettext_lazy("pilot", "until"), help_text=_("Inclusive."))
    result = models.TextField(_("what came of it"), max_length=2_000, blank=True, editable=False)
    decided_at = models.DateTimeField(
        pgettext_lazy("pilot", "decided at"), null=True, blank=True, editable=False
    )
    decided_by = ActorField(pgettext_lazy("pilot", "decided by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("improvement", "pilot")
        verbose_name_plural = pgettext_lazy("improvement", "pilots")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("start_pilot", _("Can start a pilot")),
            ("adopt_pilot", _("Can adopt what a pilot tried")),
            ("end_pilot", _("Can end a pilot")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="pilot_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "ended"]) | ~Q(result=""),
                name="decided_pilot_tells_its_result",
                violation_error_message=_("Say what came of the pilot."),
            ),
        ]

    def __str__(self):
        return self.title


class GoodPracticeQuerySet(VisibleQuerySet):
    """Good practice is there to be shared: whoever signs in reads what is published."""

    def visible_to(self, user):
        """All for staff who may view them, the published ones for everybody else."""
        if user.is_staff:
            return super().visible_to(user)
        return self.filter(state="published") if user.is_authenticated else self.none()


class GoodPractice(Record):
    """Something that works, told so that others can do the same."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("good practice", "draft")
        PUBLISHED = "published", pgettext_lazy("good practice", "published")
        RETIRED = "retired", pgettext_lazy("good practice", "out of use")

    MOVES = Moves(
        publish=([State.DRAFT], State.PUBLISHED),
        retire=([State.PUBLISHED], State.RETIRED),
    )

    title = models.CharField(_("title"), max_length=120)
    situation = models.TextField(_("when to do it"), max_length=2_000)
    text = models.TextField(_("how to do it"), max_length=5_000)
    proof = models.TextField(_("what shows that it works"), max_length=2_000)
    action = models.ForeignKey(
        ImprovementAction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("improvement action"),
    )
    pilot = models.ForeignKey(
        Pilot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=pgettext_lazy("improvement", "pilot"),
    )
    written_by = ActorField(_("written by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = ActorField(_("published by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("publish_goodpractice", _("Can publish a good practice")),
            ("retire_goodpractice", _("Can take a good practice out of use")),
        ]

    def __str__(self):
        return self.title
