"""The file of a complaint: every step in its order, chained by digests, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.complaint import Complaint, ComplaintQuerySet
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.privacy import ConcealedJSONField, ConcealedTextField
from mcn.kit.records import Record

LONGEST = 4_000


class ComplaintEntryQuerySet(ComplaintQuerySet):
    """Entries of files: staff read all, a merchant's people what concerns their merchant."""

    complaint = "complaint"

    def visible_to(self, user):
        """All for staff who may view them; for a merchant's people those shared with it."""
        seen = super().visible_to(user)
        if user.has_perm("aftersales.view_complaintentry"):
            return seen
        return seen.filter(for_merchant=True)


class ComplaintEntry(Record):
    """One step of a complaint's file: who did or said what when, with the digest of the step before."""

    class Kind(models.TextChoices):
        RECEIVE = "receive", pgettext_lazy("complaint entry", "received")
        ACCEPT = "accept", pgettext_lazy("complaint entry", "accepted")
        REDIRECT = "redirect", pgettext_lazy("complaint entry", "handed on")
        FOLLOW = "follow", _("followed what was handed on")
        VERIFY = "verify", _("began to verify")
        NEGOTIATE = "negotiate", _("began to negotiate")
        RESOLVE = "resolve", pgettext_lazy("complaint entry", "resolved")
        ANSWER = "answer", _("answered the consumer")
        CALL_BACK = "call_back", _("called the consumer back")
        CLOSE = "close", pgettext_lazy("complaint entry", "closed")
        REOPEN = "reopen", pgettext_lazy("complaint entry", "reopened")
        MERGE = "merge", _("merged")
        WITHDRAW = "withdraw", pgettext_lazy("complaint entry", "withdrawn")
        NOTE = "note", _("note of ours")
        ASSIGN = "assign", _("given to an agent")
        CORRECT = "correct", _("details put right")
        ASK_CONSUMER = "ask_consumer", _("asked the consumer")
        CONSUMER = "consumer", _("the consumer wrote")
        ASK_MERCHANT = "ask_merchant", _("asked the merchant")
        MERCHANT = "merchant", _("the merchant answered")
        CONTACT = "contact", _("consumer contacted")
        FACTS = "facts", _("facts verified")
        SOLUTION = "solution", _("solution agreed with the merchant")
        PLATFORM = "platform", _("platform brought in")
        EMERGENCY = "emergency", _("emergency plan started")
        MEDIATION = "mediation", _("mediation")
        REMEDIES = "remedies", _("told of other remedies")
        LADDER = "ladder", _("time limit passed")

    class Side(models.TextChoices):
        AGENCY = "agency", pgettext_lazy("side", "agency")
        MERCHANT = "merchant", pgettext_lazy("side", "merchant")
        CONSUMER = "consumer", pgettext_lazy("side", "consumer")
        SYSTEM = "system", pgettext_lazy("side", "the product")

    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, related_name="entries", verbose_name=_("complaint")
    )
    number = models.PositiveIntegerField(_("number in the file"))
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    side = models.CharField(_("side"), max_length=20, choices=Side, default=Side.AGENCY)
    by = ActorField(pgettext_lazy("complaint entry", "by"))
    at = models.DateTimeField(pgettext_lazy("complaint entry", "at"))
    text = ConcealedTextField(_("words"), blank=True, max_length=LONGEST)
    text_sha256 = models.CharField(_("SHA-256 of the words"), max_length=64)
    facts = ConcealedJSONField(_("facts"), default=dict, blank=True)
    document = DocumentField(_("file"))
    document_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    for_merchant = models.BooleanField(_("shown to the merchant"), default=False)
    for_consumer = models.BooleanField(_("shown to the consumer"), default=False)
    previous = models.CharField(_("digest before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    objects = ComplaintEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a complaint's file")
        verbose_name_plural = _("entries of complaints' files")
        ordering = ["complaint", "number"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "number"],
                name="complaint_entry_number_once",
                violation_error_message=_("The file has an entry with this number already."),
            )
        ]

    def __str__(self):
        return f"{self.complaint.code} #{self.number} {self.get_kind_display()}"
