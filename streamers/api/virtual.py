"""What stands behind virtual streamers, for programs."""

from rest_framework import serializers

from mcn.kit.api.serializers import Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import Verb
from merchants.api.viewsets import ActionsViewSet
from streamers.actions import design as design_actions
from streamers.actions import likeness as likeness_actions
from streamers.actions import virtual as virtual_actions
from streamers.api.credential import PAPER_FIELDS, PROOF_FIELDS, AddedViewSet, CredentialViewSet, file_field
from streamers.filters.virtual import (
    DesignFilter,
    LikenessConsentFilter,
    VirtualProfileFilter,
    VirtualRightFilter,
)
from streamers.models import Design, LikenessConsent, VirtualProfile, VirtualRight

WHEN = ["created_at", "updated_at"]


class LikenessGiveInput(Input):
    """The signed consent and its span, as multipart form data."""

    file = serializers.FileField(allow_empty_file=True)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()


class VirtualProfileSerializer(RecordSerializer):
    class Meta:
        model = VirtualProfile
        fields = [
            "id",
            "streamer",
            "label",
            "technician",
            "technician_name",
            "equipment",
            "likeness_of_a_person",
            "voice_of_a_person",
            *WHEN,
        ]
        fixed = ["streamer"]


class VirtualRightSerializer(RecordSerializer):
    """A licence or proof; its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = VirtualRight
        fields = [
            "id",
            "streamer",
            "basis",
            "holder",
            "scope",
            *PAPER_FIELDS,
            "file",
            *PROOF_FIELDS,
            *WHEN,
        ]
        read_only_fields = PROOF_FIELDS
        fixed = ["streamer"]


class LikenessConsentSerializer(RecordSerializer):
    class Meta:
        model = LikenessConsent
        fields = [
            "id",
            "streamer",
            "kind",
            "owner_name",
            "owner_id_number",
            "scope",
            "state",
            "valid_from",
            "valid_to",
            "revoked_on",
            *WHEN,
        ]
        read_only_fields = ["valid_from", "valid_to", "revoked_on"]
        fixed = ["streamer"]


class DesignSerializer(RecordSerializer):
    """A design; its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = Design
        fields = [
            "id",
            "streamer",
            "part",
            "title",
            "description",
            "file",
            "state",
            "decided_on",
            "comment",
            *WHEN,
        ]
        read_only_fields = ["decided_on", "comment"]
        fixed = ["streamer"]


class VirtualProfileViewSet(ActionsViewSet):
    """The labels, technicians and sources of virtual streamers."""

    queryset = VirtualProfile.objects.select_related("streamer", "technician")
    serializer_class = VirtualProfileSerializer
    filterset_class = VirtualProfileFilter
    actions = virtual_actions


class VirtualRightViewSet(CredentialViewSet):
    """The rights to images, with their files."""

    queryset = VirtualRight.objects.select_related("streamer", "document")
    serializer_class = VirtualRightSerializer
    filterset_class = VirtualRightFilter


class LikenessConsentViewSet(AddedViewSet):
    """Whose likeness or voice is used, for staff; who it is goes out masked."""

    queryset = LikenessConsent.objects.select_related("streamer")
    serializer_class = LikenessConsentSerializer
    filterset_class = LikenessConsentFilter
    actions = likeness_actions
    verbs = [
        Verb("give", likeness_actions.give, LikenessGiveInput),
        Verb("revoke", likeness_actions.revoke, ReasonInput),
        Verb("drop", likeness_actions.drop, ReasonInput),
    ]


class DesignViewSet(AddedViewSet):
    """Designs, handed in and decided on by another."""

    queryset = Design.objects.select_related("streamer")
    serializer_class = DesignSerializer
    filterset_class = DesignFilter
    actions = design_actions
    verbs = [
        Verb("approve", design_actions.approve),
        Verb("refuse", design_actions.refuse, ReasonInput),
        Verb("retire", design_actions.retire),
    ]
