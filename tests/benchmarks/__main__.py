"""All benchmarks, on a PostgreSQL of their own: `.venv/bin/python -m tests.benchmarks [--small] [name ...]`.

It flushes what is committed, as a server in earnest does: a commit is part of what a loop costs.
Keeps the figures of each in RESULTS.md beside this file. With --small the data is small and nothing is kept:
CI runs it so, to see that the benchmarks run; their figures then mean nothing. A benchmark is a module
`bench_<name>` with `run(small)`, which returns its figures.
"""

import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

from tests import servers

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
HEAD = """# Benchmarks

Command: `.venv/bin/python -m tests.benchmarks [name ...]`, last on {machine}. Ratios are
of medians taken in turn in one run; a second run differs by some tenths.

| benchmark | what | figure | bar | reached | on |
| --- | --- | --- | --- | --- | --- |
"""


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all; 1 if a bar was missed at full size."""
    small = "--small" in arguments
    every = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    names = [name for name in arguments if not name.startswith("--")] or every
    with servers.postgresql(durable=True) as url, tempfile.TemporaryDirectory(prefix="mcn-bench-") as folder:
        os.environ |= {"DATABASE_URL": url, "MCN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "mcn.settings"}
        os.environ["MCN_LOG_LEVEL"] = "WARNING"
        Path(folder, "static").mkdir()
        subprocess.run([sys.executable, "manage.py", "prepare"], check=True, stdout=subprocess.DEVNULL)
        django.setup()
        reached = [row.reached for name in names for row in told(name, small)]
        # The pool keeps connections open, and a server with a client does not stop.
        import_module("django.db").connections.close_all()
    return 0 if small or all(reached) else 1


def told(name: str, small: bool) -> list:
    """The figures of one benchmark, printed and kept as they come."""
    print(f"==> {name}", flush=True)
    figures = import_module(f"tests.benchmarks.bench_{name}").run(small)
    for row in figures:
        # Small data measures nothing: a figure then only shows that there is one.
        judged = "" if small else f" ({row.bar}) {'ok' if row.reached else 'MISSED'}"
        print(f"    {row.what}: {row.figure}{judged}", flush=True)
    if not small:
        keep(name, figures)
    return figures


def keep(name: str, figures: list) -> None:
    """Put the figures of a benchmark in the place of its former ones."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    day = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    others = [
        line for line in RESULTS.read_text().splitlines() if re.match(rf"\| (?!{name} |benchmark |-)", line)
    ]
    own = [
        f"| {name} | {row.what} | {row.figure} | {row.bar} | {'yes' if row.reached else '**no**'} | {day} |"
        for row in figures
    ]
    # Sorting by the name alone leaves each benchmark's rows in the order in which it told them.
    rows = sorted([*others, *own], key=lambda line: line.split("|")[1])
    RESULTS.write_text(HEAD.format(machine=machine) + "\n".join(rows) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
