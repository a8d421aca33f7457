"""Streamers for programs: from draft to end, personal data masked."""

from dataclasses import replace

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.schema import FindingSerializer
from mcn.kit.api.serializers import ChildSerializer, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import Verb
from streamers.actions import application as application_actions
from streamers.actions import hold as hold_actions
from streamers.actions import streamer as streamer_actions
from streamers.actions.verification import check_real_name, verify
from streamers.api.base import WHEN, ActionsViewSet
from streamers.api.hold import StreamerBlacklistInput, StreamerHoldInput
from streamers.api.verification import StreamerVerifyInput
from streamers.filters.streamer import StreamerFilter
from streamers.models import PlatformAccount, Streamer
from streamers.rules.application import oddities
from streamers.rules.overview import report_of


class PlatformAccountChildSerializer(ChildSerializer):
    platform_name = serializers.CharField(source="platform.name", read_only=True)

    class Meta:
        model = PlatformAccount
        fields = ["id", "platform", "platform_name", "account", "followers", "real_name_on"]
        only = {"ended_on": None}


class StreamerSerializer(RecordSerializer):
    accounts = PlatformAccountChildSerializer(many=True, read_only=True)
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = Streamer
        fields = [
            "id",
            "code",
            "kind",
            "engagement",
            "stage_name",
            "name",
            "document_type",
            "id_number",
            "phone",
            "address",
            "experience",
            "organisation",
            "organisation_uscc",
            "manager",
            "state",
            "applied_at",
            "activated_on",
            "ended_on",
            "comment",
            *WHEN,
            "accounts",
            "warnings",
        ]
        read_only_fields = ["code", "applied_at", "activated_on", "ended_on", "comment"]

    def get_warnings(self, streamer) -> list[str]:
        """What is odd about the ID number without being wrong."""
        return oddities(streamer, clock.today())


class StreamerBlockersSerializer(serializers.Serializer):
    """What stands in the way on a day."""

    on = serializers.DateField()
    blocked = serializers.BooleanField()
    findings = FindingSerializer(many=True)


class StreamerViewSet(ActionsViewSet):
    """Streamers from draft to end, with their accounts on platforms; personal data is masked."""

    queryset = Streamer.objects.prefetch_related(
        Prefetch("accounts", PlatformAccount.objects.filter(ended_on=None).select_related("platform"))
    )
    serializer_class = StreamerSerializer
    filterset_class = StreamerFilter
    list_fields = (
        "id",
        "code",
        "kind",
        "engagement",
        "stage_name",
        "manager",
        "state",
        "applied_at",
        "activated_on",
        "created_at",
        "updated_at",
        "version",
    )
    ordering_fields = ["code", "stage_name", "updated_at"]
    actions = application_actions
    verbs = [
        Verb("apply", application_actions.apply),
        Verb("send_back", application_actions.send_back, ReasonInput),
        Verb("verify", verify, StreamerVerifyInput),
        Verb("check_real_name", check_real_name),
        Verb("accept", streamer_actions.accept),
        Verb("graduate", streamer_actions.graduate),
        Verb("activate", streamer_actions.activate),
        Verb("suspend", streamer_actions.suspend, ReasonInput),
        Verb("resume", streamer_actions.resume),
        Verb("end", streamer_actions.end, ReasonInput),
        Verb("reopen", streamer_actions.reopen),
        Verb("hold", hold_actions.hold, StreamerHoldInput),
        Verb("blacklist", hold_actions.blacklist, StreamerBlacklistInput),
    ]

    @extend_schema(responses=StreamerBlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What stands between the streamer and the next step today; of an active one, the camera."""
        on = clock.today()
        report = report_of(self.get_object(), on)
        # The pages that mend a row are the back office's.
        findings = [row if request.user.is_staff else replace(row, mend_url="") for row in report.findings]
        told = {"on": on, "blocked": bool(report.blockers), "findings": [row.as_dict() for row in findings]}
        return Response(told)
