"""Which rows of training a list may be narrowed to."""

from django_filters import ChoiceFilter, DateFromToRangeFilter
from django_filters.rest_framework import BooleanFilter

from mcn.kit import clock
from mcn.kit.filters import RecordFilterSet
from streamers.models import Attendance, Course, Material, Trainee, TrainingRecord, TrainingSession
from streamers.rules.duty import Status, standing_as


class CourseFilter(RecordFilterSet):
    """Courses by code and topic, and whether they are still held."""

    ended = BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Course
        fields = ["code", "topic", "is_induction"]


class MaterialFilter(RecordFilterSet):
    """Versions of material by course and state."""

    class Meta:
        model = Material
        fields = ["course", "state"]


class TrainingSessionFilter(RecordFilterSet):
    """Sessions by course, state, trainer and the days on which they begin."""

    starts = DateFromToRangeFilter(field_name="starts_at__date")

    class Meta:
        model = TrainingSession
        fields = ["course", "state", "trainer"]


class AttendanceFilter(RecordFilterSet):
    """Who came, by session, trainee and state."""

    class Meta:
        model = Attendance
        fields = ["session", "trainee", "state", "way"]


class TrainingRecordFilter(RecordFilterSet):
    """The log by trainee, course, result, and the days of training and of running out."""

    superseded = BooleanFilter(field_name="superseded_at", lookup_expr="isnull", exclude=True)
    trained_on = DateFromToRangeFilter()
    valid_to = DateFromToRangeFilter()
    topic = ChoiceFilter(field_name="course__topic", choices=Course.Topic.choices)

    class Meta:
        model = TrainingRecord
        fields = ["trainee", "course", "session", "result", "source"]


class TraineeFilter(RecordFilterSet):
    """Trainees by kind, person, and how their training stands today."""

    stands = ChoiceFilter(choices=Status.choices, method="standing")

    class Meta:
        model = Trainee
        fields = ["kind", "streamer", "user", "contact"]

    def standing(self, queryset, name, value):
        return queryset.filter(pk__in=standing_as(value, clock.today()))
