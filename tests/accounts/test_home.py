"""The front door leads everybody to their work."""

import pytest

from tests.factories.accounts import MerchantUserFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("person", "place"), [(StaffFactory, "/admin/"), (MerchantUserFactory, "/portal/")])
def test_people_are_sent_to_their_work(client, person, place):
    client.force_login(person())

    assert client.get("/")["Location"] == place


def test_a_visitor_is_sent_to_log_in(client):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"
