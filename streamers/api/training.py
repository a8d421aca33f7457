"""Courses, sessions, attendance, the log, and who owes what, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import NoteInput, ReasonInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from merchants.api.viewsets import ActionsViewSet
from streamers.actions import course as course_actions
from streamers.actions import session as session_actions
from streamers.actions import training as training_actions
from streamers.filters.training import (
    AttendanceFilter,
    CourseFilter,
    MaterialFilter,
    TraineeFilter,
    TrainingRecordFilter,
    TrainingSessionFilter,
)
from streamers.models import Attendance, Course, Material, Trainee, TrainingRecord, TrainingSession
from streamers.rules.duty import Status, duties_of

WHEN = ["created_at", "updated_at"]
PEOPLE = ["trainee__streamer", "trainee__user", "trainee__contact__merchant"]


class CourseSerializer(RecordSerializer):
    class Meta:
        model = Course
        fields = [
            "id",
            "code",
            "name",
            "topic",
            "summary",
            "hours",
            "validity_months",
            "is_induction",
            "self_study",
            "needs_exam",
            "pass_mark",
            "questions_drawn",
            "minutes",
            "ended_on",
            *WHEN,
        ]
        read_only_fields = ["ended_on"]


class CourseViewSet(ActionsViewSet):
    """What people are trained in."""

    queryset = Course.objects.all()
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    ordering_fields = ["code"]
    actions = course_actions
    verbs = [Verb("end", course_actions.end)]


class MaterialSerializer(RecordSerializer):
    class Meta:
        model = Material
        fields = ["id", "course", "number", "changes", "text", "sha256", "state", "published_at", *WHEN]
        read_only_fields = fields


class MaterialViewSet(ReadViewSet):
    """Versions of what is taught; drafted in the back office."""

    queryset = Material.objects.select_related("course")
    serializer_class = MaterialSerializer
    filterset_class = MaterialFilter
    list_fields = ("id", "course", "number", "changes", "sha256", "state", "published_at", "version")
    verbs = [Verb("publish", course_actions.publish), Verb("retire", course_actions.retire)]


class EnrolInput(NoteInput):
    """Who is put on the list: words (streamer code, username, phone), or all who owe the course."""

    who = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=2_000)
    everybody_owing = serializers.BooleanField(required=False)

    def validate(self, given):
        return {**given, "who": " ".join(given.get("who", []))}


class MarkInput(NoteInput):
    """Who came and who did not, by the rows of the session's list."""

    present = VisibleRelatedField(queryset=Attendance.objects.all(), many=True, required=False)
    absent = VisibleRelatedField(queryset=Attendance.objects.all(), many=True, required=False)


class TrainingSessionSerializer(RecordSerializer):
    class Meta:
        model = TrainingSession
        fields = [
            "id",
            "course",
            "material",
            "starts_at",
            "ends_at",
            "place",
            "trainer",
            "hours",
            "note",
            "state",
            *WHEN,
        ]
        read_only_fields = ["material"]
        fixed = ["course"]


class TrainingSessionViewSet(ActionsViewSet):
    """Courses as they are held, from the plan to the log."""

    queryset = TrainingSession.objects.select_related("course")
    serializer_class = TrainingSessionSerializer
    filterset_class = TrainingSessionFilter
    ordering_fields = ["starts_at"]
    actions = session_actions
    verbs = [
        Verb("enrol", session_actions.enrol, EnrolInput),
        Verb("mark", session_actions.mark, MarkInput),
        Verb("close", session_actions.close),
        Verb("cancel", session_actions.cancel, ReasonInput),
    ]


class AttendanceSerializer(RecordSerializer):
    class Meta:
        model = Attendance
        fields = ["id", "session", "trainee", "state", "way", "came_at", *WHEN]
        read_only_fields = fields


class AttendanceViewSet(ReadViewSet):
    """Who was on which list, and who came."""

    queryset = Attendance.objects.select_related("session", "trainee")
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter


class TrainingRecordSerializer(RecordSerializer):
    class Meta:
        model = TrainingRecord
        fields = [
            "id",
            "trainee",
            "course",
            "session",
            "material",
            "attempt",
            "trained_on",
            "hours",
            "score",
            "result",
            "passed_on",
            "valid_to",
            "source",
            "note",
            "supersedes",
            "superseded_at",
            *WHEN,
        ]
        read_only_fields = [
            "session",
            "material",
            "attempt",
            "passed_on",
            "source",
            "supersedes",
            "superseded_at",
        ]


class CorrectInput(ReasonInput):
    """What a line should have said, and why it did not."""

    trained_on = serializers.DateField(required=False)
    hours = serializers.DecimalField(max_digits=5, decimal_places=1, min_value=0, required=False)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, required=False, allow_null=True)
    result = serializers.ChoiceField(choices=TrainingRecord.Result.choices, required=False)
    valid_to = serializers.DateField(required=False, allow_null=True)


class TrainingRecordViewSet(RecordViewSet):
    """The log: lines are added and corrected by new ones, never changed."""

    queryset = TrainingRecord.objects.select_related("course", *PEOPLE)
    serializer_class = TrainingRecordSerializer
    filterset_class = TrainingRecordFilter
    ordering_fields = ["trained_on"]
    http_method_names = ["get", "post", "head", "options"]
    verbs = [Verb("correct", training_actions.correct, CorrectInput)]

    def add(self, values):
        return training_actions.enter(TrainingRecord(**values), by=self.request.user, at=clock.now())


class DutySerializer(serializers.Serializer):
    """One thing that somebody owes, or has done."""

    trainee = serializers.IntegerField()
    label = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    due_on = serializers.DateField(allow_null=True)
    course = serializers.IntegerField(allow_null=True)
    topic = serializers.CharField(allow_blank=True)
    record = serializers.IntegerField(allow_null=True)
    progress = serializers.CharField(allow_blank=True)


class TraineeSerializer(RecordSerializer):
    class Meta:
        model = Trainee
        fields = ["id", "kind", "streamer", "user", "contact", "started_on", *WHEN]
        read_only_fields = fields


class TraineeViewSet(ReadViewSet):
    """Everybody who is trained; ``stands=overdue`` is the list of who is late today."""

    queryset = Trainee.objects.select_related("streamer", "user", "contact__merchant")
    serializer_class = TraineeSerializer
    filterset_class = TraineeFilter
    ordering_fields = ["started_on"]

    @extend_schema(responses=DutySerializer(many=True))
    @action(detail=True, filterset_class=None)
    def duties(self, request, *args, **kwargs):
        """What this person owes today and has done, the most urgent first."""
        return Response(_told(Trainee.objects.filter(pk=self.get_object().pk)))

    @extend_schema(responses=DutySerializer(many=True))
    @action(detail=False)
    def due(self, request, *args, **kwargs):
        """What the people of the list owe today, each thing by itself; done things are left out."""
        asked = self.filter_queryset(self.get_queryset().standing())
        return Response([line for line in _told(asked) if line["status"] != Status.DONE])


def _told(trainees):
    return [
        {
            "trainee": pk,
            "label": duty.label,
            "status": duty.status.value,
            "due_on": duty.due_on,
            "course": duty.course and duty.course.pk,
            "topic": duty.item.topic if duty.item else "",
            "record": duty.record and duty.record.pk,
            "progress": duty.progress,
        }
        for pk, duties in duties_of(trainees, clock.today()).items()
        for duty in duties
    ]
