"""The addresses of merchants under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from merchants.api import viewsets

router = SimpleRouter()
router.register("merchants", viewsets.MerchantViewSet)
router.register("merchant-contacts", viewsets.ContactViewSet)
router.register("business-lines", viewsets.BusinessLineViewSet)
router.register("merchant-credentials", viewsets.MerchantCredentialViewSet)
router.register("merchant-verifications", viewsets.MerchantVerificationViewSet)
router.register("agreements", viewsets.AgreementViewSet)
router.register("merchant-holds", viewsets.MerchantHoldViewSet)
router.register("categories", viewsets.CategoryViewSet)
router.register("credential-kinds", viewsets.CredentialKindViewSet)
urlpatterns = router.urls
