"""Staff keep the terms in the admin."""

import pytest
from django.urls import reverse

from mcn.claims.models import Term, TermSet
from tests.factories.accounts import StaffFactory
from tests.factories.claims import TermFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:claims_term_changelist")
ADD = reverse("admin:claims_term_add")
FILLED = {
    "text": "笑傲群雄",
    "kind": "absolute",
    "outcome": "banned",
    "severity": "3",
    "in_use": "on",
    "regimes": ["cosmetics", "drug"],
    "excuses": ["denied"],
    "clause": "DB4401 5.2.3.3 b",
    "source": "",
    "reason": "绝对化用语",
    "suggestion": "删去",
}


@pytest.fixture
def compliance(client):
    client.force_login(StaffFactory(role="compliance"))
    return client


def test_a_term_is_added_with_its_goods_and_excuses_and_makes_a_version(compliance):
    answer = compliance.post(ADD, FILLED)

    assert answer.status_code == 302
    term = Term.objects.get()
    assert (term.regimes, term.excuses) == ("cosmetics drug", "denied")
    assert TermSet.objects.get().count == 1


def test_the_form_shows_what_is_ticked(compliance):
    term = TermFactory(regimes="drug")

    page = compliance.get(reverse("admin:claims_term_change", args=[term.pk])).content.decode()

    assert page.count("checked") >= 2  # the kind of goods, and "in use"


def test_a_term_that_says_nothing_to_whom_it_stops_is_not_saved(compliance):
    answer = compliance.post(ADD, {**FILLED, "reason": ""})

    assert answer.status_code == 200
    assert "被拦下的人要看到原因和改法" in answer.content.decode()
    assert not Term.objects.exists()


def test_the_list_is_searched_and_filtered(compliance):
    TermFactory(text="笑傲群雄")
    TermFactory(text="独步江湖", outcome="needs_evidence")

    found = compliance.get(LIST, {"q": "笑傲", "outcome__exact": "banned"}).content.decode()

    assert "笑傲群雄" in found
    assert "独步江湖" not in found


def test_others_read_and_change_nothing(client):
    client.force_login(StaffFactory(role="auditor"))
    term = TermFactory()

    assert client.get(LIST).status_code == 200
    assert client.post(ADD, FILLED).status_code == 403
    assert client.post(reverse("admin:claims_term_change", args=[term.pk]), FILLED).status_code == 403
