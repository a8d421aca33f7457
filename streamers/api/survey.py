"""Surveys of satisfaction, for programs."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet
from streamers.actions import survey as survey_actions
from streamers.api.base import WHEN
from streamers.filters.survey import SatisfactionSurveyFilter
from streamers.models import SatisfactionSurvey


class SatisfactionSurveySerializer(RecordSerializer):
    """A survey; its report is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = SatisfactionSurvey
        fields = [
            "id",
            "audience",
            "platform",
            "held_from",
            "held_to",
            "asked",
            "answered",
            "satisfied",
            "findings",
            "measures",
            "file",
            *WHEN,
        ]


class SatisfactionSurveyViewSet(RecordViewSet):
    """What streamers and merchants said; recorded with the report, never changed."""

    queryset = SatisfactionSurvey.objects.all()
    serializer_class = SatisfactionSurveySerializer
    filterset_class = SatisfactionSurveyFilter
    ordering_fields = ["held_to"]
    http_method_names = ["get", "post", "head", "options"]

    def add(self, values):
        file = values.pop("file", None)
        return survey_actions.record(SatisfactionSurvey(**values), file, by=self.request.user, at=clock.now())
