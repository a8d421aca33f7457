"""The five things that are verified of a merchant."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Verification
from merchants.models.merchant import Merchant
from merchants.models.owned import OwnedQuerySet


class MerchantVerification(Verification):
    """One of the five items looked at; it keeps a digest of what it looked at; a later one supersedes it."""

    class Item(models.TextChoices):
        LICENCE = "licence", _("business licence")
        ADDRESS = "address", _("business address")
        CONTACT = "contact", _("ways of contact")
        PERMITS = "permits", _("permits")
        CREDIT = "credit", _("credit standing")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("merchant")
    )
    item = models.CharField(_("item"), max_length=20, choices=Item)
    digest = models.CharField(_("digest"), max_length=64, editable=False, default="")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant verification")
        verbose_name_plural = _("merchant verifications")
        ordering = ["merchant", "-id"]
        default_permissions = ["add", "view"]
        indexes = [models.Index(fields=["next_due_on"], name="merchant_verification_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "item"],
                condition=Q(superseded_at=None),
                name="one_verification_of_an_item_stands",
                violation_error_message=_(
                    "Another verification of this item was recorded at the same moment."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_item_display()} {self.verified_on:%Y-%m-%d}"

    def clean(self):
        if self.outcome == self.Outcome.NOT_APPLICABLE and self.item != self.Item.PERMITS:
            raise ValidationError({"outcome": _("Only the permits can be not applicable.")})
        if not self.document_id and not self.note.strip():
            raise ValidationError({"note": _("Say what was looked at, or attach the evidence.")})
