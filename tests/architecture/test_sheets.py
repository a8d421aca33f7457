"""Whatever stands in the cells of a file, no sheet's import breaks off: each row is taken or refused."""

import csv
import io

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from aftersales.resources.inquiry import InquirySheet
from mcn.sheets import actions, runs
from mcn.sheets.engine import Tally
from mcn.sheets.models import ImportJob
from tests.factories import AT
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.sheets import upload

pytestmark = pytest.mark.django_db
EXPORTED_ONLY = {InquirySheet}
SHEETS = [sheet for path in settings.MCN_SHEETS if (sheet := import_string(path)) not in EXPORTED_ONLY]
NASTY = [
    *[
        "",
        "x" * 5_000,
        "9" * 40,
        "-1",
        "1E+300",
        "nan",
        "∞",
        "٣",
        "=1+1",
        "\x0b",
        "\u202e",
        "😀",
        "%s",
        "\\N",
    ],
    *["0001-01-01", "9999-12-31 23:59:59", "2026-02-30", "2026-01-31 25:00", "M9999", "a;b|c:d", "1000%"],
    *["2147483648", "9223372036854775808", "13800138000", "110101199003070000", "91110000600037341L"],
]


def nasty(columns):
    """A file whose rows each have one nasty cell, and otherwise the examples of the template."""
    file = io.StringIO()
    write = csv.writer(file).writerow
    write([str(column.label) for column in columns])
    usual = [column.example or "" for column in columns]
    for place in range(len(columns)):
        for cell in NASTY:
            write([*usual[:place], cell, *usual[place + 1 :]])
    return file.getvalue()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_cell_breaks_an_import_off(sheet):
    MerchantFactory(code="M0001", papers=False)
    scope = PlatformFactory().code if sheet.name == "orders" else ""
    job = upload(nasty(sheet.columns), sheet=sheet.name, scope=scope)
    runs.preview(job, at=AT)
    job = ImportJob.objects.get(pk=job.pk)
    if job.state == ImportJob.State.UNMATCHED:
        actions.match(job, job.names, by=None, at=AT, remember=False)
        runs.preview(job, at=AT)
        job = ImportJob.objects.get(pk=job.pk)

    assert job.state == ImportJob.State.PREVIEWED, job.reason
    assert Tally.of(job).reconciles
    assert job.refused
    assert job.faults
