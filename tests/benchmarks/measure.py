"""How figures are taken: in turn, in one run, medians, so that a drifting machine is fair to both sides."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured thing: what, the figure, the bar it must clear, and whether it does."""

    what: str
    figure: str
    bar: str
    reached: bool


def in_turn(rounds: int, **ways: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each way, run A B A B ... after one warm-up of each."""
    for way in ways.values():
        way()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def once(way: Callable[[], object]) -> float:
    """The seconds of one run of something that cannot be repeated."""
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def peak_mib() -> float:
    """The most memory that this process has held so far, in MiB; ``ru_maxrss`` would tell its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def apart(way: Callable, *given: object, **environment: str) -> list:
    """What a function of a benchmark gives in a process of its own."""
    module = way.__module__
    ready = f"import json, django; django.setup(); import {module}"
    program = f"{ready}; print(json.dumps({module}.{way.__name__}(*{given!r})))"
    said = subprocess.check_output([sys.executable, "-c", program], text=True, env=os.environ | environment)
    return json.loads(said.splitlines()[-1])


def here(way: Callable, *given: object) -> list:
    """The same in this process, which is enough to see that it runs."""
    return way(*given)


def at_most(what: str, ratio: float, bar: float, unit: str = " times") -> Figure:
    """A figure that must not exceed its bar."""
    return Figure(what, f"{ratio:.2f}{unit}", f"at most {bar:g}{unit}", ratio <= bar)


def at_least(what: str, ratio: float, bar: float, unit: str = " times") -> Figure:
    """A figure that must reach its bar."""
    return Figure(what, f"{ratio:.1f}{unit}", f"at least {bar:g}{unit}", ratio >= bar)
