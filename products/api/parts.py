"""Papers, verifications, samples and holds of products."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from products.actions import credential as credential_actions
from products.actions import hold as hold_actions
from products.actions import sample as sample_actions
from products.api.serializers import (
    AppealInput,
    ProductCredentialSerializer,
    ProductHoldSerializer,
    ProductVerificationSerializer,
    SampleSerializer,
    TrialInput,
)
from products.filters import (
    ProductCredentialFilter,
    ProductHoldFilter,
    ProductVerificationFilter,
    SampleFilter,
)
from products.models import ProductCredential, ProductHold, ProductVerification, Sample


def put(obj, values):
    """Change a part's values; the product it belongs to stays."""
    if values.pop("product", obj.product) != obj.product:
        raise ValidationError({"product": [_("This stays with its product.")]})
    for name, value in values.items():
        setattr(obj, name, value)
    return obj


class ProductCredentialViewSet(RecordViewSet):
    """Test reports, certificates and filings with their files."""

    queryset = ProductCredential.objects.select_related("product", "kind", "document")
    serializer_class = ProductCredentialSerializer
    filterset_class = ProductCredentialFilter
    ordering_fields = ["valid_from", "updated_at"]
    verbs = [Verb("withdraw", credential_actions.withdraw)]

    def add(self, values):
        file = values.pop("file", None)
        return credential_actions.add(ProductCredential(**values), file, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        file = values.pop("file", None)
        return credential_actions.change(put(obj, values), file, by=self.request.user, at=clock.now())


class ProductVerificationViewSet(ReadViewSet):
    """How items were verified; new answers are given by the product's own verbs."""

    queryset = ProductVerification.objects.all()
    serializer_class = ProductVerificationSerializer
    filterset_class = ProductVerificationFilter
    ordering_fields = ["verified_on"]


class SampleViewSet(RecordViewSet):
    """Samples from their coming to their return."""

    queryset = Sample.objects.select_related("product")
    serializer_class = SampleSerializer
    filterset_class = SampleFilter
    ordering_fields = ["received_on"]
    verbs = [
        Verb("record_trial", sample_actions.record_trial, TrialInput),
        Verb("give_back", sample_actions.give_back),
    ]

    def add(self, values):
        return sample_actions.receive(Sample(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        return sample_actions.change(put(obj, values), by=self.request.user, at=clock.now())


class ProductHoldViewSet(ReadViewSet):
    """Stops on products; they are placed by the product's own verbs."""

    queryset = ProductHold.objects.select_related("product")
    serializer_class = ProductHoldSerializer
    filterset_class = ProductHoldFilter
    ordering_fields = ["valid_from"]
    verbs = [
        Verb("appeal", hold_actions.appeal, AppealInput),
        Verb("uphold", hold_actions.uphold, ReasonInput),
        Verb("lift", hold_actions.lift, ReasonInput),
    ]
