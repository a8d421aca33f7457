"""A product's own papers: test reports, certificates, filings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Credential
from mcn.kit.identity import normalise
from merchants.models import CredentialKind
from products.models.product import PartQuerySet, Product


class ProductCredential(Credential):
    """A paper about one product, of a kind that categories ask for."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("product")
    )
    kind = models.ForeignKey(
        CredentialKind,
        on_delete=models.PROTECT,
        related_name="product_credentials",
        limit_choices_to={"holder": "product"},
        verbose_name=_("kind of credential"),
    )
    # The hash of its newest file: a replaced file makes what was verified by it stale.
    file_sha256 = models.CharField(
        _("SHA-256 of the file"), max_length=64, blank=True, default="", editable=False
    )
    ended_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From this day it counts no more."),
    )

    objects = PartQuerySet.as_manager()

    class Meta(Credential.Meta):
        verbose_name = _("product credential")
        verbose_name_plural = _("product credentials")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("withdraw_productcredential", _("Can withdraw a product's credential"))]
        indexes = [models.Index(fields=["valid_to"], name="product_credential_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "kind", "number", "valid_from"],
                name="product_credential_once",
                violation_error_message=_("This credential is there already: add a new file to it instead."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}"

    @property
    def merchant_id(self):
        """Whose people may handle it."""
        return self.product.merchant_id

    def clean(self):
        """Its kind is one that products hold, and only some kinds last for good."""
        self.number = normalise(self.number)
        if self.kind_id and self.kind.holder != CredentialKind.Holder.PRODUCT:
            raise ValidationError(
                {"kind": _("This kind of credential belongs to a merchant, not to a product.")}
            )
        if self.long_term and self.kind_id and not self.kind.long_term_possible:
            raise ValidationError({"long_term": _("This kind of credential always has a last day.")})

    def covers(self, on):
        """Whether it is good on a day and was not withdrawn."""
        return super().covers(on) and (self.ended_on is None or on < self.ended_on)
