#!/usr/bin/env python3
"""Two commands, on a machine that has only Python 3.11 or newer and its pip:

    python3 run.py              install everything and open the back office with a demo agency
    python3 run.py test         install what tests need and run them on SQLite and on PostgreSQL

Nothing outside this folder is changed: packages go to .venv and .uv, data to var (or to MCN_DATA_DIR).
With DATABASE_URL=postgres://... and CELERY_BROKER_URL=redis://... set, both commands use those servers.
"""

import argparse
import ctypes
import hashlib
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
UV_VERSION = (0, 11)
DEFAULT_PORT = 8000
SECONDS_TO_START = 90
SECONDS_TO_STOP = 20


def say(text):
    """Tell the person at the terminal what happens now, one line a step."""
    print(f"==> {text}", flush=True)


def fail(text):
    """Stop with a sentence that a person can act on."""
    sys.exit(f"run.py: {text}")


# --- installing ---------------------------------------------------------------------------------------------


def install(*, groups=(), extras=()):
    """Bring .venv in line with uv.lock; does nothing, and needs no network, where it already is."""
    wanted = {
        "lock": hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest(),
        "groups": sorted(groups),
        "extras": sorted(extras),
    }
    found = json.loads(STAMP.read_text()) if STAMP.exists() and PYTHON.exists() else {}
    for kind in ("groups", "extras"):
        wanted[kind] = sorted({*wanted[kind], *found.get(kind, [])})
    if found == wanted:
        say("packages are installed already")
        return
    command = [*find_uv(), "sync", "--frozen", "--inexact", "--no-default-groups", "--no-progress", "--quiet"]
    command += [f"--group={name}" for name in wanted["groups"]]
    command += [f"--extra={name}" for name in wanted["extras"]]
    if not PYTHON.exists():
        command.append(f"--python={sys.executable}")
    say("installing the packages of uv.lock into .venv")
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if subprocess.run(command, cwd=ROOT, env=environment).returncode:
        fail("the packages could not be installed; the reason is above. Is PyPI reachable from here?")
    STAMP.write_text(json.dumps(wanted))


def find_uv():
    """The command that runs a new enough uv: the machine's own, else one installed into .uv by pip."""
    own = [str(ROOT / ".uv" / "bin" / "uv")]
    for command in (own, ["uv"]):
        if uv_version(command) >= UV_VERSION:
            return command
    say("installing uv into .uv")
    requirement = "uv>=" + ".".join(map(str, UV_VERSION))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--upgrade"]
    pip.append("--root-user-action=ignore")
    if subprocess.run([*pip, f"--target={ROOT / '.uv'}", requirement]).returncode:
        fail("pip could not install uv; the reason is above. On Debian: apt-get install python3-pip")
    return own


def uv_version(command):
    """The version that this uv tells, () where there is none."""
    try:
        told = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=30)
    except OSError:
        return ()
    return tuple(map(int, re.findall(r"\d+", told.stdout)[:2])) if told.returncode == 0 else ()


# --- processes ----------------------------------------------------------------------------------------------


def start(command, *, log, **options):
    """Start a server whose output goes to a log file and that is told to stop when this process dies."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=stop_with_parent if sys.platform == "linux" else None,
            **options,
        )


def stop_with_parent():
    """Ask Linux to send SIGTERM to this process when its parent dies, by kill -9 too (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def stop(processes, sign=signal.SIGTERM):
    """Stop servers and all that they started: asked first, killed when they take too long."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(sign)
    end = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        try:
            process.wait(max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"killing {process.args[0]}, which did not stop within {SECONDS_TO_STOP} seconds")
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def free_port(host="127.0.0.1", wanted=0):
    """The wanted port or the next free one after it; any free one for 0; None when a hundred are busy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + 100):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    return None


# --- the back office ----------------------------------------------------------------------------------------


def serve(arguments):
    """Install, prepare and open the back office, and keep it open until it is told to stop."""
    install(extras=extras_for_environment())
    port = choose_port(arguments)
    data = Path(os.environ.get("MCN_DATA_DIR") or ROOT / "var").resolve()
    make_secrets(data)
    say("preparing the database")
    manage("prepare")
    say("filling in the demo agency")
    logins = manage("seed_demo")

    say("starting the web server and the worker")
    processes = []
    try:
        processes += [
            start(web_command(arguments.host, port), log=data / "log" / "web.log", cwd=ROOT),
            start(worker_command(), log=data / "log" / "worker.log", cwd=ROOT),
        ]
        wait_until_healthy(arguments.host, port, processes)
        print(f"\n{logins}\n")
        say(f"the servers write their logs to {data / 'log'}; Ctrl-C stops them")
        say(f"the back office is open at http://{address(arguments.host, port)}/")
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        fail(f"a server stopped by itself: see {data / 'log'}")
    except KeyboardInterrupt:
        say("stopping")
    finally:
        stop(processes)
    say("stopped")


def choose_port(arguments):
    """The port asked for, or the first free one from 8000 on where none was."""
    wanted = arguments.port or DEFAULT_PORT
    port = free_port(arguments.host, wanted)
    if port is None or (arguments.port and port != wanted):
        fail(f"port {wanted} of {arguments.host} is busy; name another one: python3 run.py --port 8765")
    if port != wanted:
        say(f"port {wanted} is busy: taking {port}")
    return port


def extras_for_environment():
    """The optional packages that the servers named in the environment need."""
    database = os.environ.get("DATABASE_URL", "").startswith(("postgres", "pgsql"))
    broker = os.environ.get("CELERY_BROKER_URL", "").startswith("redis")
    return [name for name, needed in (("postgres", database), ("redis", broker)) if needed]


def make_secrets(data):
    """Make this installation's own keys once: the settings read them where the environment names none."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secrets.env"
    if path.exists():
        return
    say(f"making the secret keys of this installation in {path}")
    lines = [f"SECRET_KEY={secrets.token_urlsafe(50)}", f"MCN_FIELD_KEYS=k1:{secrets.token_hex(32)}"]
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n")


def manage(*arguments):
    """Run a management command and return what it says; stop here when it fails."""
    done = subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stdout)
        fail(f"manage.py {' '.join(arguments)} failed; the reason is above")
    return done.stdout.strip()


def web_command(host, port):
    """The web server: two processes of four threads; a control socket would stand outside this folder."""
    options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket"]
    return [PYTHON, "-m", "gunicorn", *options, f"--bind={address(host, port)}", "mcn.wsgi:application"]


def address(host, port):
    """Host and port as an address is written."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def worker_command():
    """The background worker, with the clock of periodic work inside it."""
    options = ["--beat", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    return [PYTHON, "-m", "celery", "--app=mcn", "worker", *options]


def wait_until_healthy(host, port, processes):
    """Return when the web server answers that all is well."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if any(process.poll() is not None for process in processes):
            fail("a server could not start: see web.log and worker.log in var/log")
        if health_status(host, port) == 200:
            return
        time.sleep(0.2)
    fail(f"the web server did not answer within {SECONDS_TO_START} seconds: see var/log/web.log")


def health_status(host, port):
    """The HTTP status of the health page, None where nobody answers."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


# --- the command line ---------------------------------------------------------------------------------------


def test(arguments):
    """Install what tests need and hand over to them; their words and exit code are the answer."""
    install(groups=["dev"], extras=["postgres", "redis"])
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "tests", *arguments])


def main():
    """Read the command line and do the one thing it asks for."""
    if sys.version_info < (3, 11):
        fail("Python 3.11 or newer is needed, this is " + sys.version.split()[0])
    if os.name != "posix":
        fail("Linux or macOS is needed (on Windows: inside WSL)")
    # Else each process below would compile every package anew: two thirds of the time that it takes to start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.argv[1:2] == ["test"]:
        test(sys.argv[2:])
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (default: for this machine only)"
    )
    parser.add_argument("--port", type=int, help=f"default: {DEFAULT_PORT}, or the next free one")
    arguments = parser.parse_args()
    for sign in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, signal.default_int_handler)
    try:
        serve(arguments)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
