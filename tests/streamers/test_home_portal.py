"""A streamer's own file in the portal, and the way there."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from streamers.models import Streamer
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamers import StreamerFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


def browser(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def text(answer):
    return answer.content.decode()


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory())


def test_a_streamer_lands_on_their_own_file(streamer):
    answer = browser(streamer.user).get("/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("streamer_home")
    assert streamer.stage_name in text(answer)


def test_who_is_a_merchants_person_too_chooses_and_switches(streamer):
    user = MerchantUserFactory()
    Streamer.objects.filter(pk=streamer.pk).update(user=user)
    merchant = user.memberships.get().merchant
    client = browser(user)
    chosen = text(client.get("/portal/"))
    for place in (reverse("streamer_home"), reverse("portal_home", args=[merchant.code])):
        assert place in chosen
        assert reverse("streamer_home") in text(client.get(place))


@pytest.mark.parametrize("stranger", [UserFactory, MerchantUserFactory, StaffFactory])
def test_who_is_no_streamer_has_no_file(stranger):
    assert browser(stranger()).get(reverse("streamer_home")).status_code == 404
