"""What is done when a matter gets out of hand: who is called in which order, first words, and rehearsals."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.identity import validate_phone
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet


class EmergencyPlan(Record):
    """The plan for one kind of emergency; a draft until somebody else adopts it, from then on unchanged."""

    class Matter(models.TextChoices):
        COMPLAINT = "complaint", pgettext_lazy("emergency", "complaints that stay unsettled")
        OPINION = "opinion", pgettext_lazy("emergency", "talk in public")
        GOODS = "goods", pgettext_lazy("emergency", "goods that endanger people")
        ON_AIR = "on_air", pgettext_lazy("emergency", "incidents on air")
        DATA = "data", pgettext_lazy("emergency", "systems and personal data")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("emergency plan", "draft")
        ADOPTED = "adopted", pgettext_lazy("emergency plan", "in force")
        RETIRED = "retired", pgettext_lazy("emergency plan", "out of use")

    MOVES = Moves(
        adopt=([State.DRAFT], State.ADOPTED),
        retire=([State.DRAFT, State.ADOPTED], State.RETIRED),
    )

    code = models.CharField(_("plan number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    matter = models.CharField(pgettext_lazy("emergency", "for"), max_length=20, choices=Matter)
    when = models.TextField(
        _("when it is started"), max_length=2_000, help_text=_("What has to have happened, and who decides.")
    )
    first_words = models.TextField(
        _("first words to the public"),
        max_length=2_000,
        help_text=_("What is said before all is known: no guess, no blame, and when more will be said."),
    )
    first_words_minutes = models.PositiveSmallIntegerField(
        _("said within (minutes)"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(4_320)],
    )
    drill_months = models.PositiveSmallIntegerField(
        _("rehearsed every (months)"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    drill_due_on = models.DateField(_("next drill by"), null=True, blank=True, editable=False)
    written_by = ActorField(_("written by"))
    adopted_on = models.DateField(_("in force since"), null=True, blank=True, editable=False)
    adopted_by = ActorField(pgettext_lazy("emergency plan", "adopted by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency plan")
        verbose_name_plural = _("emergency plans")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("adopt_emergencyplan", _("Can adopt an emergency plan")),
            ("retire_emergencyplan", _("Can take an emergency plan out of use")),
            ("drill_emergencyplan", _("Can put a drill of an emergency plan on record")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(drill_due_on__isnull=False),
                name="emergency_plan_in_force_is_rehearsed",
                violation_error_message=_("A plan in force has a day for its next drill."),
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state="adopted"),
                name="one_emergency_plan_in_force",
                violation_error_message=_("Another plan for this is in force."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class PlanCall(Record):
    """Somebody who is called when a plan starts: in which order, by when, and what they do."""

    plan = models.ForeignKey(
        EmergencyPlan, on_delete=models.PROTECT, related_name="calls", verbose_name=_("emergency plan")
    )
    place = models.PositiveSmallIntegerField(_("order of calling"), default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("one of the staff"),
    )
    name = models.CharField(
        _("or somebody outside"),
        max_length=60,
        blank=True,
        help_text=_("The post, such as the platform's manager or the insurer's hotline."),
    )
    phone = EncryptedField(_("phone"), blank=True, default="", validators=[validate_phone])
    within_minutes = models.PositiveSmallIntegerField(
        _("called within (minutes)"), validators=[MaxValueValidator(4_320)]
    )
    task = models.CharField(_("what they do"), max_length=200)

    class Meta:
        verbose_name = _("call of an emergency plan")
        verbose_name_plural = _("calls of emergency plans")
        ordering = ["plan", "place", "id"]
        default_permissions = ["view"]
        permissions = [("reveal_plancall", _("Can see in clear whom an emergency plan calls"))]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "place"],
                name="plan_calls_one_after_the_other",
                violation_error_message=_("Somebody else is called at this place."),
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
                name="plan_calls_staff_or_somebody_outside",
                violation_error_message=_("Name one of the staff, or somebody outside."),
            ),
        ]

    def __str__(self):
        return f"{self.place} · {self.who}"

    @property
    def who(self):
        """Who is called, as the plan names them."""
        return str(self.user) if self.user else self.name


class PlanDrill(Record):
    """One rehearsal of a plan, or its use in earnest: who took part, what was found and is changed for it."""

    class Kind(models.TextChoices):
        TABLE = "table", pgettext_lazy("drill", "talked through")
        ACTED = "acted", pgettext_lazy("drill", "acted out")
        EARNEST = "earnest", pgettext_lazy("drill", "used in earnest")

    plan = models.ForeignKey(
        EmergencyPlan, on_delete=models.PROTECT, related_name="drills", verbose_name=_("emergency plan")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    held_on = models.DateField(_("held on"))
    people = models.CharField(_("who took part"), max_length=300)
    findings = models.TextField(_("what was found"), max_length=2_000)
    measures = models.TextField(_("what is changed for it"), max_length=2_000, blank=True)
    entered_by = ActorField(_("entered by"))
    document = DocumentField(_("file"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("drill of an emergency plan")
        verbose_name_plural = _("drills of emergency plans")
        ordering = ["plan", "-held_on", "-id"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.plan.code} {self.held_on:%Y-%m-%d}"
