"""Complaints for programs and by spreadsheet: taken in, dealt with, seen by whom they concern."""

import pytest
from django.test import Client

from aftersales.actions import complaint_intake as intake
from aftersales.models import Channel, Complaint, Nature
from aftersales.resources.complaint import ComplaintSheet
from mcn.sheets.sheet import Outcome, Run
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.merchants import MerchantFactory

GIVEN = {
    "channel": "platform",
    "reference": "DY1",
    "nature": "quality",
    "text": "破损",
    "phone": "13800138000",
}


def program(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


@pytest.mark.clause("EJAS 7.2.1")
def test_a_program_takes_a_complaint_in_and_deals_with_it(agent):
    client = program(agent)
    made = client.post("/api/v1/complaints/", GIVEN, content_type="application/json")
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["code"], told["state"], told["phone"]) == ("C000001", "received", "138****8000")
    assert "pin" not in told

    accepted = client.post(f"/api/v1/complaints/{told['id']}/accept/", {}, content_type="application/json")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    wrong = client.post(
        f"/api/v1/complaints/{told['id']}/answer_consumer/", {"ways": ["sms"]}, "application/json"
    )
    assert wrong.status_code == 409
    file = client.get(f"/api/v1/complaints/{told['id']}/entries/").json()
    assert ([entry["kind"] for entry in file["entries"]], file["faults"]) == (["receive", "accept"], [])


def test_a_merchant_s_program_sees_its_own_without_who_complained(agent):
    owner = MerchantUserFactory()
    merchant = owner.memberships.get().merchant
    own, foreign = ComplaintFactory(merchant=merchant), ComplaintFactory(merchant=MerchantFactory())
    for complaint in (own, foreign):
        intake.accept(complaint, by=agent, at=AT)
    client = program(owner)

    assert [row["code"] for row in client.get("/api/v1/complaints/").json()["results"]] == [own.code]
    assert client.get(f"/api/v1/complaints/{foreign.pk}/").status_code == 404
    assert {"name", "phone", "contact"} & client.get(f"/api/v1/complaints/{own.pk}/").json().keys() == set()


class Cells(dict):
    """A row of a file as the sheet reads it."""

    def __init__(self, **values):
        super().__init__(values)
        self.problems = []


def test_a_sheet_takes_in_what_is_new_and_leaves_alone_what_came_already(agent):
    ComplaintFactory(channel=Channel.PLATFORM, reference="DY1")
    given = {"channel": "platform", "nature": Nature.QUALITY, "text": "破损", "received_at": AT}
    rows = [Cells(reference="DY1", **given), Cells(reference="DY2", phone="13800138000", **given)]
    sheet, run = ComplaintSheet(), Run(by=agent, at=AT)
    sheet.open(run)
    plans = sheet.plan(rows, run)
    assert [plan.outcome for plan in plans] == [Outcome.UNCHANGED, Outcome.CREATED]

    sheet.write(plans[1:], run)
    made = Complaint.objects.get(reference="DY2")
    assert (made.state, made.phone, made.received_at) == ("received", "13800138000", AT)
