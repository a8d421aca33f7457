"""The nightly removal: dry, real, reported; and legal holds, which stop it."""

import datetime
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from mcn.audit.models import Entry
from mcn.evidence import legal_holds, retention
from mcn.evidence.actions import attach
from mcn.evidence.models import Document, LegalHold, RetentionRun
from mcn.evidence.retention import Retained
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock, records
from mcn.kit.refusal import Denied, Refused
from merchants.models import Merchant
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.retention import LegalHoldFactory

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
LAST = clock.add_months(DAY, 36)


def blank(document, *, by, at):
    if document.title == "坏":
        raise OSError("the disk is gone")
    document.title = "已清理"
    records.save(document, by=by, at=at, verb="remove")


# A kind as an app declares one: papers of merchants, by the day on them.
PAPERS = Retained(
    name="papers",
    label=_("documents"),
    rows=lambda: Document.objects.exclude(title="已清理"),
    starts=lambda document: {"verification": document.evidence_on},
    wholes=lambda document: [document, *Merchant.objects.filter(pk=document.owner_id)],
    purge=blank,
)


@pytest.fixture(autouse=True)
def ground(settings):
    sync_retention(at=AT)
    settings.MCN_RETENTION = ["tests.evidence.test_retention.PAPERS"]


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def paper(merchant):
    return attach(merchant, pdf(), title="旧执照", by=None, at=AT, evidence_on=DAY)


def night(on, **given):
    at = datetime.datetime.combine(on, datetime.time(3, 40), clock.SHANGHAI)
    return retention.run(on=on, by=None, at=at, **given)["kinds"][0]


@pytest.mark.parametrize(("shift", "removed"), [(-1, 0), (0, 0), (1, 1)])
def test_a_night_removes_what_is_past_its_last_day(paper, shift, removed):
    found = night(LAST + shift * ONE_DAY)

    paper.refresh_from_db()
    assert (found["seen"], found["removed"], paper.title) == (1, removed, "已清理" if removed else "旧执照")


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_under_a_hold_nothing_goes_and_the_report_says_so(paper, merchant, shift):
    LegalHoldFactory(subject=merchant)

    found = night(LAST + shift * ONE_DAY)

    assert (found["held"], found["removed"], found["kept"]) == (1, 0, 0)
    assert found["rows"]["held"][0]["label"] == "旧执照"


def test_a_dry_run_says_what_would_go_and_changes_nothing(paper):
    before = Entry.objects.count()

    found = night(LAST + ONE_DAY, dry_run=True)

    assert found["rows"]["removed"] == [
        {"model": "evidence.document", "id": paper.pk, "label": "旧执照", "kept_until": f"{LAST:%Y-%m-%d}"}
    ]
    assert (Entry.objects.count(), RetentionRun.objects.count()) == (before, 0)
    assert Document.objects.get().title == "旧执照"


def test_a_run_leaves_its_report_and_a_second_finds_nothing_to_do(paper):
    night(LAST + ONE_DAY)
    night(LAST + ONE_DAY)

    second, first = RetentionRun.objects.all()
    assert (first.removed, first.report["kinds"][0]["rows"]["removed"][0]["id"]) == (1, paper.pk)
    assert (second.seen, second.removed) == (0, 0)


def test_what_goes_wrong_with_one_row_stops_no_other(paper, merchant):
    attach(merchant, pdf(body=b"other"), title="坏", by=None, at=AT, evidence_on=DAY)

    found = night(LAST + ONE_DAY)

    assert (found["removed"], found["failed"]) == (1, 1)
    assert found["rows"]["failed"][0]["error"] == "the disk is gone"


@pytest.mark.parametrize(("on", "said"), [(LAST, "须保存至 2029-03-16"), (DAY, "须保存至")])
def test_no_door_removes_a_record_before_its_day(paper, on, said):
    with pytest.raises(Refused, match=said):
        retention.remove(PAPERS, paper, on=on, by=StaffFactory(role="administrator"), at=AT)


def test_no_door_removes_a_record_under_hold(paper, merchant):
    LegalHoldFactory(subject=merchant)

    with pytest.raises(Refused, match="法律保全中"):
        retention.remove(PAPERS, paper, on=LAST + 9 * ONE_DAY, by=None, at=AT)


def test_the_command_tells_its_report_as_json(paper, time_machine):
    time_machine.move_to(datetime.datetime(2029, 3, 17, 3, 40, tzinfo=clock.SHANGHAI))
    out = io.StringIO()

    call_command("retain", "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["on"], report["dry_run"], report["kinds"][0]["removed"]) == ("2029-03-17", True, 1)
    assert {rule["clause"] for rule in report["rules"]} >= {"DB4401 5.1.5.3", "LSEC 27", "LSEC 31"}


def hold_on(code, **given):
    return LegalHold(
        subject_model="merchants.merchant", subject_code=code, ground="court", reason="诉讼", **given
    )


def test_a_hold_is_placed_by_the_number_that_people_know(merchant):
    hold = legal_holds.place(hold_on(f" {merchant.code} "), pdf(), by=StaffFactory(role="compliance"), at=AT)

    assert (hold.subject_id, hold.subject_code, hold.placed_on) == (merchant.pk, merchant.code, DAY)
    assert hold.document.latest.sha256


def test_a_hold_on_nothing_is_refused():
    with pytest.raises(ValidationError, match="没有找到该编号"):
        legal_holds.place(hold_on("M9999"), by=None, at=AT)


@pytest.mark.parametrize("role", ["operator", "merchant_desk", "streamer_manager", "trainer", "reviewer"])
def test_a_hold_is_the_compliance_officers(merchant, role):
    with pytest.raises(Denied):
        legal_holds.place(hold_on(merchant.code), by=StaffFactory(role=role), at=AT)


def test_a_hold_is_lifted_by_somebody_else_with_the_reason(merchant):
    first, second = StaffFactory(role="compliance"), StaffFactory(role="compliance")
    hold = legal_holds.place(hold_on(merchant.code), by=first, at=AT)

    with pytest.raises(Denied, match="同事"):
        legal_holds.lift(hold, note="结案", by=first, at=AT)
    legal_holds.lift(hold, note="结案", by=second, at=AT)

    assert (hold.state, hold.lifted_on) == ("lifted", DAY)
