"""Disputes about returns: the evidence that each side gives, and on what of it a dispute is decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.return_request import ReturnRequest
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.privacy import ConcealedTextField
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class PartOfReturnQuerySet(OwnedQuerySet):
    """What belongs to a return: seen by whom the return is."""

    owner = "request__merchant"


class ReturnEvidence(Record):
    """A piece of evidence about the state of goods; never changed, never taken away."""

    class Side(models.TextChoices):
        BUYER = "buyer", _("buyer")
        MERCHANT = "merchant", _("merchant")
        AGENCY = "agency", _("agency")

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture or film")
        TEST = "test", _("third-party test")
        TRACE = "trace", _("tracking of the parcel")
        TALK = "talk", _("record of the conversation")

    VERB_LABELS = {"give": _("evidence given")}

    request = models.ForeignKey(
        ReturnRequest, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("return request")
    )
    side = models.CharField(_("given by"), max_length=20, choices=Side)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.IMAGE)
    note = models.CharField(_("what it shows"), max_length=500, blank=True)
    institute = models.CharField(_("testing institute"), max_length=120, blank=True)
    report_number = models.CharField(_("report number"), max_length=80, blank=True)
    document = DocumentField(_("file"))
    given_at = models.DateTimeField(pgettext_lazy("return request", "given at"), editable=False)
    given_by = ActorField(_("entered by"))

    objects = PartOfReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence about a return")
        verbose_name_plural = _("evidence about returns")
        ordering = ["id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="test") | (~Q(institute="") & ~Q(report_number="")),
                name="test_names_its_institute",
                violation_error_message=_("A test names its institute and the number of its report."),
            )
        ]

    def __str__(self):
        return f"{self.request.code} · {self.get_kind_display()}"


class ReturnDispute(Record):
    """A dispute about a return: what it is about, who sat over it, and on what evidence it was decided."""

    class Subject(models.TextChoices):
        DAMAGE = "damage", _("damage")
        MISSING = "missing", _("missing parts")
        USED = "used", _("used beyond trying out")
        CAUSE = "cause", _("cause of the fault")
        IDENTITY = "identity", _("not the goods that were sent")
        REFUSAL = "refusal", _("refused without good reason")

    class Outcome(models.TextChoices):
        BUYER = "buyer", _("for the buyer")
        MERCHANT = "merchant", _("for the merchant")

    request = models.ForeignKey(
        ReturnRequest, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("return request")
    )
    side = models.CharField(
        pgettext_lazy("return request", "opened by"), max_length=20, choices=ReturnEvidence.Side
    )
    subject = models.CharField(_("about"), max_length=20, choices=Subject)
    words = ConcealedTextField(_("what is said"), max_length=2_000)
    opened_at = models.DateTimeField(pgettext_lazy("return request", "opened at"), editable=False)
    opened_by = ActorField(_("opened for it by"))
    panel = models.CharField(
        _("who sat over it"),
        max_length=200,
        blank=True,
        help_text=_("Names of a mediation committee."),
        editable=False,
    )
    outcome = models.CharField(
        pgettext_lazy("return request", "outcome"), max_length=20, choices=Outcome, blank=True, editable=False
    )
    basis = ConcealedTextField(_("basis of the decision"), max_length=2_000, blank=True, editable=False)
    decided_by = ActorField(pgettext_lazy("return request", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    objects = PartOfReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute about a return")
        verbose_name_plural = _("disputes about returns")
        ordering = ["-id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(decided_at=None),
                name="one_open_dispute",
                violation_error_message=_("A dispute about this return is open already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | (~Q(outcome="") & ~Q(basis="")),
                name="decided_dispute_says_why",
                violation_error_message=_("A decision names its basis."),
            ),
        ]

    def __str__(self):
        return f"{self.request.code} · {self.get_subject_display()}"
