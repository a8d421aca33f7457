"""The Erlang C model against what is published, and against its own definition."""

from fractions import Fraction
from math import factorial, inf

import pytest

from streamers.rules.erlang import (
    all_busy_and_lost,
    answered_within,
    mean_wait,
    occupancy,
    servers_for,
    waits,
)


@pytest.mark.parametrize(
    ("servers", "traffic"),
    [(1, 0.0101), (2, 0.153), (5, 1.36), (10, 4.46), (20, 12.03), (50, 37.90), (100, 84.06)],
)
def test_erlang_b_is_that_of_the_traffic_tables_for_one_percent(servers, traffic):
    """The column of 1 % of the tables of Erlang B that every handbook of teletraffic prints."""
    assert all_busy_and_lost(servers, traffic) == pytest.approx(0.01, rel=0.01)


@pytest.mark.parametrize(
    ("servers", "waiting", "mean"),
    [(1, 0.90, 9.00), (2, 0.85, 4.26), (5, 0.76, 1.53), (10, 0.67, 0.67), (20, 0.55, 0.28)],
)
def test_erlang_c_is_that_of_adan_and_resing(servers, waiting, mean):
    """Adan and Resing, Queueing Theory, table 5.1: M/M/c at an occupation of 0.9, service time 1."""
    assert waits(servers, 0.9 * servers) == pytest.approx(waiting, abs=0.005)
    assert mean_wait(servers, 0.9 * servers, handling=1) == pytest.approx(mean, abs=0.006)


@pytest.mark.parametrize(
    ("calls", "handling", "agents", "seconds", "expected"),
    [
        # The usual textbook example: 360 calls in half an hour, 4 minutes, 55 agents, 15 seconds.
        (720, 240, 55, 15, (48, 0.873, 0.239, 8.2, 0.846)),
        # The usual 80/20 example: 200 calls an hour, 3 minutes, 14 agents, 20 seconds.
        (200, 180, 14, 20, (10, 0.714, 0.174, 7.8, 0.888)),
    ],
)
def test_the_worked_examples_of_call_centres(calls, handling, agents, seconds, expected):
    traffic = calls * handling / 3600
    found = (
        traffic,
        occupancy(agents, traffic),
        waits(agents, traffic),
        mean_wait(agents, traffic, handling=handling),
        answered_within(agents, traffic, seconds=seconds, handling=handling),
    )
    assert found == pytest.approx(expected, rel=0.01)
    assert servers_for(10, share=0.8, seconds=20, handling=180) == 14


@pytest.mark.parametrize(("servers", "traffic"), [(1, "1/2"), (3, "2"), (7, "13/2"), (30, "20"), (60, "59")])
def test_the_recursion_is_the_closed_form(servers, traffic):
    load = Fraction(traffic)
    top = load**servers / factorial(servers) * servers / (servers - load)
    exact = top / (sum(load**number / factorial(number) for number in range(servers)) + top)
    assert waits(servers, float(load)) == pytest.approx(float(exact), rel=1e-9)


def test_who_cannot_keep_up_lets_everybody_wait():
    assert (waits(5, 5), mean_wait(5, 6, handling=60)) == (1.0, inf)
    assert answered_within(5, 5, seconds=600, handling=60) == 0
    assert occupancy(0, 1) == 1


@pytest.mark.parametrize("traffic", [0.01, 0.9, 1, 7.5, 40, 700])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.99])
def test_one_server_fewer_would_not_do(traffic, share):
    promise = {"seconds": 30, "handling": 240}
    enough = servers_for(traffic, share=share, **promise)
    assert answered_within(enough, traffic, **promise) >= share
    assert answered_within(enough - 1, traffic, **promise) < share


def test_servers_have_time_to_breathe():
    assert servers_for(85, share=0.5, seconds=600, handling=60, most_busy=0.85) == 100
    assert servers_for(0, share=0.99, seconds=1, handling=60) == 0
