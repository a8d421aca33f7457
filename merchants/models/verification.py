"""The five things that are verified of a merchant."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Verification
from merchants.models.merchant import Merchant


class VerificationQuerySet(models.QuerySet):
    """Verifications are the agency's own notes: a merchant learns what to mend from the findings."""

    def visible_to(self, user):
        """All rows for staff who may view them, none for others."""
        return self if user.has_perm("merchants.view_merchantverification") else self.none()


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

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant verification")
        verbose_name_plural = _("merchant verifications")
        ordering = ["merchant", "-id"]
        default_permissions = ["view"]
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
