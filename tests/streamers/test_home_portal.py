"""A streamer's own file in the portal, and the way there."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from mcn.audit import trail
from mcn.kit.clock import business_day
from streamers.models import Streamer
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamers import StreamerFactory, StreamerHoldFactory
from tests.streamers.portal import browser, text


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


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


def test_a_hold_is_told_with_its_reason_and_appealed_once(streamer):
    hold = StreamerHoldFactory(streamer=streamer)
    client = browser(streamer.user)
    address = reverse("streamer_appeal", args=[hold.pk])
    assert hold.reason in text(client.get(reverse("streamer_home")))
    assert address in text(client.get(reverse("streamer_home")))
    assert client.post(address, {"appeal": ""}).status_code == 422
    client.post(address, {"appeal": "已完成整改"})
    hold.refresh_from_db()
    assert (hold.state, hold.appeal) == ("appealed", "已完成整改")
    assert client.post(address, {"appeal": "再说一次"}).status_code == 409
    assert address not in text(client.get(reverse("streamer_home")))


def test_nobody_appeals_against_somebody_elses_hold(streamer):
    hold = StreamerHoldFactory()
    answer = browser(streamer.user).post(reverse("streamer_appeal", args=[hold.pk]), {"appeal": "x"})
    assert answer.status_code == 404
    hold.refresh_from_db()
    assert hold.state == "active"


def test_each_station_says_its_own_day_and_a_hold_is_told_beside_the_state(streamer):
    for verb, days in [("accept", 5), ("graduate", 3)]:
        trail.note(streamer, by=None, at=AT - datetime.timedelta(days=days), verb=verb)
    Streamer.objects.filter(pk=streamer.pk).update(applied_at=AT - datetime.timedelta(days=9))
    client = browser(streamer.user)
    answer = client.get(reverse("streamer_home"))
    days = [business_day(step.when) for step in answer.context["steps"][:3]]
    assert days == [DAY - datetime.timedelta(days=ago) for ago in (9, 5, 3)]
    assert [step.when for step in answer.context["steps"][3:]] == [Streamer.objects.get().activated_on]
    assert "机构批准上岗" in text(answer)
    assert "管控中" not in text(answer)

    StreamerHoldFactory(streamer=streamer)

    assert "· 管控中" in text(client.get(reverse("streamer_home")))
