"""Who runs rooms, for programs: their papers and the licences that their business needs."""

from mcn.kit.api.serializers import ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import Verb
from merchants.api.viewsets import ActionsViewSet
from streamers.actions import entity_requirement as requirement_actions
from streamers.actions import live_entity as entity_actions
from streamers.api.base import WHEN
from streamers.api.credential import PAPER_FIELDS, PROOF_FIELDS, CredentialViewSet, file_field
from streamers.filters.room import EntityPaperFilter, EntityRequirementFilter, LiveEntityFilter
from streamers.models import EntityPaper, EntityRequirement, LiveEntity


class LiveEntitySerializer(RecordSerializer):
    class Meta:
        model = LiveEntity
        fields = [
            "id",
            "kind",
            "operation",
            "name",
            "uscc",
            "person_name",
            "document_type",
            "id_number",
            "merchant",
            "streamer",
            "ended_on",
            *WHEN,
        ]
        read_only_fields = ["ended_on"]


class EntityPaperSerializer(RecordSerializer):
    """A paper; its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = EntityPaper
        fields = [
            "id",
            "entity",
            "kind",
            "permit",
            "settles_duties",
            *PAPER_FIELDS,
            "file",
            *PROOF_FIELDS,
            *WHEN,
        ]
        read_only_fields = PROOF_FIELDS
        fixed = ["entity"]


class EntityRequirementSerializer(RecordSerializer):
    class Meta:
        model = EntityRequirement
        fields = ["id", "entity", "permit", "category", "valid_from", "valid_to", "source", *WHEN]
        fixed = ["entity"]


class LiveEntityViewSet(ActionsViewSet):
    """The firms and people that run rooms; who a person is goes out masked."""

    queryset = LiveEntity.objects.select_related("merchant", "streamer")
    serializer_class = LiveEntitySerializer
    filterset_class = LiveEntityFilter
    ordering_fields = ["name", "updated_at"]
    actions = entity_actions
    verbs = [Verb("end", entity_actions.end, ReasonInput)]


class EntityPaperViewSet(CredentialViewSet):
    """The papers of live entities, with their files."""

    queryset = EntityPaper.objects.select_related("entity", "permit", "document")
    serializer_class = EntityPaperSerializer
    filterset_class = EntityPaperFilter


class EntityRequirementViewSet(ActionsViewSet):
    """The licences that entities need for their business or for goods that they show."""

    queryset = EntityRequirement.objects.select_related("entity", "permit", "category")
    serializer_class = EntityRequirementSerializer
    filterset_class = EntityRequirementFilter
    actions = requirement_actions
