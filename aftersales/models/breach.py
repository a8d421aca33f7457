"""Whether promises are kept: audits, and what became of broken ones."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.order import Order
from aftersales.models.promise import LONGEST, ServicePromise, money
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class PartOfPromiseQuerySet(OwnedQuerySet):
    """Rows about promises: seen by whom the promise is."""

    owner = "promise__merchant"


class PromiseAudit(Record):
    """That somebody looked whether a promise is kept: how many cases, how many kept; never changed."""

    class Outcome(models.TextChoices):
        KEPT = "kept", pgettext_lazy("promise", "kept")
        PARTLY = "partly", pgettext_lazy("promise", "kept in part")
        BROKEN = "broken", pgettext_lazy("promise", "not kept")

    promise = models.ForeignKey(
        ServicePromise, on_delete=models.PROTECT, related_name="audits", verbose_name=_("service promise")
    )
    sample = models.PositiveIntegerField(_("cases looked at"), validators=[MinValueValidator(1)])
    kept = models.PositiveIntegerField(_("of these kept"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    note = models.TextField(_("what was found"), max_length=LONGEST)
    document = DocumentField(_("evidence"))
    audited_by = ActorField(_("audited by"))
    audited_at = models.DateTimeField(_("audited at"))

    objects = PartOfPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit of a promise")
        verbose_name_plural = _("audits of promises")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept__lte=F("sample")),
                name="no_more_kept_than_looked_at",
                violation_error_message=_("No more cases can be kept than were looked at."),
            )
        ]

    def __str__(self):
        return f"{self.promise} · {self.get_outcome_display()}"

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.promise.merchant_id


class Breach(Record):
    """One broken promise: told by a buyer or found by us, confirmed, compensated by its terms, paid."""

    class State(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("breach", "reported")
        CONFIRMED = "confirmed", pgettext_lazy("breach", "confirmed, to be compensated")
        COMPENSATED = "compensated", pgettext_lazy("breach", "compensated")
        DISMISSED = "dismissed", pgettext_lazy("breach", "not a breach")

    class Source(models.TextChoices):
        BUYER = "buyer", pgettext_lazy("breach", "told by the buyer")
        AGENCY = "agency", pgettext_lazy("breach", "found by us")
        AUDIT = "audit", pgettext_lazy("breach", "found by an audit")

    MOVES = Moves(
        confirm=([State.REPORTED], State.CONFIRMED),
        dismiss=([State.REPORTED], State.DISMISSED),
        compensate=([State.CONFIRMED], State.COMPENSATED),
    )

    VERB_LABELS = {
        "confirm": pgettext_lazy("breach", "found to be a breach"),
        "dismiss": pgettext_lazy("breach", "not a breach"),
        "compensate": pgettext_lazy("breach", "compensated"),
    }

    code = models.CharField(_("breach number"), max_length=12, unique=True, editable=False)
    promise = models.ForeignKey(
        ServicePromise, on_delete=models.PROTECT, related_name="breaches", verbose_name=_("service promise")
    )
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("order"),
    )
    source = models.CharField(
        pgettext_lazy("breach", "told by"), max_length=20, choices=Source, default=Source.AGENCY
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REPORTED, editable=False)
    text = models.TextField(pgettext_lazy("breach", "what happened"), max_length=LONGEST)
    serious = models.BooleanField(
        _("serious"), default=False, help_text=_("Repeated, or to the harm of many buyers.")
    )
    reported_at = models.DateTimeField(_("reported at"), editable=False)
    amount = money(_("compensation (yuan)"), null=True, blank=True, editable=False)
    reasoning = models.JSONField(_("how it was worked out"), default=list, blank=True, editable=False)
    decided_by = ActorField(pgettext_lazy("promise", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("to be compensated by"), null=True, blank=True, editable=False)
    compensated_by = ActorField(_("compensated by"))
    compensated_at = models.DateTimeField(_("compensated at"), null=True, blank=True, editable=False)
    reference = models.CharField(_("how it was compensated"), max_length=200, blank=True, editable=False)

    objects = PartOfPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("broken promise")
        verbose_name_plural = _("broken promises")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("confirm_breach", _("Can confirm broken promises")),
            ("dismiss_breach", _("Can dismiss reports of broken promises")),
            ("compensate_breach", _("Can compensate broken promises")),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="confirmed"), name="breach_to_compensate")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "order"],
                condition=Q(order__isnull=False) & ~Q(state="dismissed"),
                name="breach_once_an_order",
                violation_error_message=_("This promise was reported as broken for this order already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="compensated") | (Q(compensated_at__isnull=False) & ~Q(reference="")),
                name="compensated_breach_says_how",
                violation_error_message=_("A compensated breach says when and how."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.promise.merchant_id
