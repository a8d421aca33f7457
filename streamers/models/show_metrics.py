"""What a show came to, by the platform's own count: as a whole and product by product, as of a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record
from products.models import Product
from streamers.models.assessment import StreamerFigures
from streamers.models.run_sheet import RunItem
from streamers.models.show import Show, ShowPartQuerySet


class Counted(Record):
    """What is counted of a show and of each product in it; a figure that nobody knows stays empty."""

    Source = StreamerFigures.Source
    COUNTS = ["exposures", "clicks", "orders", "units", "amount", "returned_units", "returned_amount"]

    day = models.DateField(
        _("as of"), help_text=_("Returns come in for weeks: each day has a line of its own.")
    )
    exposures = models.PositiveBigIntegerField(_("product exposures"), null=True, blank=True)
    clicks = models.PositiveBigIntegerField(_("clicks on products"), null=True, blank=True)
    orders = models.PositiveBigIntegerField(_("orders"), null=True, blank=True)
    units = models.PositiveBigIntegerField(_("pieces sold"), null=True, blank=True)
    amount = models.DecimalField(_("sales (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    returned_units = models.PositiveBigIntegerField(_("pieces returned"), null=True, blank=True)
    returned_amount = models.DecimalField(
        _("refunded (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(
        _("source"), max_length=20, choices=Source, default=Source.ENTERED, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(amount=None) | Q(amount__gte=0))
                & (Q(returned_amount=None) | Q(returned_amount__gte=0)),
                name="%(class)s_amounts",
                violation_error_message=_("Amounts cannot be negative."),
            )
        ]

    @property
    def click_rate(self) -> float | None:
        """Clicks in a hundred exposures, or None where one of them is not known."""
        return share(self.clicks, self.exposures)

    @property
    def return_rate(self) -> float | None:
        """Pieces returned in a hundred sold, or None where one of them is not known."""
        return share(self.returned_units, self.units)


def share(part, whole):
    """A part in per cent of the whole with one decimal, or None where one of them is not known."""
    return round(100 * part / whole, 1) if part is not None and whole else None


class ShowMetrics(Counted):
    """What a whole show came to as of a day."""

    COUNTS = ["viewers", "peak", "new_followers", *Counted.COUNTS]

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="metrics", verbose_name=_("show"))
    viewers = models.PositiveBigIntegerField(_("viewers"), null=True, blank=True)
    peak = models.PositiveBigIntegerField(_("most viewers at once"), null=True, blank=True)
    new_followers = models.PositiveBigIntegerField(_("new followers"), null=True, blank=True)

    class Meta(Counted.Meta):
        verbose_name = _("figures of a show")
        verbose_name_plural = _("figures of shows")
        ordering = ["-day", "-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                fields=["show", "day"],
                name="show_metrics_once_a_day",
                violation_error_message=_("There are figures of this show and day already."),
            ),
        ]

    def __str__(self):
        return f"{self.show.code} · {self.day:%Y-%m-%d}"


class ItemMetricsQuerySet(ShowPartQuerySet):
    """What single products came to; a merchant's people see their own goods'."""

    show = "item__show"

    def visible_to(self, user):
        """All for staff who may view them; a merchant's people those of their goods alone."""
        if user.has_perm("streamers.view_itemmetrics"):
            return self
        return self.filter(item__product__in=Product.objects.visible_to(user))


class ItemMetrics(Counted):
    """What one product of a show came to as of a day."""

    item = models.ForeignKey(
        RunItem, on_delete=models.PROTECT, related_name="metrics", verbose_name=_("product on the run sheet")
    )

    objects = ItemMetricsQuerySet.as_manager()

    class Meta(Counted.Meta):
        verbose_name = _("figures of a product in a show")
        verbose_name_plural = _("figures of products in shows")
        ordering = ["-day", "-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "day"],
                name="item_metrics_once_a_day",
                violation_error_message=_("There are figures of this product and day already."),
            ),
        ]

    def __str__(self):
        return f"{self.item.show.code} · {self.item.product} · {self.day:%Y-%m-%d}"
