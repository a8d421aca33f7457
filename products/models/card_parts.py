"""What belongs to a version of a card: selling points, reviewer's words, scans, drafts set aside."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField
from mcn.kit.clock import business_day, to_the_second
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from products.models.card import CardVersion, PartText
from products.models.credential import ProductCredential
from products.models.product import Product


class CardPartQuerySet(models.QuerySet):
    """Rows that belong to a version of a card."""

    def visible_to(self, user):
        """Every row for staff who may view the model; for others those of the products they see."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        return self.filter(card_version__card__product__in=Product.objects.visible_to(user))


class SellingPoint(Record):
    """One thing to say of the product, with what proves it and its source if it is not the merchant's."""

    card_version = models.ForeignKey(
        CardVersion, on_delete=models.PROTECT, related_name="points", verbose_name=_("card version")
    )
    place = models.PositiveSmallIntegerField(_("place"))
    claim = PartText(_("claim"))
    document = DocumentField(_("evidence file"))
    # Of the file as it was attached: a later revision of the document does not prove what was approved.
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    credential = models.ForeignKey(
        ProductCredential,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proved by the credential"),
    )
    beyond_papers = models.BooleanField(
        _("goes beyond the merchant's papers"),
        default=False,
        help_text=_("Such as rankings, media reports or other people's data."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)

    objects = CardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("selling point")
        verbose_name_plural = _("selling points")
        ordering = ["card_version", "place", "id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return self.claim[:40] or str(_("selling point"))

    @property
    def merchant_id(self):
        """Whose people write it."""
        return self.card_version.merchant_id

    def clean(self):
        """It is proved by papers of its own product, and stands still once its version was approved."""
        if self.card_version.state in CardVersion.FROZEN:
            raise ValidationError(_("An approved version never changes: open a new one."), code="frozen")
        if self.credential_id and self.credential.product_id != self.card_version.card.product_id:
            raise ValidationError({"credential": _("This credential is about another product.")})

    @property
    def evidence(self):
        """The file that was attached, whatever came to its document later."""
        revisions = self.document.revisions.all() if self.document_id else []
        return next((file for file in revisions if file.sha256 == self.file_sha256), None)

    def proofs(self, on):
        """What proves it on a day: its file, and its credential while that is good."""
        credential = self.credential if self.credential_id and self.credential.covers(on) else None
        return [proof for proof in (self.document, credential) if proof is not None]


class CardComment(Record):
    """What a reviewer said of one part of a version, or of one selling point; it is never taken back."""

    card_version = models.ForeignKey(
        CardVersion, on_delete=models.PROTECT, related_name="comments", verbose_name=_("card version")
    )
    part = models.CharField(_("part"), max_length=20, choices=CardVersion.Part, blank=True)
    point = models.ForeignKey(
        SellingPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("selling point"),
    )
    text = models.TextField(_("comment"))
    said_by = ActorField(_("said by"))
    said_at = models.DateTimeField(_("said at"))

    objects = CardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer's comment")
        verbose_name_plural = _("reviewer's comments")
        ordering = ["id"]
        default_permissions = ["view"]

    def __str__(self):
        return self.text[:40]

    def clean(self):
        """A comment on a selling point is on one of its own version."""
        if self.point_id and self.point.card_version_id != self.card_version_id:
            raise ValidationError({"point": _("This selling point is of another version.")})


class CardScan(Record):
    """What the claim scan found in a version when it was submitted, and by which version of the terms."""

    card_version = models.ForeignKey(
        CardVersion, on_delete=models.PROTECT, related_name="scans", verbose_name=_("card version")
    )
    terms = models.CharField(_("version of the terms"), max_length=80)
    outcome = models.CharField(_("outcome of the scan"), max_length=20)
    hits = models.JSONField(_("hits"), default=list, blank=True)
    scanned_at = models.DateTimeField(_("scanned at"))

    objects = CardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan of a card")
        verbose_name_plural = _("scans of cards")
        ordering = ["id"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.card_version} {business_day(self.scanned_at)}"


class SetAside(Record):
    """What a person typed into a version that somebody else had changed meanwhile, kept until they choose."""

    card_version = models.ForeignKey(
        CardVersion, on_delete=models.PROTECT, related_name="set_asides", verbose_name=_("card version")
    )
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("typed by")
    )
    typed_at = models.DateTimeField(_("typed at"))
    words = models.JSONField(_("what was typed"), default=dict)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = CardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft set aside")
        verbose_name_plural = _("drafts set aside")
        ordering = ["-id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["card_version", "typed_by"],
                condition=Q(settled_at=None),
                name="one_draft_set_aside_a_person",
                violation_error_message=_("There is a draft of yours set aside already."),
            )
        ]

    def __str__(self):
        return f"{self.card_version} {to_the_second(self.typed_at)}"
