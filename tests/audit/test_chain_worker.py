"""The chain grows in the background: a real worker on a real broker seals what people have committed."""

import datetime

import pytest

from mcn.agency.models import CalendarDay
from mcn.audit import chain, tasks
from mcn.audit.models import Block
from mcn.kit import records

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)


@pytest.mark.redis
def test_a_worker_seals_what_was_committed(worker):
    records.save(CalendarDay(day=datetime.date(2026, 3, 1), worked=True), by=None, at=AT)

    tasks.seal.delay()

    worker.until(Block.objects.exists)
    assert chain.verify(at=AT).intact
