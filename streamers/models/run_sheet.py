"""The run sheet of a show: its products in order, and what is offered of each."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record
from products.models import CardVersion, Product, Sku
from products.models.sku import CENT
from streamers.models.show import Show, ShowPartQuerySet


class RunItemQuerySet(ShowPartQuerySet):
    """Products on run sheets."""

    def visible_to(self, user):
        """Staff who may view see all, who is cast the whole sheet, a merchant's people their goods alone."""
        if user.has_perm("streamers.view_runitem"):
            return self
        if not user.pk:
            return self.none()
        cast = Q(show__in=Show.objects.with_person(user).values("pk"))
        return self.filter(cast | Q(product__in=Product.objects.visible_to(user)))


class RunItem(Record):
    """A product in its place on the run sheet, with the version of its card that is read from."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="items", verbose_name=_("show"))
    position = models.PositiveIntegerField(_("place"))
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="run_items", verbose_name=_("product")
    )
    card_version = models.ForeignKey(
        CardVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="run_items",
        verbose_name=_("version of the selling-point card"),
    )
    minutes = models.PositiveIntegerField(_("minutes on the table"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("taken off at"), null=True, blank=True, editable=False)

    objects = RunItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("product on the run sheet")
        verbose_name_plural = _("run sheet")
        ordering = ["position", "id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "product"],
                condition=Q(removed_at=None),
                name="product_once_a_show",
                violation_error_message=_("This product is on the run sheet already."),
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.product}"


class OfferQuerySet(ShowPartQuerySet):
    """What is offered in shows."""

    show = "item__show"

    def visible_to(self, user):
        """Staff who may view see all, a merchant's people those of their goods alone."""
        if user.has_perm("streamers.view_offer"):
            return self
        return self.filter(item__product__in=Product.objects.visible_to(user))

    def promising(self):
        """Those whose spot quantity is promised: of shows neither over nor called off."""
        return self.filter(removed_at=None, item__removed_at=None, item__show__state__in=Show.OPEN)


class Offer(Record):
    """What a show offers of one SKU: the price and its basis, goods in stock and goods to come, the link."""

    item = models.ForeignKey(
        RunItem, on_delete=models.PROTECT, related_name="offers", verbose_name=_("product on the run sheet")
    )
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="offers", verbose_name=_("SKU"))
    price = models.DecimalField(
        _("price in the show"), max_digits=12, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    compared_price = models.DecimalField(
        _("compared price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT)],
        help_text=_("The struck-through price that is shown beside it."),
    )
    price_basis = models.CharField(
        _("basis of the compared price"),
        max_length=200,
        blank=True,
        help_text=_("Which price is struck through, where and when it was charged."),
    )
    spot = models.PositiveIntegerField(_("spot quantity"), default=0)
    presale = models.PositiveIntegerField(_("presale quantity"), default=0)
    ships_on = models.DateField(_("presale ships by"), null=True, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    removed_at = models.DateTimeField(_("taken off at"), null=True, blank=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sku"],
                condition=Q(removed_at=None),
                name="sku_once_an_item",
                violation_error_message=_("This SKU is offered already."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=CENT),
                name="offer_costs_something",
                violation_error_message=_("A price is at least 0.01 yuan."),
            ),
            models.CheckConstraint(
                condition=Q(compared_price=None) | Q(compared_price__gte=models.F("price")),
                name="offer_compared_price_above_price",
                violation_error_message=_("The compared price cannot be below the price in the show."),
            ),
            models.CheckConstraint(
                condition=Q(presale=0) | Q(ships_on__isnull=False),
                name="offer_presale_has_its_day",
                violation_error_message=_("Say by which day presale goods ship."),
            ),
        ]

    def __str__(self):
        return str(self.sku)

    @property
    def show(self):
        """The show in which it is made."""
        return self.item.show

    @property
    def show_id(self):
        return self.item.show_id
