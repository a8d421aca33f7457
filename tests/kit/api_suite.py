"""What every resource of the API promises: inherited by the tests of each, which say how its rows are made.

::

    class TestMerchantApi(ResourceSuite):
        path = "/api/v1/merchants/"
        role = "merchant_desk"
        change = {"short_name": "小铺"}                     # a good change; left out where verbs alone write
        wrong = {"kind": "nonsense"}                        # what the model refuses, under the same names
        secrets = ["13800138000"]                           # what the rows hold and nobody reads in clear

        def make(self):
            return MerchantFactory(phone="13800138000")

        def fresh(self):                                    # what makes a new row; left out where none is
            return {"kind": "company", "name": "广州某某商贸有限公司", "uscc": uscc(77)}
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from rest_framework.test import APIClient

from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory


def client_of(user):
    """A client that has logged in as this user."""
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.mark.django_db
class ResourceSuite:
    """The promises, each as a test."""

    path = ""
    role = "administrator"
    change: dict = {}
    wrong: dict = {}
    secrets: list[str] = []
    list_queries = 3

    def make(self):
        """A row that the role may know of."""
        raise NotImplementedError

    def fresh(self):
        """What a client sends for a new row; empty where none is made here."""
        return {}

    @pytest.fixture
    def staff(self):
        return client_of(StaffFactory(role=self.role))

    @pytest.fixture(params=[UserFactory, MerchantUserFactory], ids=["nobody", "another merchant's"])
    def stranger(self, request):
        return client_of(request.param())

    @pytest.fixture
    def viewset(self):
        return resolve(self.path).func.cls

    def url(self, row):
        return f"{self.path}{row.pk}/"

    def test_the_list_shows_a_row_as_its_detail_does(self, staff):
        row = self.make()

        listed = staff.get(self.path).json()["results"]

        detail = staff.get(self.url(row)).json()
        assert [{name: detail[name] for name in shown} for shown in listed if shown["id"] == row.pk] == [
            shown for shown in listed if shown["id"] == row.pk
        ]
        assert row.pk in [shown["id"] for shown in listed]

    def test_a_longer_list_asks_no_more_queries(self, staff):
        self.make()
        with CaptureQueriesContext(connection) as one:
            staff.get(self.path)
        for _ in range(4):
            self.make()

        with CaptureQueriesContext(connection) as five:
            answer = staff.get(self.path)

        assert len(answer.json()["results"]) >= 5
        asked = [query["sql"] for query in five if "auth_" not in query["sql"]]
        assert len(five) <= len(one)
        assert len(asked) <= self.list_queries

    def test_pages_neither_repeat_nor_skip_while_rows_come(self, staff):
        there = {self.make().pk for _ in range(3)}
        seen, url = [], f"{self.path}?page_size=2"
        while url:
            page = staff.get(url).json()
            seen += [row["id"] for row in page["results"]]
            self.make()
            url = page["next"]

        assert len(seen) == len(set(seen))
        assert there <= set(seen)

    def test_the_link_back_leads_to_the_page_before(self, staff):
        for _ in range(3):
            self.make()
        first = staff.get(f"{self.path}?page_size=2").json()
        second = staff.get(first["next"]).json()

        assert staff.get(second["previous"]).json()["results"] == first["results"]
        assert first["previous"] is None

    def test_every_ordering_is_told_and_works(self, staff, viewset):
        for _ in range(3):
            self.make()
        for name in viewset.ordering_fields:
            up = staff.get(self.path, {"ordering": name, "page_size": 2}).json()
            down = staff.get(self.path, {"ordering": f"-{name}"}).json()["results"]
            rest = staff.get(up["next"]).json()["results"]
            ids = [row["id"] for row in up["results"] + rest]
            assert ids == [row["id"] for row in down][::-1][: len(ids)]

    def test_a_question_that_is_not_understood_is_400_under_its_name(self, staff):
        for query in ("page_size=0", "page_size=501", "page_size=x", "cursor=x", "ordering=x", "nosuch=1"):
            answer = staff.get(f"{self.path}?{query}")
            assert answer.status_code == 400, query
            assert list(answer.json()["errors"]) == [query.partition("=")[0]]

    def test_nobody_is_let_in_without_logging_in(self):
        row = self.make()
        client = APIClient()
        for answer in (
            client.get(self.path),
            client.get(self.url(row)),
            client.post(self.path, {}, format="json"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")

    def test_a_stranger_is_told_of_no_row(self, stranger, viewset):
        row = self.make()
        url = self.url(row)
        paths = [url, f"{url}history/", *(f"{url}{verb.name}/" for verb in viewset.verbs)]
        answers = [stranger.get(url), stranger.patch(url, {}, format="json", HTTP_IF_MATCH="*")]
        answers += [stranger.post(path, {}, format="json") for path in paths[2:]]

        assert {answer.status_code for answer in answers} <= {404, 405}
        assert stranger.get(f"{url}history/").status_code in (403, 404)
        assert row.pk not in [shown["id"] for shown in stranger.get(self.path).json()["results"]]

    def test_an_id_that_is_not_there_is_404(self, staff):
        for pk in (0, 999_999_999, 10**30, "abc", "1e3", "-1"):
            answer = staff.get(f"{self.path}{pk}/")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), pk

    def test_nothing_is_deleted(self, staff):
        assert staff.delete(self.url(self.make())).status_code == 405

    def test_a_detail_that_did_not_change_is_304(self, staff):
        url = self.url(self.make())
        tag = staff.get(url)["ETag"]

        assert staff.get(url, HTTP_IF_NONE_MATCH=tag).status_code == 304
        assert staff.get(url, HTTP_IF_NONE_MATCH='"0-0"').status_code == 200

    def test_a_new_row_answers_as_its_detail(self, staff):
        if not self.fresh():
            pytest.skip("no row is made here")
        answer = staff.post(self.path, self.fresh(), format="json")

        assert answer.status_code == 201, answer.content.decode()
        assert answer.json() == staff.get(answer["Location"]).json()
        assert answer["ETag"] == staff.get(answer["Location"])["ETag"]

    def test_what_cannot_be_set_is_refused_by_name(self, staff):
        if not self.fresh():
            pytest.skip("no row is made here")
        for field, value in {"nosuch": 1, "id": 1, "version": 9}.items():
            answer = staff.post(self.path, {**self.fresh(), field: value}, format="json")
            assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    def test_a_body_that_is_no_row_is_400_and_leaves_no_trace(self, staff, viewset):
        if not self.fresh():
            pytest.skip("no row is made here")
        before = viewset.queryset.model.objects.count()
        for body in ("", "{", "[]", '"x"', "null", '{"a": NaN}', "[" * 5_000, b"\xff\xfe"):
            answer = staff.post(self.path, body, content_type="application/json")
            assert answer.status_code == 400, body

        assert viewset.queryset.model.objects.count() == before

    def test_a_change_names_the_version_that_it_changes(self, staff):
        if not self.change:
            pytest.skip("rows change by verbs alone")
        url = self.url(self.make())
        tag = staff.get(url)["ETag"]

        assert staff.patch(url, self.change, format="json").status_code == 428
        changed = staff.patch(url, self.change, format="json", HTTP_IF_MATCH=tag)
        again = staff.patch(url, self.change, format="json", HTTP_IF_MATCH=tag)

        assert (changed.status_code, again.status_code) == (200, 412)
        assert changed["ETag"] != tag
        assert changed.json() == staff.get(url).json()
        assert changed.json() | self.change == changed.json()

    def test_a_change_that_the_model_refuses_is_400_under_its_name(self, staff):
        if not self.wrong:
            pytest.skip("nothing can be wrong")
        row = self.make()

        answer = staff.patch(self.url(row), self.wrong, format="json", HTTP_IF_MATCH="*")

        assert answer.status_code == 400
        assert answer.json()["errors"].keys() == self.wrong.keys()
        stored = type(row).objects.get(pk=row.pk)
        assert stored.version == row.version

    def test_what_was_read_may_be_sent_back(self, staff):
        if not self.change:
            pytest.skip("rows change by verbs alone")
        url = self.url(self.make())
        read = staff.get(url)

        answer = staff.patch(url, read.json(), format="json", HTTP_IF_MATCH=read["ETag"])

        assert (answer.status_code, answer.json()) == (200, read.json())

    def test_the_state_is_moved_by_verbs_alone(self, staff):
        row = self.make()
        if not (self.change and hasattr(row, "MOVES")):
            pytest.skip("a row without a state")
        other = next(state for state in type(row).State if state != row.state)

        answer = staff.patch(self.url(row), {"state": other}, format="json", HTTP_IF_MATCH="*")

        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["state"])
        assert set(staff.get(self.url(row)).json()["open_moves"]) <= set(row.MOVES.leaving(row.state))

    def test_every_verb_minds_the_version(self, staff, viewset):
        url = self.url(self.make())
        for verb in viewset.verbs:
            answer = staff.post(f"{url}{verb.name}/", {}, format="json", HTTP_IF_MATCH='"0-0"')
            assert (answer.status_code, answer.json()["code"]) == (412, "stale"), verb.name

    def test_staff_read_the_history(self, staff):
        lines = staff.get(f"{self.url(self.make())}history/").json()["results"]

        assert lines
        assert lines[-1].keys() == {"id", "at", "by", "verb", "changes", "why"}

    def test_personal_data_is_never_in_clear(self, staff):
        url = self.url(self.make())
        said = [staff.get(path).content.decode() for path in (self.path, url, f"{url}history/")]

        assert [secret for secret in self.secrets for text in said if secret in text] == []
