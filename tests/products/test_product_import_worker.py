"""An import at a real worker on a real broker: killed in the middle, it is taken up where it was."""

import shutil
import signal
from decimal import Decimal

import pytest

from mcn.agency.figures import sync_figures
from mcn.kit import clock
from mcn.sheets import actions, tasks
from mcn.sheets.models import ImportJob
from products.models import Product, Sku
from tests.factories import AT
from tests.factories.merchants import MerchantFactory
from tests.factories.sheets import upload

ROWS = 6_000
State = ImportJob.State


def goods():
    lines = [f"SP{number:05d},岭南鸡蛋卷{number}号,SP{number:05d}-A,12.50" for number in range(ROWS)]
    return "\n".join(["商品编码,商品名称,SKU编码,售价", *lines])


def reached(job, *states):
    """Whether the job is in one of these states now."""
    job.refresh_from_db()
    return job.state in states


@pytest.mark.redis
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(worker):
    sync_figures(at=AT)
    merchant = MerchantFactory()
    job = upload(goods(), name="goods.csv", sheet="products", scope=merchant.code)
    tasks.preview.delay(job.pk)
    worker.until(lambda: reached(job, State.PREVIEWED, State.FAILED))
    assert (job.state, job.rows, job.created) == (State.PREVIEWED, ROWS, ROWS)

    actions.confirm(job, by=None, at=clock.now())
    tasks.carry_out.delay(job.pk)
    worker.until(lambda: reached(job, State.CONFIRMING) and job.reached_row > 0)
    worker.stop(signal.SIGKILL)
    job.refresh_from_db()
    assert job.state == State.CONFIRMING
    assert 0 < Product.objects.count() < ROWS

    # A minute later nobody has heard of the worker any more.
    shutil.rmtree(worker.folder / "cache")
    worker.start()
    tasks.resume.delay()
    worker.until(lambda: reached(job, State.DONE, State.FAILED), seconds=60)

    assert job.state == State.DONE
    assert (job.rows, job.created, job.updated, job.unchanged, job.refused) == (ROWS, ROWS, 0, 0, 0)
    assert job.price_sum == ROWS * Decimal("12.50")
    assert (Product.objects.count(), Sku.objects.count()) == (ROWS, ROWS)
