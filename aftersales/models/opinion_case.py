"""What the agency does about talk in public: one case with an owner, and every step that was taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from aftersales.models.emergency_plan import EmergencyPlan
from aftersales.models.opinion_alert import Level
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet


class OpinionCase(About):
    """One matter that people talk about, from the day it is opened to what came of it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("opinion case", "open")
        HANDLED = "handled", pgettext_lazy("opinion case", "being handled")
        ANSWERED = "answered", pgettext_lazy("opinion case", "answered in public")
        CLOSED = "closed", pgettext_lazy("opinion case", "closed")

    MOVES = Moves(
        take_on=([State.OPEN, State.HANDLED, State.ANSWERED], State.HANDLED),
        answer=([State.HANDLED], State.ANSWERED),
        close=([State.HANDLED, State.ANSWERED], State.CLOSED),
        reopen=([State.CLOSED], State.HANDLED),
    )
    RUNNING = [State.OPEN, State.HANDLED, State.ANSWERED]

    code = models.CharField(_("case number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(
        _("what it is about"), max_length=5_000, help_text=_("What is said, and what consumers want.")
    )
    level = models.CharField(
        pgettext_lazy("opinion", "level"), max_length=20, choices=Level, default=Level.NOTICE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    opened_at = models.DateTimeField(_("opened at"), editable=False)
    opened_by = ActorField(_("opened by"))
    emergency_at = models.DateTimeField(_("emergency plan started at"), null=True, blank=True, editable=False)
    plan = models.ForeignKey(
        EmergencyPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cases",
        verbose_name=_("emergency plan"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer in public"), max_length=5_000, blank=True, editable=False)
    conclusion = models.TextField(_("what came of it"), max_length=5_000, blank=True, editable=False)
    closed_at = models.DateTimeField(
        pgettext_lazy("opinion case", "closed at"), null=True, blank=True, editable=False
    )
    closed_by = ActorField(pgettext_lazy("opinion case", "closed by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion case")
        verbose_name_plural = _("opinion cases")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("take_on_opinioncase", _("Can give an opinion case an owner")),
            ("note_opinioncase", _("Can add a step to an opinion case")),
            ("escalate_opinioncase", _("Can start the emergency plan for an opinion case")),
            ("answer_opinioncase", _("Can answer an opinion case in public")),
            ("close_opinioncase", _("Can close an opinion case")),
            ("reopen_opinioncase", _("Can reopen an opinion case")),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="opinion_case_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(owner__isnull=False),
                name="handled_opinion_case_has_an_owner",
                violation_error_message=_("A case that is handled has an owner."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(conclusion="") & Q(closed_at__isnull=False),
                name="closed_opinion_case_has_a_conclusion",
                violation_error_message=_("A closed case says what came of it."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class OpinionStep(Record):
    """One thing that was done or found in a case; none is ever changed or taken away."""

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("opinion step", "note")
        FACT = "fact", pgettext_lazy("opinion step", "fact verified")
        CONTACT = "contact", pgettext_lazy("opinion step", "consumer contacted")
        MERCHANT = "merchant", pgettext_lazy("opinion step", "merchant informed")
        OUTLET = "outlet", pgettext_lazy("opinion step", "outlet contacted")
        OWNER = "owner", pgettext_lazy("opinion step", "given to an owner")
        EMERGENCY = "emergency", pgettext_lazy("opinion step", "emergency plan started")
        ANSWER = "answer", pgettext_lazy("opinion step", "answered in public")
        CLOSE = "close", pgettext_lazy("opinion step", "closed")
        REOPEN = "reopen", pgettext_lazy("opinion step", "reopened")

    TYPED = [Kind.NOTE, Kind.FACT, Kind.CONTACT, Kind.MERCHANT, Kind.OUTLET]

    case = models.ForeignKey(
        OpinionCase, on_delete=models.PROTECT, related_name="steps", verbose_name=_("case")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("what was done or found"), max_length=5_000)
    done_at = models.DateTimeField(_("done at"))
    done_by = ActorField(_("done by"))
    document = DocumentField(_("file"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an opinion case")
        verbose_name_plural = _("steps of opinion cases")
        ordering = ["case", "id"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.case.code} {self.get_kind_display()}"
