"""Penalties for false advertising, for programs."""

from mcn.kit.api.serializers import ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import Verb
from streamers.actions import ad_penalty as ad_penalty_actions
from streamers.api.credential import AddedViewSet, file_field
from streamers.filters.ad_penalty import AdPenaltyFilter
from streamers.models import AdPenalty


class AdPenaltySerializer(RecordSerializer):
    """A decision; whom it is about goes out masked, and its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = AdPenalty
        fields = [
            "id",
            "party",
            "name",
            "id_number",
            "uscc",
            "number",
            "authority",
            "decided_on",
            "barred_to",
            "conduct",
            "source",
            "file",
            "state",
            "revoked_on",
            "comment",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["barred_to", "revoked_on", "comment"]


class AdPenaltyViewSet(AddedViewSet):
    """Decisions against people and organisations; ``party_number`` looks one up by the full number."""

    queryset = AdPenalty.objects.all()
    serializer_class = AdPenaltySerializer
    filterset_class = AdPenaltyFilter
    ordering_fields = ["decided_on", "barred_to"]
    actions = ad_penalty_actions
    verbs = [Verb("revoke", ad_penalty_actions.revoke, ReasonInput)]
