"""A merchant's product: every fact that buyers must be told, and its life from draft to delisted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from merchants.models import Category, Merchant, OwnedQuerySet


class PartQuerySet(models.QuerySet):
    """Rows that belong to a product."""

    product = "product"

    def visible_to(self, user):
        """Every row for staff who may view the model; for others the rows of the products they see."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        return self.filter(**{f"{self.product}__in": Product.objects.visible_to(user)})


class Product(Record):
    """What a merchant offers, by the facts of DB4401 5.1.2.5 in its own words, and how far its review is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        VERIFIED = "verified", _("passed")
        RETURNED = "returned", _("sent back")
        DELISTED = "delisted", _("delisted")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED, State.DELISTED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        approve=([State.SUBMITTED], State.VERIFIED),
        send_back=([State.SUBMITTED], State.RETURNED),
        delist=([State.VERIFIED], State.DELISTED),
    )

    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        related_name="products",
        verbose_name=_("merchant"),
        # Served, like the category, by the indexes below that begin with it.
        db_index=False,
    )
    code = models.CharField(_("product number"), max_length=60, help_text=_("The merchant's own number."))
    name = models.CharField(_("product name"), max_length=200)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("category"),
        db_index=False,
    )
    category_text = models.CharField(
        _("merchant's category"),
        max_length=200,
        blank=True,
        help_text=_("As the merchant's own sheet calls it."),
    )
    brand = models.CharField(_("brand"), max_length=100, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("Piece, bottle, box ..."))
    image = DocumentField(_("picture"))

    packaging = models.TextField(_("packaging"), blank=True)
    origin = models.CharField(_("place of origin"), max_length=200, blank=True)
    producer = models.CharField(_("producer"), max_length=200, blank=True)
    producer_address = models.CharField(_("producer's address"), max_length=300, blank=True)
    performance = models.TextField(_("performance"), blank=True)
    uses = models.TextField(_("uses"), blank=True)
    specification = models.CharField(_("specification"), max_length=500, blank=True)
    ingredients = models.TextField(_("ingredients or material"), blank=True)
    shelf_life_days = models.PositiveIntegerField(_("shelf life in days"), null=True, blank=True)
    validity_term = models.CharField(
        _("validity in words"),
        max_length=100,
        blank=True,
        help_text=_("Where days do not say it, for example long-term."),
    )
    service_promises = models.TextField(_("service promises"), blank=True)
    standard = models.CharField(
        _("executing standard"), max_length=200, blank=True, help_text=_("Such as GB/T 20981.")
    )
    marks = models.TextField(_("marks and certificates"), blank=True)
    net_content = models.CharField(
        _("net content"), max_length=100, blank=True, help_text=_("Measured as labelled.")
    )
    intellectual_property = models.TextField(
        _("intellectual property"), blank=True, help_text=_("Trade mark, patent or licence behind the brand.")
    )
    traceability = models.TextField(
        _("traceability"),
        blank=True,
        help_text=_("Batch numbers or trace codes, and where they are looked up."),
    )
    list_price_basis = models.CharField(
        _("basis of the struck-through price"),
        max_length=200,
        blank=True,
        help_text=_("Which price is struck through, where and when it was charged."),
    )
    extra = models.JSONField(
        _("further columns"),
        default=dict,
        blank=True,
        help_text=_("Columns of the merchant's sheet without a field."),
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    submitted_by = ActorField(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    decision_note = models.TextField(_("reviewer's words"), blank=True, editable=False)

    # Sums of its SKUs, kept by products.actions.sku so that a list of a million needs no join.
    price_from = models.DecimalField(
        _("price from"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    barcodes = models.TextField(_("barcodes"), blank=True, editable=False)
    search = SearchField(sources=["name", "code", "brand", "barcodes"])

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "code"],
                name="product_code_once_a_merchant",
                violation_error_message=_("This merchant has a product with this number already."),
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "-id"], name="product_of_a_merchant"),
            models.Index(fields=["state", "-id"], name="product_in_a_state"),
            models.Index(fields=["category", "-id"], name="product_in_a_category"),
            TokenIndex(field="search", name="product_search"),
        ]
        permissions = [
            ("submit_product", _("Can submit products for review")),
            ("withdraw_product", _("Can withdraw products from review")),
            ("approve_product", _("Can pass products")),
            ("send_back_product", _("Can send products back")),
            ("delist_product", _("Can delist products")),
            ("verify_product", _("Can verify a product's items")),
            ("hold_product", _("Can place a hold on products")),
            ("blacklist_product", _("Can blacklist products")),
            ("cost_product", _("Can see cost prices")),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Names and numbers stand without the white space that sheets bring along."""
        self.name, self.brand, self.code = self.name.strip(), self.brand.strip(), normalise(self.code)
