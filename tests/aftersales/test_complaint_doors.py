"""Complaints at the doors: consumers, the agents' inbox, the merchant's answers, the evidence pack."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.models import Complaint, Nature
from mcn.evidence.pack import faults as pack_faults
from tests.factories import AT, png
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.complaints import PIN, ComplaintFactory
from tests.factories.merchants import MerchantFactory

State, Turn = Complaint.State, Complaint.Turn
WORDS = {"nature": "quality", "text": "到货发霉，要求退款", "phone": "13800138000", "agreed": "on"}


def page(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def accepted(agent, **given):
    made = intake.receive(
        Complaint(nature=Nature.QUALITY, text="收到的陈皮有霉点", phone="13800138000", **given),
        by=agent,
        at=AT,
    )
    return intake.accept(made, by=agent, at=AT)


@pytest.mark.clause("GDAS 4.3", "DB4401 6.1.3", "DB4401 6.4.1 c", "GDAS 5.3.3 c")
def test_a_consumer_complains_on_a_phone_and_follows_it():
    browser = page()
    sent = browser.post(reverse("complain"), WORDS | {"file": png()}, follow=True)
    complaint = Complaint.objects.get()
    assert sent.redirect_chain == [(reverse("complain_received"), 302)]
    assert complaint.tracking in sent.content.decode()
    assert complaint.pin in sent.content.decode()

    other = page()
    assert other.get(reverse("complain_received")).status_code == 404
    opened = other.post(
        reverse("complain_find"), {"tracking": complaint.tracking, "pin": complaint.pin.lower()}, follow=True
    )
    assert "到货发霉" in opened.content.decode()
    assert "13800138000" not in opened.content.decode()
    other.post(reverse("complain_track"), {"text": "又发现一袋"})
    assert complaint.entries.filter(kind="consumer", text="又发现一袋").count() == 1


def test_a_wrong_number_and_a_wrong_code_are_answered_alike():
    complaint = ComplaintFactory()
    said = [
        page().post(reverse("complain_find"), {"tracking": tracking, "pin": pin}).context["form"].errors
        for tracking, pin in [(complaint.tracking, "XXXXXX"), ("26031699999999", PIN)]
    ]

    assert said[0] == said[1]


def test_a_number_is_not_guessed_at_from_many_places():
    complaint = ComplaintFactory()
    tried = [
        page().post(
            reverse("complain_find"),
            {"tracking": complaint.tracking, "pin": "XXXXXX" if number < 10 else PIN},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        for number in range(11)
    ]

    assert [answer.status_code for answer in tried[9:]] == [422, 429]


def test_not_more_complaints_come_from_one_place_than_an_honest_person_sends():
    browser = page()
    codes = [browser.post(reverse("complain"), WORDS).status_code for _number in range(6)]

    assert codes == [302, 302, 302, 302, 302, 429]


def test_a_complaint_without_a_way_to_answer_comes_back_with_what_was_typed():
    answer = page().post(reverse("complain"), WORDS | {"phone": ""})

    assert answer.status_code == 422
    assert "请留下电话" in answer.content.decode()
    assert "到货发霉" in answer.content.decode()


def test_many_complaints_are_given_to_an_agent_at_once(agent):
    made = [ComplaintFactory(), ComplaintFactory()]
    inbox, browser = (
        reverse("admin:aftersales_complaint_changelist"),
        page(StaffFactory(role="after_sales_lead")),
    )
    ticked = {"action": "assign", "_selected_action": [row.pk for row in made]}

    asked = browser.post(inbox, ticked)
    assert (asked.status_code, asked.context["kept"][-1]) == (200, ("_answered", "1"))
    assert [row.agent for row in Complaint.objects.all()] == [None, None]

    told = dict(asked.context["kept"][-1:]) | ticked
    assert "必填" in browser.post(inbox, told).content.decode()
    browser.post(inbox, told | {"agent": agent.pk})
    assert [row.agent for row in Complaint.objects.all()] == [agent, agent]


def test_an_unknown_qr_code_leads_nowhere():
    assert page().get(reverse("complain_about", args=["L99999"])).status_code == 404


@pytest.mark.clause("GDAS 5.3.1", "DB4401 6.1.4", "DB4401 6.2.1 d")
def test_everybody_reads_how_complaints_are_dealt_with():
    shown = page().get(reverse("complain_process")).content.decode()

    assert "<svg" in shown
    assert "GDAS 5.3.2 d" in shown
    assert "7 个工作日" in shown or "7 工作日" in shown


@pytest.mark.clause("GDAS 5.3.2 b", "GDAS 5.3.2 c", "DB4401 6.4.2 d")
def test_a_merchant_answers_what_it_is_asked_and_sees_no_contact(agent):
    owner = MerchantUserFactory()
    merchant = owner.memberships.get().merchant
    complaint = accepted(agent, merchant=merchant)
    talk.ask_merchant(complaint, note="请核查批次", by=agent, at=AT)
    talk.record(complaint, kind="note", note="内部：疑似同批次", by=agent, at=AT)
    browser, url = page(owner), reverse("portal_complaint", args=[merchant.code, complaint.pk])

    listed = reverse("portal_complaints", args=[merchant.code])
    asked = ["", "?show=waiting", "?show=open", f"?q={complaint.code}", "?q=C999999"]
    seen = [url in browser.get(f"{listed}{one}").content.decode() for one in asked]
    assert seen == [True, True, True, True, False]
    shown = browser.get(url).content.decode()
    assert "请核查批次" in shown
    assert [word for word in ("13800138000", "内部：疑似") if word in shown] == []
    assert browser.post(url, {"text": "该批次受潮，同意退款"}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.turn == Turn.AGENCY


def test_a_merchant_knows_of_its_own_complaints_alone_and_not_before_we_took_them_on(agent):
    owner = MerchantUserFactory()
    merchant = owner.memberships.get().merchant
    foreign = accepted(agent, merchant=MerchantFactory())
    early = ComplaintFactory(merchant=merchant)

    for complaint in (foreign, early):
        url = reverse("portal_complaint", args=[merchant.code, complaint.pk])
        assert page(owner).get(url).status_code == 404


def test_the_inbox_shows_what_is_open_with_its_clock_in_few_queries(agent, django_assert_num_queries):
    accepted(agent, merchant=MerchantFactory())
    ComplaintFactory(state=State.CLOSED, code="C000900")
    browser, url = page(agent), reverse("admin:aftersales_complaint_changelist")
    browser.get(url)
    with CaptureQueriesContext(connection) as for_one:
        browser.get(url)
    for _number in range(2):
        accepted(agent, merchant=MerchantFactory(papers=False))
    with django_assert_num_queries(len(for_one)):
        shown = browser.get(url).content.decode()

    assert "C000900" not in shown
    assert "C000900" in browser.get(f"{url}?box=everything").content.decode()
    assert "13800138000" not in shown


def test_the_page_of_a_complaint_shows_its_file_and_what_may_be_done(agent):
    complaint = accepted(agent, merchant=MerchantFactory())
    shown = page(agent).get(reverse("admin:aftersales_complaint_change", args=[complaint.pk]))
    text = shown.content.decode()

    assert "档案完整" in text
    assert "13800138000" not in text
    assert [verb.name for verb, _url in shown.context["open_verbs"]][:3] == [
        "verify",
        "ask_merchant",
        "ask_consumer",
    ]


def test_staff_enter_a_complaint_and_put_it_right(agent):
    browser = page(agent)
    given = {"channel": "phone", "nature": "delivery", "urgency": "normal", "text": "三天未发货"}
    browser.post(reverse("admin:aftersales_complaint_add"), given | {"phone": "13800138000"})
    complaint = Complaint.objects.get()
    assert (complaint.code, complaint.entered_by) == ("C000001", agent)

    form = browser.get(reverse("admin:aftersales_complaint_change", args=[complaint.pk])).context["adminform"]
    initial = {name: value for name, value in form.form.initial.items() if value is not None}
    change = reverse("admin:aftersales_complaint_change", args=[complaint.pk])
    assert browser.post(change, initial | {"nature": "safety"}).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.nature, complaint.priority, complaint.serious) == ("safety", 1, True)
    assert complaint.phone == "13800138000"


def test_an_auditor_reads_and_does_nothing(agent):
    complaint = accepted(agent)
    auditor = page(StaffFactory(role="auditor"))
    shown = auditor.get(reverse("admin:aftersales_complaint_change", args=[complaint.pk]))
    verb = reverse("admin:aftersales_complaint_verb", args=[complaint.pk, "verify"])

    assert shown.context["open_verbs"] == []
    assert auditor.post(verb, {"note": ""}).status_code == 403
    assert auditor.get(reverse("admin:aftersales_complaint_pack", args=[complaint.pk])).status_code == 403


@pytest.mark.clause("EJAS 6.6.2")
def test_the_evidence_pack_holds_the_whole_file_and_no_contact(agent):
    complaint = accepted(agent, merchant=MerchantFactory())
    talk.say(complaint, text="照片在此", file=png(), by=agent, at=AT)
    complaints.verify(complaint, by=agent, at=AT)
    answer = page(agent).get(reverse("admin:aftersales_complaint_pack", args=[complaint.pk]))
    content = io.BytesIO(b"".join(answer.streaming_content))

    assert pack_faults(content) == []
    with zipfile.ZipFile(content) as made:
        entries = json.loads(made.read("file.json"))
        everything = b"".join(made.read(name) for name in made.namelist())
    assert [entry["kind"] for entry in entries] == ["receive", "accept", "consumer", "verify"]
    assert "files/003-r1.png" in made.namelist()
    assert b"13800138000" not in everything
