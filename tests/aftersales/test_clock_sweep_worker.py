"""The ladder climbs in the background: a worker killed, a broker flushed, a task delivered twice, as once."""

import datetime
import signal

import pytest

from aftersales import tasks
from aftersales.actions.deadline_rule import sync_deadline_rules
from aftersales.models import Clock, ClockStep
from mcn.celery import app
from mcn.kit import clock
from mcn.notices.models import Notice
from tests.factories.clocks import ClockFactory

HOUR = datetime.timedelta(hours=1)


@pytest.mark.redis
def test_what_is_due_climbs_once_whatever_happens_to_the_worker(worker):
    began = clock.now() - 30 * HOUR
    sync_deadline_rules(at=began)
    for _ in range(3):
        ClockFactory(at=began)

    tasks.sweep_clocks.delay()
    worker.stop(signal.SIGKILL)
    app.control.purge()
    worker.start()
    for _ in range(2):
        tasks.sweep_clocks.delay()

    worker.until(lambda: not Clock.objects.filter(next_at__lte=clock.now()).exists())
    assert ClockStep.objects.count() == 9
    assert {row.climbed for row in Clock.objects.all()} == {3}
    assert Notice.objects.count() in (0, 9), "nobody to tell, or each step once"
