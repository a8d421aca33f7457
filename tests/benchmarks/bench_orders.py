"""Orders in by spreadsheet: a platform's export through both passes, at the rate of products, memory flat."""

import csv
import tempfile
from pathlib import Path

from django.core.files import File
from django.db import connection

from mcn.kit import clock
from mcn.sheets import actions, runs
from mcn.sheets.models import ImportJob
from tests.benchmarks import bench_import, goods
from tests.benchmarks.measure import Figure, apart, at_least, at_most, here, once, peak_mib

TITLES = [
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商家编码", "商品数量", "商品单价", "订单应付金额",
    "收件人", "收件人手机号", "收货地址", "订单状态", "支付完成时间", "发货时间", "快递公司", "快递单号",
]  # fmt: skip
SHIPPED_OF_TEN = 3


def run(small: bool) -> list[Figure]:
    """So many orders, and fifty times as many, each in a process of its own; and as many products."""
    few, many = (100, 300) if small else (20_000, 1_000_000)
    goods.empty()
    run_in = here if small else apart
    goods.merchant()
    product_seconds, _held = run_in(bench_import.in_its_own_process, few, "O")
    empty()
    few_seconds, few_held = run_in(in_its_own_process, few)
    empty()
    seconds, held = run_in(in_its_own_process, many)
    again, _held = run_in(in_its_own_process, few, "unchanged")
    rate = many / seconds
    return [
        at_least(f"{many:,} orders, {rate:,.0f} a second, against products", rate * product_seconds / few, 1),
        at_most(f"a row of {many:,} against one of {few:,}", seconds / many / (few_seconds / few), 1.2),
        at_most(f"the first {few:,} again, beside all", again / few_seconds, 1),
        at_most(f"memory of the worker for {many:,} rows", held, 300, " MiB"),
        at_most(f"memory that {many:,} rows add to {few:,}", held - few_held, 60, " MiB"),
    ]


def empty() -> None:
    """No order is left, and the next one is the first."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE aftersales_order RESTART IDENTITY CASCADE")


def in_its_own_process(rows: int, outcome: str = "created") -> tuple[float, float]:
    """The seconds that a file of so many orders takes, and the most memory that this process held, in MiB."""
    merchant = goods.merchant()
    with tempfile.TemporaryDirectory(prefix="mcn-bench-orders-") as folder:
        path = export(Path(folder, "orders.csv"), rows)
        seconds = once(lambda: _whole(path, rows, outcome, f"douyin/{merchant.code}"))
    connection.close()
    return seconds, peak_mib()


def export(path: Path, rows: int) -> Path:
    """What a platform gives out: one line an order, three in ten of them shipped."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(TITLES)
        for number in range(rows):
            paid_at = f"2026-03-16 {8 + number % 12:02d}:{number % 60:02d}:{number // 60 % 60:02d}"
            shipped = ["已发货", paid_at, "2026-03-17 10:00:00", "中通快递", f"78{number:012d}"]
            stands = shipped if number % 10 < SHIPPED_OF_TEN else ["待发货", paid_at, "", "", ""]
            name = f"岭南{goods.TASTES[number % 10]}{goods.GOODS[number // 10 % 10]}"
            buyer = [f"买家{number}", f"138{number:08d}", f"广东省广州市天河区测试路{number}号"]
            bought = [name, "454克/罐", f"SP{number % 500:06d}-A", 1 + number % 3, "39.90", "39.90"]
            sheet.writerow(
                [f"69202603{number:010d}\t", f"69202603{number:010d}1\t", *bought, *buyer, *stands]
            )
    return path


def _whole(path: Path, rows: int, outcome: str, scope: str) -> None:
    """Upload, preview and confirm, and see that every row became what it should."""
    at = clock.now()
    with path.open("rb") as file:
        job = actions.upload("orders", File(file, name=path.name), scope=scope, by=None, at=at)
    runs.preview(job, at=at)
    job.refresh_from_db()
    actions.confirm(job, by=None, at=at)
    runs.carry_out(job, at=at)
    job = ImportJob.objects.get(pk=job.pk)
    if (job.state, getattr(job, outcome)) != (job.State.DONE, rows):
        raise RuntimeError(f"{job.state} {job.reason}: {getattr(job, outcome)} of {rows} {outcome}")
