"""What every test stands on: files of its own, the product's language, a real worker."""

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as product_settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

import run
from aftersales.actions.deadline_rule import sync_deadline_rules
from aftersales.actions.priority_rule import sync_priorities
from mcn.accounts.roles import sync_roles
from mcn.agency.figures import sync_figures
from mcn.celery import app
from mcn.kit.records import Record
from tests.factories import AT

NUMBER = itertools.count()


@pytest.fixture(autouse=True)
def own_ground(settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each test has a folder of its own for files, an empty cache and the product's language."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "files" / str(next(NUMBER))
    cache.clear()
    with translation.override(product_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Make the roles and ship figures and rules once: anew they took most of the time of many a test.

    Nothing is told of it in the audit trail, where tests count what they brought about themselves.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Record, "audited", False)
        sync_roles()
        sync_figures(at=AT)
        sync_deadline_rules(at=AT)
        sync_priorities(at=AT)


class Worker:
    """A Celery worker in a process of its own, on the test's database, files and broker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "worker.log"
        self.process = None

    def start(self) -> None:
        """Start it and return when it answers."""
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mcn.settings",
            "MCN_DATA_DIR": str(self.folder),
            "DATABASE_URL": url,
        }
        command = [sys.executable, "-m", "celery", "--app=mcn", "worker", "--concurrency=1"]
        command += ["--without-mingle", "--without-gossip"]
        self.process = run.start(command, log=self.log, cwd=run.ROOT, env=environment)
        for _ in range(60):
            if self.process.poll() is None and app.control.ping(timeout=0.5):
                return
        pytest.fail(f"the worker did not start:\n{self.log.read_text(errors='replace')}")

    def until(self, condition: Callable[[], object], seconds: float = 30) -> None:
        """Wait for what the worker is to bring about; show its log when it does not."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"the worker did not do it:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.1)

    def stop(self, sign: int = signal.SIGTERM) -> None:
        """Stop it: politely, or by SIGKILL as a machine does that runs out of memory."""
        run.stop([self.process], sign)


@pytest.fixture
def worker(transactional_db, settings, tmp_path: Path) -> Iterator[Worker]:
    """A running Celery worker on a real Redis and the test's files, which takes what is sent with `delay`."""
    settings.MEDIA_ROOT = tmp_path / "files"
    app.conf.update(task_always_eager=False)
    app.control.purge()
    running = Worker(tmp_path)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        app.control.purge()
        app.conf.update(task_always_eager=True)
