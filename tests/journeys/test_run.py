"""The README's first command, as a newcomer gives it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from run import ROOT, free_port

pytestmark = pytest.mark.demo


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the data goes: empty at first, and then as the run before left it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """A newcomer's environment: nothing set but where the data goes."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "MCN_DATA_DIR": str(folder)}


def open_demo(environment: dict[str, str], port: int) -> subprocess.Popen:
    """Start `run.py` and return it when it says that the back office is open."""
    command = [sys.executable, "run.py", f"--port={port}"]
    demo = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    said = []
    for line in demo.stdout:
        said.append(line)
        if f"http://127.0.0.1:{port}/" in line:
            return demo
    pytest.fail(f"run.py ended with {demo.wait()}:\n{''.join(said)}")


def processes_using(folder: Path) -> list[str]:
    """The command lines of all processes whose data folder is this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"MCN_DATA_DIR={folder}\0".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def get(port: int, path: str) -> tuple[int, str]:
    """The status and the text of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_the_demo_opens_twice_and_leaves_no_process(environment: dict[str, str], folder: Path):
    for _ in ("first", "second"):
        port = free_port()
        demo = open_demo(environment, port)
        assert get(port, "/healthz")[0] == 200
        assert get(port, "/admin/")[0] == 302

        demo.send_signal(signal.SIGTERM)
        assert demo.wait(timeout=60) == 0
        assert processes_using(folder) == []

    assert (folder / "secrets.env").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_killing_the_demo_stops_its_servers_too(environment: dict[str, str], folder: Path):
    demo = open_demo(environment, free_port())
    assert processes_using(folder) != []

    demo.kill()
    demo.wait()

    end = time.monotonic() + 30
    while processes_using(folder) and time.monotonic() < end:
        time.sleep(0.2)
    assert processes_using(folder) == []


def test_a_busy_port_is_told(environment: dict[str, str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "run.py", f"--port={port}"]
        told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.returncode == 1
    assert re.search(rf"port {port} .* is busy", told.stderr)
