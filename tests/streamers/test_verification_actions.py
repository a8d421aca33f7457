"""Verifying a streamer: answers that supersede, facts that go stale, and providers that are asked."""

import datetime
import http.server
import json
import logging
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from mcn.audit.models import Entry
from mcn.kit.clock import add_months
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers import realname
from streamers.actions.capacity import record, withdraw
from streamers.actions.verification import Answer, check_real_name, verify
from streamers.models import CapacityRecord, Streamer, StreamerVerification
from streamers.rules.hosting import HOSTING
from streamers.rules.verification import OF_A_PERSON
from tests.factories import AT, DAY, pdf, png
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    MINOR,
    PARENT,
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    StreamerFactory,
    StreamerVerificationFactory,
    id_number,
    speak_to_the_guardian,
)
from tests.streamers.test_hosting_rules import changed, clauses, findings

Item, Outcome = StreamerVerification.Item, StreamerVerification.Outcome
Method = StreamerVerification.Method


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def streamer():
    return StreamerFactory(verified=False)


def answers(streamer):
    """Every item found good, with what was looked at."""
    return [Answer(item, note="核对一致", file=pdf(body=item.encode())) for item in OF_A_PERSON]


@pytest.mark.clause("LSEC 28", "LSEC 39", "DB4401 5.1.1 a", "DB4401 5.6.2.4", "LSMS 7.1.2 a")
def test_every_item_verified_lets_the_streamer_host(manager, streamer):
    assert clauses(streamer) == ["LSEC 39"] * 5

    made = verify(streamer, answers=answers(streamer), by=manager, at=AT)

    assert findings(streamer) == []
    assert {row.item for row in made} == set(OF_A_PERSON)
    assert {(row.verified_by, row.verified_on, row.next_due_on) for row in made} == {
        (manager, DAY, add_months(DAY, 6))
    }
    assert all(row.document_id for row in made)


def test_a_later_answer_supersedes(manager, streamer):
    verify(streamer, answers=answers(streamer), by=manager, at=AT)
    verify(streamer, answers=[Answer(Item.RECORD, Outcome.BAD, note="有行政处罚")], by=manager, at=AT)

    rows = streamer.verifications.filter(item=Item.RECORD)
    assert [(row.outcome, row.superseded_at is None) for row in rows] == [("bad", True), ("good", False)]
    assert [message for _clause, message in findings(streamer)] == ["处罚与诚信记录：核验未通过。有行政处罚"]


@pytest.fixture
def minor():
    """Somebody of seventeen who lacks nothing but the agency's word with the guardian."""
    made = StreamerFactory(born_on=MINOR)
    ConsentFactory(streamer=made, known=False)
    CapacityRecordFactory(streamer=made)
    return made


@pytest.mark.clause("DB4401 5.1.4.4", "DB4401 5.2.1 b")
def test_a_minor_waits_until_the_agency_has_spoken_to_the_guardian(manager, minor):
    assert findings(minor) == [("DB4401 5.1.4.4", "监护人本人：尚未核验。")]

    spoken = Answer(Item.GUARDIAN, method=Method.CALL, note="回拨本人手机，视频核对户口簿")
    verify(minor, answers=[spoken], by=manager, at=AT)

    assert findings(minor) == []
    bad = Answer(Item.GUARDIAN, Outcome.BAD, method=Method.CALL, note="接电话的是同学")
    verify(minor, answers=[bad], by=manager, at=AT)
    assert clauses(minor) == ["DB4401 5.1.4.4"]


@pytest.mark.parametrize(
    ("method", "note", "said"),
    [(Method.DOCUMENT, "看过户口簿", "回拨"), (Method.CALL, " ", "凭什么认定")],
)
def test_a_paper_alone_does_not_prove_a_guardian(manager, minor, method, note, said):
    with pytest.raises(ValidationError, match=said):
        verify(minor, answers=[Answer(Item.GUARDIAN, method=method, note=note)], by=manager, at=AT)


@pytest.mark.clause("DB4401 5.1.4.4")
@pytest.mark.parametrize(
    "other",
    [
        {"guardian_name": "林大海"},
        {"guardian_phone": "13700137001"},
        {"guardian_id_number": id_number(901, born_on=PARENT)},
        {"relation": "other"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_guardian_is_spoken_to_anew(manager, minor, other):
    speak_to_the_guardian(minor)
    assert findings(minor) == []

    changed(minor.consents.get(), state="revoked")
    ConsentFactory(streamer=minor, **other)

    assert findings(minor) == [("DB4401 5.1.4.4", "监护人本人：核验后信息有变更，请重新核验。")]


def test_of_two_guardians_one_is_enough(minor):
    speak_to_the_guardian(minor)
    ConsentFactory(streamer=minor, guardian_name="周小梅", relation="mother")

    assert findings(minor) == []


def test_nobody_is_verified_as_a_guardian_before_one_has_signed(manager, minor):
    changed(minor.consents.get(), state="revoked")
    answer = Answer(Item.GUARDIAN, method=Method.VIDEO, note="视频核对")
    with pytest.raises(ValidationError, match="没有有效的监护人同意"):
        verify(minor, answers=[answer], by=manager, at=AT)


def test_a_grown_up_needs_no_guardian_verified_in_time():
    grown = StreamerFactory()
    StreamerVerificationFactory(
        streamer=grown, item=Item.GUARDIAN, digest="old", next_due_on=DAY - datetime.timedelta(days=1)
    )
    assert findings(grown) == []


@pytest.mark.clause("DB4401 5.6.2.4")
@pytest.mark.parametrize(
    ("change", "stale"),
    [
        ({"name": "林晓露"}, [Item.IDENTITY, Item.RECORD]),
        ({"id_number": "11010519491231002X"}, [Item.IDENTITY, Item.RECORD]),
        ({"phone": "13600136000"}, [Item.CONTACT]),
        ({"address": "广州市海珠区新港中路 2 号"}, [Item.CONTACT]),
        ({"engagement": "entrusted"}, [Item.POST]),
        ({"stage_name": "新艺名"}, []),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_changed_data_makes_its_own_items_stale(manager, streamer, change, stale):
    verify(streamer, answers=answers(streamer), by=manager, at=AT)
    changed(Streamer.objects.get(), **change)

    found = HOSTING.inspect(streamer, on=DAY).findings
    assert {finding.subject.item for finding in found} == set(stale)
    assert all(finding.mend_url == f"/admin/streamers/streamer/{streamer.pk}/do/verify/" for finding in found)


@pytest.mark.clause("DB4401 5.2.1 c")
def test_an_account_is_verified_and_registered_by_real_name(manager, streamer):
    verify(streamer, answers=answers(streamer), by=manager, at=AT)
    account = PlatformAccountFactory(streamer=streamer, real_name_on=None)
    assert clauses(streamer) == ["LSEC 39", "DB4401 5.2.1 c"]

    verify(streamer, answers=[Answer(Item.ACCOUNTS, note="截图核对")], by=manager, at=AT)
    assert clauses(streamer) == ["DB4401 5.2.1 c"]
    changed(account, real_name_on=DAY)
    assert clauses(streamer) == []
    changed(account, account="xinzhanghao")
    assert clauses(streamer) == ["LSEC 39"]


@pytest.mark.clause("LSEC 28")
def test_a_verification_is_due_again_after_six_months(manager, streamer):
    verify(streamer, answers=answers(streamer), by=manager, at=AT)
    due = add_months(DAY, 6)
    changed(streamer.contracts.get(), valid_to=due)
    assert clauses(streamer, on=due) == ["LSEC 28"] * 5


def test_an_identity_is_good_only_with_the_paper(manager, streamer):
    with pytest.raises(ValidationError) as refused:
        verify(streamer, answers=[Answer(Item.IDENTITY, note="看过")], by=manager, at=AT)
    assert "identity" in refused.value.message_dict
    verify(streamer, answers=[Answer(Item.IDENTITY, file=png())], by=manager, at=AT)


@pytest.mark.parametrize("given", [[], [Answer(Item.POST)], [Answer(Item.POST, Outcome.BAD, file=pdf())]])
def test_an_answer_says_what_was_looked_at(manager, streamer, given):
    with pytest.raises(ValidationError):
        verify(streamer, answers=given, by=manager, at=AT)
    assert not StreamerVerification.objects.exists()


def test_only_who_may_verifies(streamer):
    changed(streamer, user=UserFactory())
    for person in (streamer.user, StaffFactory(role="merchant_desk")):
        with pytest.raises(Denied):
            verify(streamer, answers=answers(streamer), by=person, at=AT)
        with pytest.raises(Denied):
            check_real_name(streamer, by=person, at=AT)


def test_an_ended_streamer_is_not_verified(manager, streamer):
    changed(streamer, state=Streamer.State.ENDED)
    with pytest.raises(WrongState):
        verify(streamer, answers=answers(streamer), by=manager, at=AT)


def test_of_a_virtual_streamer_only_accounts_and_post_are_verified(manager):
    virtual = StreamerFactory(kind="virtual", name="", id_number="", phone="", verified=False)
    assert clauses(virtual) == ["LSEC 39"] * 2
    with pytest.raises(ValidationError):
        verify(virtual, answers=[Answer(Item.RECORD, note="查过")], by=manager, at=AT)
    verify(
        virtual,
        answers=[Answer(Item.ACCOUNTS, note="核对"), Answer(Item.POST, note="核对")],
        by=manager,
        at=AT,
    )
    assert clauses(virtual) == []


def ask(settings, name, **options):
    settings.MCN_REAL_NAME = {"provider": name, "url": "", "key": "k", "timeout": 2.0, **options}


def test_by_default_nobody_is_asked(manager, streamer):
    with pytest.raises(Refused, match="证件"):
        check_real_name(streamer, by=manager, at=AT)
    assert not StreamerVerification.objects.exists()


@pytest.mark.clause("DB4401 5.1.1 a", "LSMS 7.1.2 a")
def test_a_providers_answer_is_kept_by_its_reference(settings, manager, streamer):
    ask(settings, "recorded")
    made = check_real_name(streamer, by=manager, at=AT)

    assert (made.item, made.outcome, made.method) == (Item.IDENTITY, Outcome.GOOD, "register")
    assert (made.provider, made.reference) == ("recorded", "REC-20260316-0001")
    assert [row.item for row in streamer.verifications.all()] == [Item.IDENTITY]


def test_a_mismatch_is_kept_as_not_good(settings, manager, streamer):
    ask(settings, "recorded")
    changed(streamer, name="不一致")
    made = check_real_name(streamer, by=manager, at=AT)
    assert (made.outcome, made.reference) == (Outcome.BAD, "REC-20260316-0002")
    assert "不符" in " ".join(message for _clause, message in findings(streamer))


@pytest.mark.parametrize("name", ["读不懂", "连不上"])
def test_an_answer_that_means_nothing_changes_nothing(settings, manager, streamer, name):
    ask(settings, "recorded")
    changed(streamer, name=name)
    with pytest.raises(realname.Unanswered):
        check_real_name(streamer, by=manager, at=AT)
    assert not StreamerVerification.objects.exists()


def test_without_a_number_nobody_is_asked(settings, manager, streamer):
    ask(settings, "recorded")
    changed(streamer, id_number="")
    with pytest.raises(Refused):
        check_real_name(streamer, by=manager, at=AT)


class Provider(http.server.BaseHTTPRequestHandler):
    """A provider on this machine: answers by the path, remembers what it was asked."""

    asked: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.headers["Authorization"], json.loads(body)))
        status, answer = {
            "/match": (200, {"match": True, "reference": "A-1"}),
            "/other": (200, {"match": False, "reference": "A-2"}),
            "/broken": (200, {"match": "yes", "reference": "A-3"}),
            "/down": (503, {}),
            "/moved": (302, {}),
        }[self.path]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/match")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def service():
    """The address of a running provider."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Provider.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "outcome", "reference"), [("match", "good", "A-1"), ("other", "bad", "A-2")]
)
def test_a_provider_is_asked_over_http(settings, manager, streamer, service, path, outcome, reference):
    ask(settings, "http", url=f"{service}/{path}", key="schluessel")
    made = check_real_name(streamer, by=manager, at=AT)
    assert (made.outcome, made.provider, made.reference) == (outcome, "http", reference)
    assert Provider.asked == [
        (
            "Bearer schluessel",
            {"name": "林晓鹿", "id_number": streamer.id_number, "document_type": "resident_id"},
        )
    ]


@pytest.mark.parametrize("path", ["broken", "down", "moved"])
def test_a_failing_provider_is_told_without_the_number(settings, manager, streamer, service, path, caplog):
    ask(settings, "http", url=f"{service}/{path}")
    before = Entry.objects.count()
    with caplog.at_level(logging.DEBUG), pytest.raises(realname.Unanswered) as refused:
        check_real_name(streamer, by=manager, at=AT)
    assert streamer.id_number not in f"{refused.value} {caplog.text}"
    assert "林晓鹿" not in f"{refused.value} {caplog.text}"
    assert (len(Provider.asked), Entry.objects.count()) == (1, before)


@pytest.mark.parametrize("url", ["http://example.com/check", "file:///etc/passwd", ""])
def test_a_number_goes_out_only_encrypted(settings, manager, streamer, url):
    ask(settings, "http", url=url)
    with pytest.raises(ImproperlyConfigured):
        check_real_name(streamer, by=manager, at=AT)


def test_a_provider_that_does_not_exist_is_told(settings, manager, streamer):
    ask(settings, "nobody")
    with pytest.raises(ImproperlyConfigured, match="manual, http, recorded"):
        check_real_name(streamer, by=manager, at=AT)


def capacity(streamer):
    return CapacityRecord(streamer=streamer, grounds="有固定工资收入", valid_from=DAY, valid_to=DAY)


@pytest.mark.clause("DB4401 5.1.4.4", "DB4401 5.2.1 a")
def test_capacity_is_recorded_with_its_evidence_and_withdrawn(manager, streamer):
    with pytest.raises(ValidationError):
        record(capacity(streamer), None, by=manager, at=AT)
    with pytest.raises(Denied):
        record(capacity(streamer), pdf(), by=StaffFactory(role="merchant_desk"), at=AT)

    made = record(capacity(streamer), pdf(), by=manager, at=AT)
    assert (made.covers(DAY), made.assessed_by) == (True, manager)

    gone = withdraw(made, note="已离职", by=manager, at=AT)
    assert (gone.covers(DAY), gone.ended_on) == (False, DAY)
    with pytest.raises(Refused):
        withdraw(made, by=manager, at=AT)


def test_a_superseded_verification_counts_no_more(streamer):
    StreamerVerificationFactory(streamer=streamer, item=Item.POST, superseded_at=AT)
    assert clauses(streamer) == ["LSEC 39"] * 5
