"""Deadlines begin, pause, run on and end with the steps of a matter."""

import datetime

import pytest

from aftersales.actions import clock as clocks
from aftersales.actions import clock_sweep
from aftersales.models import Clock, DeadlineRule
from mcn.kit.clock import SHANGHAI
from tests.factories.merchants import MerchantFactory

Kind = DeadlineRule.Kind


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_a_clock_begins():
    subject = MerchantFactory()
    clock = clocks.begin(
        subject, Kind.COMPLAINT_ACCEPT, by=None, at=moment("2026-11-20 10:00"), urgency="urgent"
    )
    assert clock.due_at == moment("2026-11-20 12:00")
    assert clock_sweep.sweep(at=moment("2026-11-20 10:59")) == 0
    assert clock_sweep.sweep(at=moment("2026-11-20 11:00")) == 1
    assert clock_sweep.sweep(at=moment("2026-11-20 11:00")) == 0
    [clock] = clocks.pause(subject, reason="x", by=None, at=moment("2026-11-20 11:30"))
    [clock] = clocks.resume(subject, by=None, at=moment("2026-11-20 13:30"))
    assert clock.due_at == moment("2026-11-20 14:00")
    assert clock_sweep.sweep(at=moment("2026-11-20 14:00")) == 2
    [clock] = clocks.stop(subject, by=None, at=moment("2026-11-20 14:00:00"))
    assert clock.state == Clock.State.MET
