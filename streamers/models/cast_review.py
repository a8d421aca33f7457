"""What a streamer verified of a product before showing it (DB4401 5.2.2.5)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField, Verification
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from products.models import Product
from streamers.models.owned import OwnedQuerySet
from streamers.models.show import Show
from streamers.models.streamer import Streamer


class CastReview(Record):
    """A streamer's own answers about a product for one show; a later review supersedes it."""

    Outcome = Verification.Outcome

    class Aspect(models.TextChoices):
        PRODUCER = "producer", _("producer")
        PERFORMANCE = "performance", _("performance")
        USES = "uses", _("uses")
        SPECIFICATION = "specification", _("specification")
        INGREDIENTS = "ingredients", _("ingredients or material")
        PRICE = "price", _("price")
        TEST_REPORT = "test_report", _("test report")
        VALIDITY = "validity", _("validity")
        SERVICE_PROMISES = "service_promises", _("service promises")

    # There are no goods without a producer, a price and what is promised of them.
    ALWAYS = frozenset({Aspect.PRODUCER, Aspect.PRICE, Aspect.SERVICE_PROMISES})

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="cast_reviews", verbose_name=_("show")
    )
    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="cast_reviews", verbose_name=_("streamer")
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="cast_reviews", verbose_name=_("product")
    )
    answers = models.JSONField(_("answers"), help_text=_("Each aspect with what was found of it."))
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Verification.Outcome, editable=False, db_index=True
    )
    note = models.TextField(_("note"), max_length=1000, blank=True, help_text=_("What is not right."))
    document = DocumentField(_("signed review"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    reviewed_by = ActorField(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed at"), editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer's own product review")
        verbose_name_plural = _("streamers' own product reviews")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "streamer", "product"],
                condition=Q(superseded_at=None),
                name="one_review_of_a_product_stands",
                violation_error_message=_("Another review of this product was sent at the same moment."),
            )
        ]

    def __str__(self):
        return f"{self.streamer} · {self.product}"

    def clean(self):
        """Every aspect has an answer, and what is not right is told."""
        if not isinstance(self.answers, dict) or set(self.answers) != set(self.Aspect.values):
            raise ValidationError({"answers": _("Answer every aspect of the product.")})
        given = set(self.answers.values())
        if not given <= set(self.Outcome.values):
            raise ValidationError({"answers": _("Answer every aspect of the product.")})
        skipped = [item.label for item in self.ALWAYS if self.answers[item] == self.Outcome.NOT_APPLICABLE]
        if skipped:
            message = _("Every product has this: %(items)s.")
            raise ValidationError({"answers": message % {"items": "、".join(map(str, skipped))}})
        self.outcome = self.Outcome.BAD if self.Outcome.BAD in given else self.Outcome.GOOD
        if self.outcome == self.Outcome.BAD and not self.note.strip():
            raise ValidationError({"note": _("Say what is not right.")})
