"""What hangs on thousands of objects, read in lists: rows as Django makes them, let go at once."""

import gc
import weakref

import pytest
from django.db.models import Prefetch

from mcn.kit.gather import gather, let_go
from streamers.models import Streamer, Trainee, TrainingRecord
from tests.factories.streamers import StreamerFactory

pytestmark = pytest.mark.django_db
SOME = TrainingRecord.objects.only("trainee", "course", "result").prefetch_related("course")
LOOKUPS = [
    Prefetch("trainee", Trainee.objects.defer("started_on")),
    Prefetch("trainee__trainingrecords", SOME),
]


def streamers():
    return gather(Streamer.objects.order_by("pk"), LOOKUPS)


def test_rows_are_as_django_makes_them(django_assert_num_queries):
    StreamerFactory.create_batch(2, contract=False, verified=False)
    by_django = list(Streamer.objects.order_by("pk").prefetch_related(*LOOKUPS))

    with django_assert_num_queries(4):
        gathered = streamers()

    with django_assert_num_queries(0):
        for own, theirs in zip(gathered, by_django, strict=True):
            assert own.trainee.get_deferred_fields() == theirs.trainee.get_deferred_fields() == {"started_on"}
            assert own.trainee.streamer is own
            for row, other in zip(
                own.trainee.trainingrecords.all(), theirs.trainee.trainingrecords.all(), strict=True
            ):
                assert (row, row.course, row.result) == (other, other.course, other.result)
                assert row.get_deferred_fields() == other.get_deferred_fields()
                assert (row._state.adding, row._state.db) == (False, "default")
    row = gathered[0].trainee.trainingrecords.all()[0]
    assert row.hours == by_django[0].trainee.trainingrecords.all()[0].hours


def test_a_query_compiled_once_is_asked_for_other_rows():
    first = StreamerFactory(contract=False, verified=False)
    assert [row.trainee.streamer_id for row in streamers()] == [first.pk]
    second = StreamerFactory(contract=False, verified=False)

    found = gather(Streamer.objects.filter(pk=second.pk), LOOKUPS)

    (row, *_rest) = found[0].trainee.trainingrecords.all()
    assert row == TrainingRecord.objects.filter(trainee=second.trainee).first()
    assert row.created_at == TrainingRecord.objects.get(pk=row.pk).created_at


def test_what_is_there_already_is_not_read_again(django_assert_num_queries):
    trainee = StreamerFactory(contract=False, verified=False).trainee
    (record,) = TrainingRecord.objects.filter(trainee=trainee).select_related("course")[:1]

    with django_assert_num_queries(1):
        gather([record], ["course", "trainee"])


def test_what_is_let_go_needs_no_collector():
    StreamerFactory(contract=False, verified=False)
    gc.disable()
    try:
        (streamer,) = streamers()
        row = weakref.ref(streamer.trainee.trainingrecords.all()[0])
        let_go(streamer)
        assert row() is None
    finally:
        gc.enable()
