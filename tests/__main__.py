"""Everything that must hold before a change goes in: `python3 run.py test [--full] [what pytest takes]`.

Plain: the tests on SQLite, then on a PostgreSQL started for the run, with Celery on Redis where one is found.
--full: the code's form, imports and types first, and at the end journeys in a browser, the demo itself and
the benchmarks at a small size.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from run import ROOT, fail, say
from tests import servers

PYTEST = [sys.executable, "-m", "pytest"]
# Long enough for two processes: each keeps to its half, and to what that set up, until the other one is done.
IN_TWO = ["--numprocesses=2", "--dist=worksteal"]
# With --full PostgreSQL tries what writes, locks, searches and counts, and the journeys through all doors, to
# keep the whole run under a quarter of an hour: SQLite answers the rest in half the time.
READS = ["admin", "api", "portal", "doors", "pages", "start", "rules", "matrix", "leaks", "columns", "demo"]
WHAT_WRITES = [f"--ignore-glob=*_{name}.py" for name in READS]
TOOLS = Path(sys.executable).parent
CHECKS = {
    "format of the code": [TOOLS / "ruff", "format", "--check", "."],
    "lint": [TOOLS / "ruff", "check", "--output-format=concise", "."],
    "format of the templates": [TOOLS / "djade", "--check", *sorted(ROOT.glob("[!.]*/**/*.html"))],
    "imports between layers": [TOOLS / "lint-imports", "--no-logo"],
    "types": [TOOLS / "mypy"],
}


class Run:
    """One run of the tests: does a step after the other and remembers how each went."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, bool]] = []

    def step(self, name: str, command: list, aside: bool = False, **environment: str) -> None:
        """Run one command with these variables, whatever those before it gave; aside, print at its end."""
        say(f"{name}: {' '.join(str(part) for part in command[:9])}")
        began = time.monotonic()
        kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if aside else {}
        done = subprocess.run(command, cwd=ROOT, env=clean_environment() | environment, **kept)
        if aside:
            say(f"what {name} printed:\n{done.stdout.decode(errors='replace')}")
        answer = "passed" if done.returncode == 0 else f"FAILED with {done.returncode}"
        self.answers.append((name, f"{answer} in {time.monotonic() - began:.0f} s", done.returncode == 0))

    def together(self, steps: dict[str, list], **environment: str) -> None:
        """Run commands beside each other, two at a time."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda step: self.step(*step, aside=True, **environment), steps.items()))

    def leave_out(self, name: str, reason: str) -> None:
        """Say that a step cannot be done here: an announcement at a desk, a failure in CI."""
        self.answers.append((name, f"NOT RUN: {reason}", not os.environ.get("CI")))

    def close(self) -> int:
        """Print how every step went and give the exit code."""
        print()
        for name, answer, good in self.answers:
            print(f"{'ok' if good else '!!'}  {name}: {answer}")
        return 0 if all(good for *_, good in self.answers) else 1


def clean_environment() -> dict[str, str]:
    """This process's environment without what a person may have set for a back office of their own."""
    own = ("MCN_", "DATABASE_", "CELERY_", "SECRET_KEY", "ALLOWED_HOSTS", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def main(arguments: list[str]) -> int:
    """Run the steps asked for and return the exit code."""
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    run = Run()
    if full:
        run.together(CHECKS)
    run.step("tests on SQLite", [*PYTEST, *IN_TWO, *rest])
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL", "")
        if not database.startswith("postgres"):
            say("starting a PostgreSQL for this run")
            database = stack.enter_context(servers.postgresql())
        broker = os.environ.get("CELERY_BROKER_URL", "")
        if not broker.startswith("redis") and shutil.which("redis-server"):
            say("starting a Redis for this run")
            broker = stack.enter_context(servers.redis())
        marks = "not browser and not demo"
        if not broker:
            marks += " and not redis"
            run.leave_out("tests with Celery on Redis", "no redis-server was found")
        variables = {"DATABASE_URL": database, "CELERY_BROKER_URL": broker or "filesystem://"}
        # What reads the code alone answers the same whatever the database.
        other = ["--ignore=tests/architecture", "-m", marks, *(WHAT_WRITES if full else [])]
        run.step("tests on PostgreSQL", [*PYTEST, *IN_TWO, *other, *rest], **variables)
        if full:
            journeys = [*PYTEST, "tests/journeys", *rest, "-m"]
            steps = {
                "journeys in a browser": [*journeys, "browser", "--screenshot=only-on-failure"],
                "the demo itself": [*journeys, "demo"],
                "benchmarks, small, to see that they run": [
                    sys.executable,
                    "-m",
                    "tests.benchmarks",
                    "--small",
                ],
            }
            if not servers.find_chromium():
                run.leave_out("journeys in a browser", "no Chromium was found")
                del steps["journeys in a browser"]
            run.together(steps, **variables)
    return run.close()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        fail("stopped before the end")
