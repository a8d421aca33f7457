"""What did not go as it should, why, and what is done so that it does not come again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from aftersales.models.opinion_case import OpinionCase
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet

MOST_WHYS = 7


class Nonconformity(About):
    """One shortfall of a service: found, analysed to its root, acted on, and closed when that worked."""

    class Source(models.TextChoices):
        KPI = "kpi", pgettext_lazy("nonconformity", "a figure missed its target")
        COMPLAINT = "complaint", pgettext_lazy("nonconformity", "complaints")
        REVIEW = "review", pgettext_lazy("nonconformity", "reviews")
        SURVEY = "survey", pgettext_lazy("nonconformity", "a survey")
        OPINION = "opinion", pgettext_lazy("nonconformity", "talk in public")
        INSPECTION = "inspection", pgettext_lazy("nonconformity", "an inspection")
        OWN = "own", pgettext_lazy("nonconformity", "a regular look at our own work")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("nonconformity", "cause being sought")
        ACTING = "acting", pgettext_lazy("nonconformity", "being mended")
        CLOSED = "closed", pgettext_lazy("nonconformity", "closed")

    MOVES = Moves(
        settle=([State.OPEN], State.ACTING),
        close=([State.ACTING], State.CLOSED),
        reopen=([State.CLOSED, State.ACTING], State.OPEN),
    )
    RUNNING = [State.OPEN, State.ACTING]

    code = models.CharField(_("nonconformity number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("found by"), max_length=20, choices=Source)
    found_on = models.DateField(_("found on"))
    facts = models.TextField(
        _("facts and figures"), max_length=5_000, help_text=_("What was found, where, how often; no guesses.")
    )
    measure = models.CharField(_("figure"), max_length=80, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("actual"), max_digits=12, decimal_places=2, null=True, blank=True)
    serious = models.BooleanField(
        _("serious"), default=False, help_text=_("A team of several departments sees to it.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    team = models.TextField(
        _("team"), max_length=500, blank=True, help_text=_("Who takes part, with their departments.")
    )
    consumers = models.TextField(
        _("what consumers suggest"), max_length=2_000, blank=True, help_text=_("From interviews and surveys.")
    )
    case = models.ForeignKey(
        OpinionCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nonconformities",
        verbose_name=_("opinion case"),
    )
    root_cause = models.TextField(_("root cause"), max_length=2_000, blank=True, editable=False)
    effect = models.TextField(_("effect"), max_length=2_000, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    settled_at = models.DateTimeField(_("cause settled at"), null=True, blank=True, editable=False)
    settled_by = ActorField(_("cause settled by"))
    closed_at = models.DateTimeField(
        pgettext_lazy("nonconformity", "closed at"), null=True, blank=True, editable=False
    )
    closed_by = ActorField(pgettext_lazy("nonconformity", "closed by"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("nonconformity")
        verbose_name_plural = _("nonconformities")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("settle_nonconformity", _("Can settle the root cause of a nonconformity")),
            ("close_nonconformity", _("Can close a nonconformity")),
            ("reopen_nonconformity", _("Can reopen a nonconformity")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(serious=True) | ~Q(team=""),
                name="serious_nonconformity_has_a_team",
                violation_error_message=_("Name the team that sees to a serious nonconformity."),
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(root_cause=""),
                name="settled_nonconformity_has_a_cause",
                violation_error_message=_("A nonconformity is acted on once its root cause is known."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(effect="") & Q(closed_at__isnull=False),
                name="closed_nonconformity_tells_the_effect",
                violation_error_message=_("A closed nonconformity tells the effect."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def editable(self):
        """Whether its cause is still being sought."""
        return self.state == self.State.OPEN


class Why(Record):
    """One step of asking why, each answer the question of the next, with the fact that bears it."""

    nonconformity = models.ForeignKey(
        Nonconformity, on_delete=models.PROTECT, related_name="whys", verbose_name=_("nonconformity")
    )
    place = models.PositiveSmallIntegerField(_("which why"), editable=False)
    question = models.CharField(pgettext_lazy("5 whys", "why it is so"), max_length=200)
    answer = models.CharField(_("because"), max_length=500)
    evidence = models.CharField(_("fact that shows it"), max_length=500)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("5 whys", "why")
        verbose_name_plural = pgettext_lazy("5 whys", "whys")
        ordering = ["nonconformity", "place"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformity", "place"],
                name="why_once",
                violation_error_message=_("This why is there already."),
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_WHYS),
                name="whys_end",
                violation_error_message=_("Seven times why is enough."),
            ),
        ]

    def __str__(self):
        return f"{self.place}. {self.question}"


class Cause(Record):
    """One possible cause, on its bone of the fish."""

    class Bone(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("bone", "people")
        SYSTEMS = "systems", pgettext_lazy("bone", "systems and tools")
        GOODS = "goods", pgettext_lazy("bone", "goods")
        PROCESS = "process", pgettext_lazy("bone", "process")
        SURROUNDINGS = "surroundings", pgettext_lazy("bone", "platform and logistics")
        MEASURES = "measures", pgettext_lazy("bone", "figures and checks")

    nonconformity = models.ForeignKey(
        Nonconformity, on_delete=models.PROTECT, related_name="causes", verbose_name=_("nonconformity")
    )
    bone = models.CharField(_("bone"), max_length=20, choices=Bone)
    text = models.CharField(_("possible cause"), max_length=60)
    evidence = models.CharField(_("fact that shows it"), max_length=500, blank=True)
    is_root = models.BooleanField(_("root cause"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible cause")
        verbose_name_plural = _("possible causes")
        ordering = ["nonconformity", "bone", "id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformity", "bone", "text"],
                name="cause_once",
                violation_error_message=_("This cause is on the fish already."),
            ),
            models.CheckConstraint(
                condition=~Q(is_root=True) | ~Q(evidence=""),
                name="root_cause_is_shown_by_a_fact",
                violation_error_message=_("Name the fact that shows the root cause."),
            ),
        ]

    def __str__(self):
        return self.text
