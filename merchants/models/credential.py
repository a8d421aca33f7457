"""The papers that a merchant holds."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Credential
from mcn.kit.identity import compact, normalise
from mcn.kit.privacy import keyed_hash
from merchants.models.category import CredentialKind
from merchants.models.merchant import Merchant
from merchants.models.owned import OwnedQuerySet


class MerchantCredential(Credential):
    """A paper of a merchant: its licence, or a permit for its categories; a renewed one is a new row."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("merchant")
    )
    kind = models.ForeignKey(
        CredentialKind,
        on_delete=models.PROTECT,
        related_name="merchant_credentials",
        verbose_name=_("kind of credential"),
    )
    # The hash of its newest file: a replaced file has to be verified anew.
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    verified_digest = models.CharField(_("digest when verified"), max_length=64, blank=True, editable=False)
    ended_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From this day it counts no more."),
    )

    objects = OwnedQuerySet.as_manager()

    class Meta(Credential.Meta):
        verbose_name = _("merchant credential")
        verbose_name_plural = _("merchant credentials")
        ordering = ["merchant", "kind", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        permissions = [("withdraw_merchantcredential", _("Can withdraw a merchant's credential"))]
        indexes = [models.Index(fields=["valid_to"], name="merchant_credential_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["merchant", "kind", "number", "valid_from"],
                name="merchant_credential_once",
                violation_error_message=_("This credential is there already: add a new file to it instead."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}"

    def clean(self):
        self.number = compact(self.number) if self._is_licence else normalise(self.number)
        if self.kind_id and self.kind.holder != CredentialKind.Holder.MERCHANT:
            raise ValidationError(
                {"kind": _("This kind of credential belongs to a product, not to a merchant.")}
            )
        if self.long_term and self.kind_id and not self.kind.long_term_possible:
            raise ValidationError({"long_term": _("This kind of credential always has a last day.")})

    @property
    def _is_licence(self):
        return bool(self.kind_id) and self.kind.code == CredentialKind.BUSINESS_LICENCE

    @property
    def digest(self):
        """The hash of what a verification looked at: its number, issuer, span and file."""
        span = "long-term" if self.long_term else str(self.valid_to)
        return keyed_hash("|".join([self.number, self.issuer, str(self.valid_from), span, self.file_sha256]))

    @property
    def is_verified(self):
        """Whether it was verified as it stands now."""
        return self.verified_digest == self.digest

    def covers(self, on):
        """Whether it is good on a day and was not withdrawn."""
        return super().covers(on) and (self.ended_on is None or on < self.ended_on)
