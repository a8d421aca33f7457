"""The addresses of products under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from products.api.card import CardVersionViewSet, CardViewSet, SellingPointViewSet
from products.api.parts import (
    ProductCredentialViewSet,
    ProductHoldViewSet,
    ProductVerificationViewSet,
    SampleViewSet,
)
from products.api.product import PriceRecordViewSet, ProductViewSet, SkuViewSet

router = SimpleRouter()
router.register("products", ProductViewSet)
router.register("skus", SkuViewSet)
router.register("price-records", PriceRecordViewSet)
router.register("product-credentials", ProductCredentialViewSet)
router.register("product-verifications", ProductVerificationViewSet)
router.register("samples", SampleViewSet)
router.register("product-holds", ProductHoldViewSet)
router.register("cards", CardViewSet)
router.register("card-versions", CardVersionViewSet)
router.register("selling-points", SellingPointViewSet)
urlpatterns = router.urls
