"""The claim scan at the API's door."""

import pytest

from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.claims import TermFactory
from tests.kit.api_suite import ResourceSuite, client_of

SCAN = "/api/v1/claims/scan/"


class TestTermApi(ResourceSuite):
    path = "/api/v1/claims/terms/"
    role = "compliance"
    change = {"suggestion": "换个说法"}
    wrong = {"regimes": "toys"}

    def make(self):
        return TermFactory()

    def fresh(self):
        return {
            "text": "笑傲群雄",
            "kind": "absolute",
            "outcome": "banned",
            "clause": "DB4401 5.2.3.3 b",
            "reason": "绝对化用语",
            "suggestion": "删去",
        }


@pytest.mark.django_db
class TestScanApi:
    def test_a_text_is_scanned_for_a_category_by_the_terms_in_force(self):
        client = client_of(MerchantUserFactory())

        answer = client.post(SCAN, {"text": "有助于增强免疫力", "category": "休闲零食"}, format="json")

        assert answer.status_code == 200
        said = answer.json()
        assert (said["outcome"], said["regime"], said["version"]) == ("banned", "ordinary_food", "shipped")
        [hit] = said["hits"]
        assert (hit["start"], hit["end"], hit["matched"]) == (3, 8, "增强免疫力")
        assert hit["clause"] == "DB4401 5.2.3.3 d"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "text"),
            ({"text": None}, "text"),
            ({"text": ["a"]}, "text"),
            ({"text": "字" * 100_001}, "text"),
            ({"text": "a", "category": "字" * 101}, "category"),
            ({"text": "a", "nosuch": 1}, "nosuch"),
        ],
    )
    def test_what_is_no_text_is_refused_under_its_name(self, body, field):
        answer = client_of(StaffFactory(role="compliance")).post(SCAN, body, format="json")

        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    def test_nobody_scans_without_logging_in(self, client):
        assert client.post(SCAN, {"text": "a"}).status_code == 401


@pytest.mark.django_db
def test_who_may_not_keep_terms_adds_none():
    body = TestTermApi().fresh()
    for user in (MerchantUserFactory(), StaffFactory(role="auditor")):
        assert client_of(user).post(TestTermApi.path, body, format="json").status_code == 403
