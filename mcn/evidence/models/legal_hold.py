"""What stops the removal of records: an authority's or a court's order, or a dispute."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models.proof import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record


class LegalHold(Record):
    """Everything of a show, merchant, product or streamer is kept from a day until somebody else lifts it.

    The clock of retention stands still meanwhile: the days under hold are added to the term.
    """

    class Ground(models.TextChoices):
        AUTHORITY = "authority", _("request of an authority")
        COURT = "court", _("court or arbitration")
        DISPUTE = "dispute", _("dispute with a consumer or merchant")
        INTERNAL = "internal", _("the agency's own inquiry")

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("hold", "active")
        LIFTED = "lifted", _("lifted")

    MOVES = Moves(lift=([State.ACTIVE], State.LIFTED))

    subject_model = models.CharField(_("kind of what is kept"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("number in the database"), editable=False)
    subject_code = models.CharField(
        _("number of what is kept"), max_length=60, help_text=_("Such as S0001 for a show.")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    reference = models.CharField(
        _("reference"), max_length=120, blank=True, help_text=_("File number of the order or case.")
    )
    reason = models.TextField(_("reason"))
    document = DocumentField(_("evidence"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE, editable=False)
    placed_by = ActorField(_("placed by"))
    placed_on = models.DateField(_("placed on"), editable=False)
    lifted_by = ActorField(_("lifted by"))
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("lift_legalhold", _("Can lift legal holds"))]
        indexes = [models.Index(fields=["subject_model", "subject_id"], name="legal_hold_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="active", lifted_on=None) | Q(state="lifted", lifted_on__isnull=False),
                name="legal_hold_is_lifted_on_a_day",
                violation_error_message=_("A hold is lifted on a day."),
            )
        ]

    def __str__(self):
        placed = f" · {self.placed_on:%Y-%m-%d}" if self.placed_on else ""
        return f"{self.subject_code} · {self.get_ground_display()}{placed}"

    @property
    def span(self):
        """Its first and last day; the last is None while it stands."""
        return self.placed_on, self.lifted_on


def holdable():
    """The models that a legal hold can be placed on, each with the field by which people name a row."""
    return settings.MCN_HOLDABLE
