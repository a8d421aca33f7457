"""The register of advertisements, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import Input, NoteInput, ReasonInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import RecordViewSet, Verb
from streamers.actions import ad_entry as ad_actions
from streamers.api.base import WHEN
from streamers.api.credential import file_field
from streamers.filters.ad_entry import AdEntryFilter
from streamers.models import AdEntry, Show


class RegisterInput(Input):
    """The show whose goods are put on the register."""

    show = VisibleRelatedField(queryset=Show.objects.all())


class RegisteredSerializer(serializers.Serializer):
    """How many entries were made, or accepted anew."""

    show = serializers.IntegerField()
    entries = serializers.IntegerField()


class ArchiveInput(NoteInput):
    """What came of it in the show."""

    beyond_material = serializers.BooleanField(default=False)
    file = file_field()


class AdEntrySerializer(RecordSerializer):
    class Meta:
        model = AdEntry
        fields = [
            "id",
            "show",
            "item",
            "product_name",
            "card_version",
            "advertiser",
            "operator",
            "publisher",
            "endorsers",
            "beyond_material",
            "state",
            "accepted_at",
            "reviewed_at",
            "archived_at",
            "comment",
            *WHEN,
        ]
        read_only_fields = [
            "show",
            "item",
            "product_name",
            "card_version",
            "beyond_material",
            "accepted_at",
            "reviewed_at",
            "archived_at",
            "comment",
        ]


class AdEntryViewSet(RecordViewSet):
    """Who answers for the advertisements of a show, and whether they may be shown."""

    http_method_names = ["get", "post", "put", "patch", "head", "options"]
    queryset = AdEntry.objects.select_related("show", "item", "card_version")
    serializer_class = AdEntrySerializer
    filterset_class = AdEntryFilter
    ordering_fields = ["accepted_at"]
    verbs = [
        Verb("review", ad_actions.review),
        Verb("refuse", ad_actions.refuse, ReasonInput),
        Verb("exempt", ad_actions.exempt, ReasonInput),
        Verb("accept", ad_actions.accept),
        Verb("archive", ad_actions.archive, ArchiveInput),
    ]

    @extend_schema(request=RegisterInput, responses=RegisteredSerializer)
    def create(self, request, *args, **kwargs):
        """Put a show's goods on the register; what changed since it was reviewed is accepted anew."""
        given = RegisterInput(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        show = given.validated_data["show"]
        entries = ad_actions.register(show, by=request.user, at=clock.now())
        return Response({"show": show.pk, "entries": len(entries)}, 201)

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return ad_actions.change(obj, by=self.request.user, at=clock.now())
