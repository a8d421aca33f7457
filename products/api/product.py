"""Products, their SKUs and prices."""

from dataclasses import replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.fields import ChoiceField, DateField
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from products.actions import hold as hold_actions
from products.actions import product as product_actions
from products.actions.sku import put_skus
from products.actions.verification import verify, verify_all
from products.api.serializers import (
    BlacklistInput,
    BlockersSerializer,
    HoldInput,
    PriceRecordSerializer,
    ProductSerializer,
    SkuSerializer,
    VerifyInput,
)
from products.filters import PriceRecordFilter, ProductFilter, SkuFilter
from products.models import PriceRecord, Product, ProductCredential, ProductVerification, Sku
from products.rules.listing import LISTING
from products.rules.submission import SUBMISSION

GATES = {"listing": LISTING, "submission": SUBMISSION}


class ProductViewSet(RecordViewSet):
    """Products from draft to delisted, with their SKUs, papers and verifications."""

    queryset = Product.objects.prefetch_related(
        "skus__product",
        Prefetch("verifications", ProductVerification.objects.filter(superseded_at=None)),
        Prefetch("credentials", ProductCredential.objects.filter(ended_on=None).select_related("kind")),
    )
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    list_fields = (
        "id",
        "merchant",
        "code",
        "name",
        "category",
        "brand",
        "state",
        "price_from",
        "barcodes",
        "created_at",
        "updated_at",
        "version",
        "verifications",
    )
    ordering_fields = ["code", "name", "updated_at"]
    verbs = [
        Verb("submit", product_actions.submit),
        Verb("withdraw", product_actions.withdraw),
        Verb("verify", verify, VerifyInput),
        Verb("verify_all", verify_all),
        Verb("approve", product_actions.approve),
        Verb("send_back", product_actions.send_back, ReasonInput),
        Verb("delist", product_actions.delist, ReasonInput),
        Verb("hold", hold_actions.hold, HoldInput),
        Verb("blacklist", hold_actions.blacklist, BlacklistInput),
    ]

    def add(self, values):
        return product_actions.add(Product(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        if values.pop("merchant", obj.merchant) != obj.merchant:
            raise ValidationError({"merchant": [_("A product stays with its merchant.")]})
        for name, value in values.items():
            setattr(obj, name, value)
        return product_actions.change(obj, by=self.request.user, at=clock.now())

    @extend_schema(
        parameters=[
            OpenApiParameter("on", str, description="The day, today where it is left out."),
            OpenApiParameter("gate", str, enum=list(GATES), default="listing"),
        ],
        responses=BlockersSerializer,
    )
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What stands between the product and its listing, or its submission, on a day."""
        on, gate = self._asked()
        report = GATES[gate].inspect(self.get_object(), on=on)
        # The pages that mend a row are the back office's.
        findings = [row if request.user.is_staff else replace(row, mend_url="") for row in report.findings]
        told = {"on": on, "blocked": bool(report.blockers), "findings": [row.as_dict() for row in findings]}
        return Response(told)

    def _asked(self):
        fields = {"on": DateField(), "gate": ChoiceField(list(GATES))}
        asked = {"on": f"{clock.today()}", "gate": "listing"} | self.request.query_params.dict()
        unknown = {name: [_("There is no such filter.")] for name in asked if name not in fields}
        if unknown:
            raise ValidationError(unknown)
        found, errors = {}, {}
        for name, field in fields.items():
            try:
                found[name] = field.run_validation(asked[name])
            except ValidationError as error:
                errors[name] = error.detail
        if errors:
            raise ValidationError(errors)
        return found["on"], found["gate"]


class SkuViewSet(RecordViewSet):
    """What can be ordered; a changed price goes into the price history."""

    queryset = Sku.objects.select_related("product")
    serializer_class = SkuSerializer
    filterset_class = SkuFilter
    list_fields = (
        "id",
        "product",
        "code",
        "specification",
        "gtin",
        "price",
        "list_price",
        "stock",
        "on_sale",
        "lowest_before",
        "created_at",
        "updated_at",
        "version",
    )
    ordering_fields = ["code", "price", "updated_at"]

    def add(self, values):
        return self._put(Sku(**values))

    def change(self, obj, values):
        if values.pop("product", obj.product) != obj.product:
            raise ValidationError({"product": [_("A SKU stays with its product.")]})
        for name, value in values.items():
            setattr(obj, name, value)
        return self._put(obj)

    def _put(self, sku):
        put_skus(sku.product, [sku], by=self.request.user, at=clock.now())
        return sku


class PriceRecordViewSet(ReadViewSet):
    """Every price that was ever charged or struck through."""

    queryset = PriceRecord.objects.all()
    serializer_class = PriceRecordSerializer
    filterset_class = PriceRecordFilter
    ordering_fields = ["from_at"]
