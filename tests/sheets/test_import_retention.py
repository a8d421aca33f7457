"""The files of imports go after their term, what became of their rows stays."""

import datetime

import pytest

from mcn.evidence import retention
from mcn.evidence.models import RetentionRun
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock
from mcn.sheets import actions, runs
from mcn.sheets.models import ImportJob
from mcn.sheets.retention import IMPORT_FILES
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.retention import LegalHoldFactory
from tests.factories.sheets import DaySheet, upload

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
LAST = DAY + 90 * ONE_DAY
ROWS = "日期,上班,备注,价格\n2026-01-01,否,元旦,1.10\n昨天,是,,2.20\n"


@pytest.fixture(autouse=True)
def ground(settings):
    sync_retention(at=AT)
    settings.MCN_RETENTION = ["mcn.sheets.retention.IMPORT_FILES"]


def checked(**given):
    job = upload(ROWS, **given)
    runs.preview(job, at=AT)
    return ImportJob.objects.get(pk=job.pk)


def imported(**given):
    job = checked(**given)
    actions.confirm(job, by=None, at=AT)
    runs.carry_out(job, at=AT)
    return ImportJob.objects.get(pk=job.pk)


def night(on, **given):
    at = datetime.datetime.combine(on, datetime.time(3, 40), clock.SHANGHAI)
    return retention.run(on=on, by=None, at=at, **given)["kinds"][0]


def places(**known):
    return lambda sheet, scope: known.get(scope)


def names_of(job):
    return [(file.storage, file.name) for file in (job.file, job.faults)]


def lie_there(kept):
    return [storage.exists(name) for storage, name in kept]


@pytest.mark.parametrize(("shift", "gone"), [(-1, False), (0, False), (1, True)])
def test_both_files_go_on_the_day_after_the_last(shift, gone, django_capture_on_commit_callbacks):
    job = imported()
    kept = names_of(job)
    with django_capture_on_commit_callbacks(execute=True):
        found = night(LAST + shift * ONE_DAY)

    job.refresh_from_db()
    assert (found["removed"], bool(job.purged_at), lie_there(kept)) == (int(gone), gone, [not gone] * 2)
    assert job.gives_files_to(StaffFactory(role="administrator")) is not gone


def test_what_became_of_the_rows_stays(django_capture_on_commit_callbacks):
    job = imported()
    with django_capture_on_commit_callbacks(execute=True):
        night(LAST + ONE_DAY)

    kept = ImportJob.objects.get(pk=job.pk)
    told = ["state", "name", "size", "sha256", "rows", "created", "refused", "price_sum", "price_sum_refused"]
    assert [getattr(kept, name) for name in told] == [getattr(job, name) for name in told]
    assert [line for page in kept.pages.filter(run=kept.run) for line in page.lines]
    assert night(LAST + 2 * ONE_DAY)["seen"] == 0


def test_the_same_file_sent_again_keeps_its_own(django_capture_on_commit_callbacks):
    imported()
    again = imported()
    ImportJob.objects.filter(pk=again.pk).update(finished_at=AT + 5 * ONE_DAY)
    with django_capture_on_commit_callbacks(execute=True):
        night(LAST + ONE_DAY)

    assert lie_there(names_of(ImportJob.objects.get(pk=again.pk))) == [True, True]


def test_a_dry_run_says_what_would_go_and_removes_nothing():
    job = imported()
    found = night(LAST + ONE_DAY, dry_run=True)

    assert [row["id"] for row in found["rows"]["removed"]] == [job.pk]
    assert (lie_there(names_of(job)), RetentionRun.objects.count()) == ([True, True], 0)


def test_what_nobody_went_on_with_is_given_up_and_what_a_worker_has_waits(django_capture_on_commit_callbacks):
    left, waiting = checked(), upload(ROWS)
    ImportJob.objects.filter(pk=left.pk).update(updated_at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        found = night(LAST + ONE_DAY)

    left.refresh_from_db()
    waiting.refresh_from_db()
    assert (found["seen"], left.state, bool(left.purged_at)) == (1, "cancelled", True)
    assert (waiting.state, waiting.purged_at) == ("uploaded", None)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_hold_on_the_merchant_keeps_its_files(monkeypatch, shift):
    merchant = MerchantFactory(papers=False)
    monkeypatch.setattr(DaySheet, "place", lambda sheet, scope: merchant)
    job = imported(scope=merchant.code)
    LegalHoldFactory(subject=merchant)
    found = night(LAST + shift * ONE_DAY)

    assert (found["held"], found["removed"], IMPORT_FILES.wholes(job)) == (1, 0, [merchant])


@pytest.mark.parametrize(("scope", "held"), [("", True), ("douyin", True), ("M2", False), ("M1", True)])
def test_a_hold_on_one_merchant_keeps_the_files_that_may_tell_of_it(monkeypatch, scope, held):
    under_hold, other = MerchantFactory(papers=False), MerchantFactory(papers=False)
    platform = PlatformFactory()
    monkeypatch.setattr(DaySheet, "place", places(M1=under_hold, M2=other, douyin=platform))
    imported(scope=scope)
    LegalHoldFactory(subject=under_hold)

    found = night(LAST + ONE_DAY, dry_run=True)

    assert (found["held"], found["removed"]) == (int(held), int(not held))


def test_a_file_for_many_goes_later_by_the_days_that_a_hold_stood():
    LegalHoldFactory(subject=MerchantFactory(papers=False), placed_on=DAY, lifted_on=DAY, state="lifted")
    imported()

    assert [night(LAST + days * ONE_DAY, dry_run=True)["removed"] for days in (1, 2)] == [0, 1]
