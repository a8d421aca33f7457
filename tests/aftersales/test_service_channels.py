"""By which ways consumers reach after-sales: one of each kind, the hours, and what they read of it."""

import datetime

import pytest
from django.urls import reverse

from aftersales.actions.service_channel import sync_channels
from aftersales.models import ServiceChannel
from aftersales.rules.service_channel import CHANNELS
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.channels import ServiceChannelFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
NEVER = {"all_day": False}


def hours(opens, closes):
    return {"all_day": False, "opens": datetime.time(*opens), "closes": datetime.time(*closes)}


def found(channel):
    return [finding.clause for finding in CHANNELS.inspect(channel, on=DAY).findings]


@pytest.mark.clause("EJAS 5.3.1 -1", "EJAS 5.3.1 -2", "EJAS 5.3.1 -3", "EJAS 5.3.1 -4", "EJAS 5.3.1 -5")
@pytest.mark.clause("EJAS 5.3.1 -6", "EJAS 5.3.1 -7", "EJAS 5.3.1 -8", "EJAS 5.3.2 -4")
def test_of_each_kind_one_is_shipped_and_asked_for_until_it_is_filled_in():
    sync_channels(at=AT)
    sync_channels(at=AT)

    lacking = {row.kind: found(row) for row in ServiceChannel.objects.all()}
    assert lacking == {
        "hotline": ["EJAS 5.3.1 -1"],
        "phone": ["EJAS 5.3.1 -2"],
        "self": [],
        "bot": ["EJAS 5.3.1 -4"],
        "chat": ["EJAS 5.3.1 -5"],
        "message": ["EJAS 5.3.3"],
        "help": [],
        "social": ["EJAS 5.3.1 -8"],
        "email": ["EJAS 5.3.2 -4"],
    }


@pytest.mark.clause("EJAS 5.3.3", "EJAS 5.3.2 -1", "EJAS 5.3.2 -2", "EJAS 5.3.2 -3", "EJAS 6.1.1.1")
@pytest.mark.parametrize(
    ("given", "cited"),
    [
        ({}, []),
        (hours((0, 0), (23, 59)), ["EJAS 5.3.3"]),
        ({"takes_media": False}, ["EJAS 6.1.1.1"]),
        ({"reach": ""}, ["EJAS 5.3.1 -5"]),
        ({"kind": "hotline", **hours((8, 0), (1, 0))}, []),
        ({"kind": "hotline", **hours((8, 0), (0, 59))}, ["EJAS 5.3.3"]),
        ({"kind": "hotline", **hours((8, 1), (1, 0))}, ["EJAS 5.3.3"]),
        ({"kind": "phone", "sends_text": True}, []),
        ({"kind": "phone"}, ["EJAS 5.3.2 -2"]),
        ({"kind": "message", **hours((9, 0), (18, 0))}, []),
        ({"kind": "message", **hours((9, 0), (17, 59))}, ["EJAS 5.3.3"]),
        ({"kind": "email", **NEVER}, ["EJAS 5.3.3"]),
        ({"kind": "bot", **NEVER}, []),
    ],
)
def test_hours_and_what_a_channel_takes(given, cited):
    assert found(ServiceChannelFactory(**given)) == cited


@pytest.mark.clause("EJAS 5.3.1 -2", "GDAS 4.3")
def test_consumers_read_how_to_reach_us(client):
    sync_channels(at=AT)
    ServiceChannelFactory(kind="phone", reach="020-83228888", **hours((8, 0), (1, 0)), note="大促期间延长")
    ServiceChannelFactory(reach="旧客服", ended_on=DAY)

    for page in ("complain_process", "help"):
        shown = client.get(reverse(page)).content.decode()
        assert "020-83228888" in shown
        assert "08:00 至次日 01:00" in shown
        assert "大促期间延长" in shown
        assert "旧客服" not in shown
    assert reverse("help_ask") in client.get(reverse("complain_process")).content.decode()


def test_staff_keep_them_and_programs_read_them(client):
    client.force_login(StaffFactory(role="after_sales"))
    given = {"kind": "hotline", "reach": "400-830-0000", "opens": "08:00", "closes": "01:00", "note": ""}
    assert client.post("/admin/aftersales/servicechannel/add/", given).status_code == 302
    row = ServiceChannel.objects.get()
    assert client.get("/admin/aftersales/servicechannel/").status_code == 200
    assert client.get(f"/admin/aftersales/servicechannel/{row.pk}/change/").status_code == 200
    [told] = client_of(MerchantUserFactory()).get("/api/v1/service-channels/").json()["results"]
    assert (told["reach"], told["closes"]) == ("400-830-0000", "01:00:00")
