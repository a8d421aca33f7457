"""Streamers' contracts, for programs."""

from mcn.kit.api.serializers import Input, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import Verb
from merchants.api.inputs import SignInput
from merchants.api.viewsets import ActionsViewSet
from streamers.actions import contract as contract_actions
from streamers.filters.contract import ContractFilter
from streamers.models import Contract


class SuccessorInput(Input):
    """The contract that takes this one's place."""

    successor = VisibleRelatedField(queryset=Contract.objects.all())


class ContractSerializer(RecordSerializer):
    class Meta:
        model = Contract
        fields = [
            "id",
            "streamer",
            "kind",
            "number",
            "renews",
            "agency_party",
            "streamer_party",
            "valid_from",
            "valid_to",
            "obligations",
            "wording",
            "state",
            "signed_on",
            "ended_on",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["signed_on", "ended_on"]
        fixed = ["streamer"]


class ContractViewSet(ActionsViewSet):
    """Contracts, drafted, signed and followed by others."""

    queryset = Contract.objects.select_related("streamer")
    serializer_class = ContractSerializer
    filterset_class = ContractFilter
    ordering_fields = ["number", "valid_to"]
    actions = contract_actions
    verbs = [
        Verb("sign", contract_actions.sign, SignInput),
        Verb("supersede", contract_actions.supersede, SuccessorInput),
        Verb("end", contract_actions.end),
    ]
