"""Qualifications, their reports to platforms, and fields of work, for programs."""

from rest_framework import serializers

from mcn.agency.models import Platform
from mcn.kit import clock
from mcn.kit.api.serializers import Input, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import ReadViewSet, Verb
from streamers.actions import qualification as qualification_actions
from streamers.api.credential import (
    PAPER_FIELDS,
    PROOF_FIELDS,
    VERIFY,
    WITHDRAW,
    AddedViewSet,
    CredentialViewSet,
    file_field,
)
from streamers.filters.qualification import QualificationFilter, QualificationReportFilter, SpecialismFilter
from streamers.models import Qualification, QualificationReport, Specialism

WHEN = ["created_at", "updated_at"]


class QualificationReportInput(Input):
    """That a platform was told; the receipt may come along as a file."""

    platform = VisibleRelatedField(queryset=Platform.objects.all())
    reported_on = serializers.DateField()
    receipt = serializers.CharField(required=False, allow_blank=True, max_length=80)
    file = serializers.FileField(required=False, allow_empty_file=True)


class QualificationSerializer(RecordSerializer):
    """A licence to practise; its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = Qualification
        fields = ["id", "streamer", "field", "name", *PAPER_FIELDS, "file", *PROOF_FIELDS, *WHEN]
        read_only_fields = PROOF_FIELDS
        fixed = ["streamer"]


class QualificationReportSerializer(RecordSerializer):
    class Meta:
        model = QualificationReport
        fields = ["id", "qualification", "platform", "reported_on", "receipt", "created_at"]
        read_only_fields = fields


class SpecialismSerializer(RecordSerializer):
    class Meta:
        model = Specialism
        fields = ["id", "streamer", "field", "ended_on", *WHEN]
        read_only_fields = ["ended_on"]
        fixed = ["streamer"]


class QualificationViewSet(CredentialViewSet):
    """Licences to practise in a field, with their files."""

    queryset = Qualification.objects.select_related("streamer", "document")
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter
    verbs = [VERIFY, Verb("report", qualification_actions.report, QualificationReportInput), WITHDRAW]


class QualificationReportViewSet(ReadViewSet):
    """What platforms were told; reports are made by the qualification's own verb."""

    queryset = QualificationReport.objects.select_related("qualification")
    serializer_class = QualificationReportSerializer
    filterset_class = QualificationReportFilter
    ordering_fields = ["reported_on"]


class SpecialismViewSet(AddedViewSet):
    """The fields in which streamers work."""

    queryset = Specialism.objects.select_related("streamer")
    serializer_class = SpecialismSerializer
    filterset_class = SpecialismFilter
    verbs = [Verb("give_up", qualification_actions.give_up)]

    def add(self, values):
        return qualification_actions.declare(Specialism(**values), by=self.request.user, at=clock.now())
