"""Violations, the codes they go by, and what follows from them, for programs."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import Input, NoteInput, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from streamers.actions import correction as correction_actions
from streamers.actions import measure as measure_actions
from streamers.actions import violation as violation_actions
from streamers.filters.violation import (
    ConductMeasureFilter,
    CorrectionFilter,
    ViolationCodeFilter,
    ViolationFilter,
)
from streamers.models import (
    ConductMeasure,
    Correction,
    Severity,
    Violation,
    ViolationAction,
    ViolationCode,
)

WHEN = ["created_at", "updated_at"]
SAID_LATER = [
    "happened_on",
    "reported_at",
    "decided_at",
    "reason",
    "lapses_on",
    "appeal_until",
    "appeal",
    "appealed_at",
    "answer",
    "answered_at",
]


class ViolationSerializer(RecordSerializer):
    """A violation; its first piece of evidence is sent along as multipart form data."""

    clause = serializers.CharField(source="code.clause", read_only=True)
    name = serializers.CharField(source="code.name", read_only=True)
    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = Violation
        fields = [
            "id",
            "streamer",
            "code",
            "clause",
            "name",
            "happened_at",
            "place",
            "recording_second",
            "description",
            "severity",
            "points",
            "action",
            "state",
            *SAID_LATER,
            "file",
            *WHEN,
        ]
        read_only_fields = SAID_LATER
        fixed = ["streamer"]
        # What is left out comes from the tariff of the day.
        extra_kwargs = {name: {"required": False} for name in violation_actions.TARIFF}


class ConfirmInput(NoteInput):
    """How it weighs, where otherwise than reported; then the note is a must."""

    severity = serializers.ChoiceField(choices=Severity.choices, required=False)
    points = serializers.IntegerField(min_value=0, max_value=100, required=False)
    action = serializers.ChoiceField(choices=ViolationAction.choices, required=False)


class ViolationAppealInput(NoteInput):
    """What the streamer says against it, with a file as multipart form data; staff add who asked, and how."""

    appeal = serializers.CharField(max_length=2_000)
    file = serializers.FileField(required=False, allow_empty_file=True)


class ProofInput(Input):
    """One more piece of evidence, as multipart form data."""

    file = serializers.FileField(allow_empty_file=True)


class ViolationViewSet(RecordViewSet):
    """What streamers did wrong: reported, confirmed by somebody else, appealed against."""

    queryset = Violation.objects.select_related("streamer", "code")
    serializer_class = ViolationSerializer
    filterset_class = ViolationFilter
    ordering_fields = ["happened_at", "updated_at"]
    verbs = [
        Verb("confirm", violation_actions.confirm, ConfirmInput),
        Verb("dismiss", violation_actions.dismiss, ReasonInput),
        Verb("prove", violation_actions.prove, ProofInput),
        Verb("appeal", violation_actions.appeal, ViolationAppealInput),
        Verb("uphold", violation_actions.uphold, ReasonInput),
        Verb("overturn", violation_actions.overturn, ReasonInput),
    ]

    def add(self, values):
        file = values.pop("file", None)
        files = [file] if file else []
        return violation_actions.report(Violation(**values), files, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        values.pop("file", None)
        for name, value in values.items():
            setattr(obj, name, value)
        return violation_actions.change(obj, by=self.request.user, at=clock.now())


class ViolationCodeSerializer(RecordSerializer):
    class Meta:
        model = ViolationCode
        fields = ["id", "clause", "name", "told", "place", "ended_on"]
        read_only_fields = fields


class ViolationCodeViewSet(ReadViewSet):
    """The standards' own codes, for everybody who is signed in."""

    queryset = ViolationCode.objects.all()
    serializer_class = ViolationCodeSerializer
    filterset_class = ViolationCodeFilter
    ordering_fields = ["place"]


class CorrectionSerializer(RecordSerializer):
    class Meta:
        model = Correction
        fields = [
            "id",
            "streamer",
            "violation",
            "reminded_at",
            "reminder",
            "due_on",
            "state",
            "closed_on",
            "result",
            *WHEN,
        ]
        read_only_fields = fields


class CorrectionViewSet(ReadViewSet):
    """Reminders with a day by which a violation has to be put right."""

    queryset = Correction.objects.select_related("streamer")
    serializer_class = CorrectionSerializer
    filterset_class = CorrectionFilter
    ordering_fields = ["due_on"]
    verbs = [
        Verb("close", correction_actions.close, ReasonInput),
        Verb("cancel", correction_actions.cancel, ReasonInput),
    ]


class ConductMeasureSerializer(RecordSerializer):
    class Meta:
        model = ConductMeasure
        fields = [
            "id",
            "streamer",
            "kind",
            "points",
            "violation",
            "made_at",
            "state",
            "hold",
            "decided_at",
            "reason",
            *WHEN,
        ]
        read_only_fields = fields


class ConductMeasureViewSet(ReadViewSet):
    """What the thresholds of points led to, for staff."""

    queryset = ConductMeasure.objects.select_related("streamer")
    serializer_class = ConductMeasureSerializer
    filterset_class = ConductMeasureFilter
    ordering_fields = ["made_at"]
    verbs = [
        Verb("take", measure_actions.take),
        Verb("set_aside", measure_actions.set_aside, ReasonInput),
    ]
