"""Rules, legal holds and nightly reports at the admin's and the API's doors."""

import pytest

from mcn.evidence import retention
from mcn.evidence.models import LegalHold, RetentionRun
from mcn.evidence.shipped_rules import sync_retention
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.retention import LegalHoldFactory, RetentionRuleFactory
from tests.kit.api_suite import ResourceSuite, client_of

pytestmark = pytest.mark.django_db


class TestRetentionRuleApi(ResourceSuite):
    path = "/api/v1/retention-rules/"
    role = "compliance"

    def make(self):
        self.made = getattr(self, "made", 35) + 1
        return RetentionRuleFactory(length=self.made, clause=f"DB4401 5.1.{self.made}")

    def fresh(self):
        return {"retention_class": "trade", "clause": "LSEC 27", "length": 60, "valid_from": "2026-03-16"}

    def test_a_stranger_is_told_of_no_row(self):
        """Rules are told to everybody who is signed in."""


class TestLegalHoldApi(ResourceSuite):
    path = "/api/v1/legal-holds/"
    role = "compliance"

    @pytest.fixture(autouse=True)
    def shipped(self, db):
        sync_retention(at=AT)
        self.merchant = MerchantFactory(papers=False)

    def make(self):
        return LegalHoldFactory(subject=self.merchant)

    def fresh(self):
        held = {"subject_model": "merchants.merchant", "subject_code": self.merchant.code}
        return {**held, "ground": "court", "reason": "诉讼"}


class TestRetentionRunApi(ResourceSuite):
    path = "/api/v1/retention-runs/"
    role = "auditor"

    def make(self):
        retention.run(on=DAY, by=None, at=AT)
        return RetentionRun.objects.first()


@pytest.mark.parametrize("path", ["retention-rules", "legal-holds"])
def test_what_was_decided_is_not_rewritten(path):
    row = LegalHoldFactory() if path == "legal-holds" else RetentionRuleFactory()
    client = client_of(StaffFactory(role="administrator"))

    assert client.patch(f"/api/v1/{path}/{row.pk}/", {"reason": "x"}, format="json").status_code in (403, 405)


def test_a_hold_is_placed_and_lifted_in_the_admin(client):
    sync_retention(at=AT)
    merchant = MerchantFactory(papers=False)
    held = {
        "subject_model": "merchants.merchant",
        "ground": "authority",
        "reference": "12号",
        "reason": "调查",
    }
    client.force_login(StaffFactory(role="compliance"))

    unknown = client.post("/admin/evidence/legalhold/add/", {**held, "subject_code": "M9999"})
    placed = client.post("/admin/evidence/legalhold/add/", {**held, "subject_code": merchant.code})
    hold = LegalHold.objects.get()
    client.force_login(StaffFactory(role="compliance"))
    lifted = client.post(f"/admin/evidence/legalhold/{hold.pk}/do/lift/", {"note": "结案"})

    assert "没有找到该编号" in unknown.content.decode()
    assert (placed.status_code, lifted.status_code) == (302, 302)
    assert LegalHold.objects.get().state == "lifted"


@pytest.mark.parametrize(
    "path", ["retentionrun/", "retentionrun/dry-run/", "retentionrule/", "legalhold/", "legalhold/add/"]
)
def test_pages_open(client, path):
    LegalHoldFactory()
    RetentionRuleFactory()
    retention.run(on=DAY, by=None, at=AT)
    client.force_login(StaffFactory(role="administrator"))

    assert client.get(f"/admin/evidence/{path}").status_code == 200


def test_a_report_tells_what_went(client):
    retention.run(on=DAY, by=None, at=AT)
    client.force_login(StaffFactory(role="auditor"))

    page = client.get(f"/admin/evidence/retentionrun/{RetentionRun.objects.get().pk}/change/")

    assert "法律保全中" in page.content.decode()
