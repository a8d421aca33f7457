"""The resources of merchants."""

from dataclasses import replace

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from merchants.actions import agreement as agreement_actions
from merchants.actions import contact as contact_actions
from merchants.actions import credential as credential_actions
from merchants.actions import hold as hold_actions
from merchants.actions import merchant as merchant_actions
from merchants.actions.verification import verify
from merchants.api.inputs import (
    DeclareInput,
    MerchantAppealInput,
    MerchantBlacklistInput,
    MerchantBlockersSerializer,
    MerchantHoldInput,
    MerchantVerifyInput,
    SignInput,
)
from merchants.api.serializers import (
    AgreementSerializer,
    BusinessLineSerializer,
    CategorySerializer,
    ContactSerializer,
    CredentialKindSerializer,
    MerchantCredentialSerializer,
    MerchantHoldSerializer,
    MerchantSerializer,
    MerchantVerificationSerializer,
)
from merchants.filters import (
    AgreementFilter,
    BusinessLineFilter,
    CategoryFilter,
    ContactFilter,
    CredentialKindFilter,
    MerchantCredentialFilter,
    MerchantFilter,
    MerchantHoldFilter,
    MerchantVerificationFilter,
)
from merchants.models import (
    Agreement,
    BusinessLine,
    Category,
    CategoryRequirement,
    Contact,
    CredentialKind,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)
from merchants.rules.admission import ADMISSION


class ActionsViewSet(RecordViewSet):
    """Rows that come by an ``add`` and change by a ``change`` of an actions module."""

    actions = None

    def add(self, values):
        return self.actions.add(self.queryset.model(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return self.actions.change(obj, by=self.request.user, at=clock.now())


class MerchantViewSet(ActionsViewSet):
    """Merchants from draft to exit, with contacts (masked), lines of business, papers and agreements."""

    queryset = Merchant.objects.prefetch_related(
        Prefetch("contacts", Contact.objects.filter(ended_on=None)),
        Prefetch("business_lines", BusinessLine.objects.filter(ended_on=None).select_related("category")),
        Prefetch("credentials", MerchantCredential.objects.filter(ended_on=None).select_related("kind")),
        "agreements",
    )
    serializer_class = MerchantSerializer
    filterset_class = MerchantFilter
    list_fields = (
        "id",
        "code",
        "kind",
        "name",
        "short_name",
        "uscc",
        "region",
        "state",
        "submitted_at",
        "admitted_on",
        "created_at",
        "updated_at",
        "version",
    )
    ordering_fields = ["code", "name", "updated_at"]
    actions = merchant_actions
    verbs = [
        Verb("submit", merchant_actions.submit),
        Verb("send_back", merchant_actions.send_back, ReasonInput),
        Verb("verify", verify, MerchantVerifyInput),
        Verb("admit", merchant_actions.admit),
        Verb("suspend", merchant_actions.suspend, ReasonInput),
        Verb("resume", merchant_actions.resume),
        Verb("exit", merchant_actions.exit, ReasonInput),
        Verb("reopen", merchant_actions.reopen),
        Verb("declare", merchant_actions.declare, DeclareInput),
        Verb("hold", hold_actions.hold, MerchantHoldInput),
        Verb("blacklist", hold_actions.blacklist, MerchantBlacklistInput),
    ]

    @extend_schema(responses=MerchantBlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What stands between the merchant and its admission today."""
        on = clock.today()
        report = ADMISSION.inspect(self.get_object(), on=on)
        # The pages that mend a row are the back office's.
        findings = [row if request.user.is_staff else replace(row, mend_url="") for row in report.findings]
        told = {"on": on, "blocked": bool(report.blockers), "findings": [row.as_dict() for row in findings]}
        return Response(told)


class ContactViewSet(ActionsViewSet):
    """Whom to call; personal data is masked."""

    queryset = Contact.objects.select_related("merchant")
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    actions = contact_actions
    verbs = [Verb("end", contact_actions.end)]


class BusinessLineViewSet(ReadViewSet):
    """In what merchants deal; declared by the merchant's own verb."""

    queryset = BusinessLine.objects.select_related("merchant", "category")
    serializer_class = BusinessLineSerializer
    filterset_class = BusinessLineFilter
    verbs = [Verb("give_up", merchant_actions.give_up)]


class MerchantCredentialViewSet(RecordViewSet):
    """Licences and permits with their files."""

    queryset = MerchantCredential.objects.select_related("merchant", "kind", "document")
    serializer_class = MerchantCredentialSerializer
    filterset_class = MerchantCredentialFilter
    ordering_fields = ["valid_from", "updated_at"]
    verbs = [Verb("withdraw", credential_actions.withdraw)]

    def add(self, values):
        file = values.pop("file", None)
        made = MerchantCredential(**values)
        return credential_actions.add(made, file, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        file = values.pop("file", None)
        for name, value in values.items():
            setattr(obj, name, value)
        return credential_actions.change(obj, file, by=self.request.user, at=clock.now())


class MerchantVerificationViewSet(ReadViewSet):
    """How merchants were verified, for staff; new answers are given by the merchant's own verb."""

    queryset = MerchantVerification.objects.all()
    serializer_class = MerchantVerificationSerializer
    filterset_class = MerchantVerificationFilter
    ordering_fields = ["verified_on"]


class AgreementViewSet(ActionsViewSet):
    """Agreements, drafted and signed."""

    queryset = Agreement.objects.select_related("merchant")
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    ordering_fields = ["number", "valid_to"]
    actions = agreement_actions
    verbs = [
        Verb("sign", agreement_actions.sign, SignInput),
        Verb("end", agreement_actions.end),
    ]


class MerchantHoldViewSet(ReadViewSet):
    """Stops on merchants; they are placed by the merchant's own verbs."""

    queryset = MerchantHold.objects.select_related("merchant")
    serializer_class = MerchantHoldSerializer
    filterset_class = MerchantHoldFilter
    ordering_fields = ["valid_from"]
    verbs = [
        Verb("appeal", hold_actions.appeal, MerchantAppealInput),
        Verb("uphold", hold_actions.uphold, ReasonInput),
        Verb("lift", hold_actions.lift, ReasonInput),
    ]


class CategoryViewSet(ReadViewSet):
    """The category tree, for everybody who is signed in."""

    queryset = Category.objects.prefetch_related(
        Prefetch("requirements", CategoryRequirement.objects.filter(ended_on=None).select_related("kind"))
    )
    serializer_class = CategorySerializer
    filterset_class = CategoryFilter
    ordering_fields = ["code"]


class CredentialKindViewSet(ReadViewSet):
    """The kinds of papers, for everybody who is signed in."""

    queryset = CredentialKind.objects.all()
    serializer_class = CredentialKindSerializer
    filterset_class = CredentialKindFilter
    ordering_fields = ["code"]
