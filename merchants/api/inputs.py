"""What the verbs of merchants take."""

from rest_framework import serializers

from mcn.kit.api.schema import FindingSerializer
from mcn.kit.api.serializers import Input, VisibleRelatedField
from merchants.actions.verification import Answer
from merchants.models import Category, MerchantVerification


class MerchantAnswerInput(Input):
    """What was found out about one item."""

    item = serializers.ChoiceField(choices=MerchantVerification.Item.choices)
    outcome = serializers.ChoiceField(choices=MerchantVerification.Outcome.choices)
    method = serializers.ChoiceField(choices=MerchantVerification.Method.choices)
    note = serializers.CharField(max_length=2_000)

    def to_internal_value(self, data):
        return Answer(**super().to_internal_value(data))


class MerchantVerifyInput(Input):
    """Answers on one or several items."""

    answers = MerchantAnswerInput(many=True, allow_empty=False)


class DeclareInput(Input):
    """One more category."""

    category = VisibleRelatedField(queryset=Category.objects.all())


class MerchantBlacklistInput(Input):
    """Why a merchant is blacklisted."""

    reason = serializers.CharField(max_length=2_000)


class MerchantHoldInput(MerchantBlacklistInput):
    """Why a merchant is stopped, and for how long."""

    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_to = serializers.DateField(required=False, allow_null=True)


class MerchantAppealInput(Input):
    """What the merchant says against a hold."""

    appeal = serializers.CharField(max_length=2_000)


class SignInput(Input):
    """The signed agreement, as multipart form data."""

    file = serializers.FileField(allow_empty_file=True)
    signed_on = serializers.DateField()


class MerchantBlockersSerializer(serializers.Serializer):
    """What stands in the way on a day."""

    on = serializers.DateField()
    blocked = serializers.BooleanField()
    findings = FindingSerializer(many=True)
