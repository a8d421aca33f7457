"""The front door leads everybody to their work."""

import pytest

from tests.factories.accounts import PASSWORD, MerchantUserFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("person", "place"), [(StaffFactory, "/admin/"), (MerchantUserFactory, "/portal/")])
def test_people_are_sent_to_their_work(client, person, place):
    client.force_login(person())

    assert client.get("/")["Location"] == place


def test_a_visitor_is_sent_to_log_in(client):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_everybody_signs_in_at_the_one_page_that_counts_attempts_and_asks_for_the_second_factor(client):
    person = StaffFactory()
    answer = client.post("/admin/login/?next=/admin/", {"username": person.username, "password": PASSWORD})

    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session


def test_a_merchant_is_told_that_the_back_office_is_not_theirs(client):
    client.force_login(MerchantUserFactory())

    assert client.get("/admin/", follow=True).status_code == 403
