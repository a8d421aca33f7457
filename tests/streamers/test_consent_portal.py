"""The guardian's own link: read, sign, look at what was signed, take it back; nothing for anybody else."""

import datetime
import hashlib

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.evidence.models import Document
from streamers.actions import consent as consent_actions
from streamers.models import Consent, Streamer
from streamers.portal.links import ATTEMPTS_AN_HOUR
from streamers.rules.consent_text import words_of
from streamers.rules.hosting import HOSTING
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    MINOR,
    PARENT,
    CapacityRecordFactory,
    ConsentFactory,
    DraftFactory,
    StreamerFactory,
    StreamerInvitationFactory,
    id_number,
)
from tests.streamers.portal import as_sent, browser, drawing, text


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def minor():
    """Somebody of seventeen whom nothing but the guardian's consent keeps from the camera."""
    streamer = StreamerFactory(born_on=MINOR, name="林晓鹿", stage_name="小鹿")
    CapacityRecordFactory(streamer=streamer)
    return streamer


@pytest.fixture
def asked(minor):
    return ConsentFactory(streamer=minor, state="asked", guardian_id_number="")


def link(consent):
    return reverse("guardian", args=[consent_actions.token_of(consent)])


def revoke_link(consent):
    return reverse("guardian_revoke", args=[consent_actions.token_of(consent)])


def signing(consent, **values):
    given = {
        "name": "林大山",
        "document_type": "resident_id",
        "id_number": id_number(900, born_on=PARENT),
        "signature": as_sent(drawing()),
        "text_sha256": words_of(consent).sha256,
        "read": "on",
    }
    return given | values


def sign(client, consent, **values):
    return client.post(link(consent), signing(consent, **values))


def blocked_by_consent(streamer):
    return "DB4401 5.2.1 b" in [row.clause for row in HOSTING.inspect(streamer, on=DAY).blockers]


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
def test_the_guardian_reads_signs_and_sees_what_was_signed(client: Client, minor, asked):
    assert blocked_by_consent(minor)
    page = text(client.get(link(asked)))
    for said in ("监护人同意书", "小鹿", "林**", asked.scope, "随时可以撤回", "2026年9月14日"):
        assert said in page, said

    answer = client.post(link(asked), signing(asked), follow=True)

    assert not blocked_by_consent(minor)
    asked.refresh_from_db()
    assert (asked.state, asked.signed_at) == ("signed", AT)
    assert asked.guardian_id_number == id_number(900, born_on=PARENT)
    assert asked.text_version == "2026-11"
    assert hashlib.sha256(asked.text.encode()).hexdigest() == asked.text_sha256
    assert asked.signature.latest.content_type == "image/png"
    page = text(answer)
    assert "已于 2026-03-16 10:00 签署" in page
    assert as_sent(drawing()) in page
    assert "撤回同意" in page


def test_nothing_of_the_minor_but_the_stage_name_and_a_first_character_is_shown(client: Client, minor, asked):
    for page in (text(client.get(link(asked))), text(sign(client, asked)), text(client.get(link(asked)))):
        for secret in (minor.name, minor.id_number, minor.phone, minor.address, minor.code, "13700137000"):
            assert secret not in page


def test_what_was_signed_stays_as_it_was_read(client: Client, minor, asked):
    sign(client, asked)
    Streamer.objects.filter(pk=minor.pk).update(stage_name="大鹿")
    assert "艺名“小鹿”" in text(client.get(link(asked)))


@pytest.mark.clause("DB4401 5.2.1 b")
def test_the_guardian_takes_the_consent_back_and_it_counts_at_once(client: Client, minor, asked):
    sign(client, asked)
    assert "确认撤回" in text(client.get(revoke_link(asked)))
    answer = client.post(revoke_link(asked), {"sure": "on", "note": "要准备高考"}, follow=True)
    assert "您已于 2026-03-16 10:00 撤回同意" in text(answer)
    assert blocked_by_consent(minor)
    asked.refresh_from_db()
    assert (asked.state, asked.revoked_at, asked.comment) == ("revoked", AT, "要准备高考")


def test_taking_back_needs_no_reason_but_a_yes(client: Client, asked):
    sign(client, asked)
    assert client.post(revoke_link(asked), {}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == "signed"
    client.post(revoke_link(asked), {"sure": "on"})
    asked.refresh_from_db()
    assert asked.state == "revoked"


def test_double_clicks_sign_once_and_revoke_once(client: Client, asked):
    sign(client, asked)
    stored = Document.objects.count()
    assert sign(client, asked)["Location"] == link(asked)
    assert Document.objects.count() == stored
    for _click in range(2):
        answer = client.post(revoke_link(asked), {"sure": "on"})
        assert answer["Location"] == link(asked)
    assert sign(client, asked)["Location"] == link(asked)
    asked.refresh_from_db()
    assert asked.state == "revoked"


def test_without_a_script_a_photo_of_the_signed_paper_does(client: Client, asked):
    assert sign(client, asked, signature="", paper=pdf()).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "signed"
    assert asked.signature is None
    assert asked.document.latest.name == "scan.pdf"


GOOD = drawing()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signature": ""}, "请在框内手写签名"),
        ({"signature": "hello"}, "签名未完整上传"),
        ({"signature": "data:image/png;base64,!!!"}, "签名未完整上传"),
        ({"signature": as_sent(b"GIF89a")}, "签名未完整上传"),
        ({"signature": as_sent(GOOD[:-20])}, "签名未完整上传"),
        ({"signature": as_sent(drawing(width=3000))}, "签名未完整上传"),
        ({"signature": as_sent(drawing(drawn=False))}, "签名为空"),
        ({"signature": as_sent(b"\x89PNG\r\n\x1a\n" + b"\0" * 600_000)}, "过大"),
        ({"name": "林小山"}, "不一致"),
        ({"name": ""}, "必填"),
        ({"id_number": "12345"}, "18"),
        ({"id_number": ""}, "必填"),
        ({"id_number": id_number(900, born_on=datetime.date(2010, 3, 8))}, "成年"),
        ({"document_type": "passport"}, "passport"),
        ({"read": ""}, "必填"),
        ({"text_sha256": "0" * 64}, "已更新"),
        ({"paper": pdf(body=b"")}, ""),
    ],
)
def test_a_wrong_signature_is_refused_and_nothing_stored(client: Client, asked, changed, said):
    if "paper" in changed:
        changed["paper"].file.truncate(0)
        changed["paper"].size = 0
    documents = Document.objects.count()
    answer = sign(client, asked, **changed)
    assert 400 <= answer.status_code < 500
    assert said in text(answer)
    before = asked.version
    asked.refresh_from_db()
    assert (asked.state, asked.version, asked.guardian_id_number) == ("asked", before, "")
    assert Document.objects.count() == documents


def test_the_minor_cannot_sign_with_their_own_number(client: Client, minor, asked):
    assert "成年" in text(sign(client, asked, id_number=minor.id_number))
    asked.refresh_from_db()
    assert asked.state == "asked"


@pytest.mark.clause("DB4401 5.2.1 b")
def test_nobody_signs_who_is_signed_in_as_a_streamer_or_has_a_streamers_number(client: Client, minor, asked):
    grown_up = StreamerFactory(user=UserFactory())
    answer = sign(browser(grown_up.user), asked)
    assert (answer.status_code, "以主播身份登录" in text(answer)) == (403, True)
    assert "成年" in text(sign(client, asked, id_number=grown_up.id_number))
    asked.refresh_from_db()
    assert asked.state == "asked"


@pytest.mark.clause("DB4401 5.2.1 b")
def test_after_a_revocation_the_minor_finds_no_form_but_whom_to_ask():
    draft = DraftFactory(born_on=MINOR, user=UserFactory())
    page = browser(draft.user).get(reverse("streamer_guardian"))
    assert "生成监护人链接" in text(page)
    ConsentFactory(streamer=draft, state="revoked")
    page = text(browser(draft.user).get(reverse("streamer_guardian")))
    assert "由工作人员与监护人沟通" in page
    assert "生成监护人链接" not in page


@pytest.mark.parametrize("changed", [{"expires_at": AT}, {"expires_at": None}, {"state": "cancelled"}])
def test_an_expired_or_withdrawn_link_is_kindly_gone(client: Client, minor, changed):
    consent = ConsentFactory(streamer=minor, **({"state": "asked"} | changed))
    for answer in (
        client.get(link(consent)),
        client.post(link(consent), signing(consent)),
        client.get(revoke_link(consent)),
        client.post(revoke_link(consent), {"sure": "on"}),
    ):
        assert answer.status_code == 404
        assert "链接已失效" in text(answer)
    assert not Consent.objects.filter(state="signed").exists()


def test_a_signed_consents_link_outlives_the_week(client: Client, asked):
    sign(client, asked)
    with time_machine.travel(AT + datetime.timedelta(days=60), tick=False):
        assert client.get(link(asked)).status_code == 200
        client.post(revoke_link(asked), {"sure": "on"})
    asked.refresh_from_db()
    assert asked.state == "revoked"


def test_tokens_of_other_links_and_made_up_ones_lead_nowhere(client: Client, asked):
    other = StreamerInvitationFactory()
    stolen = link(asked).replace("guardian", "join")
    assert client.get(stolen).status_code == 404
    for token in ("1", "MQ:aaaaaa:bbbbbb", f"{other.pk}"):
        assert client.get(reverse("guardian", args=[token])).status_code == 404
        assert client.get(reverse("guardian_revoke", args=[token])).status_code == 404


def test_guessing_names_is_stopped(client: Client, asked):
    for _attempt in range(ATTEMPTS_AN_HOUR):
        assert sign(client, asked, name="王五").status_code == 422
    assert sign(client, asked).status_code == 429
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_pages_are_kept_by_nobody(client: Client, asked):
    for answer in (
        client.get(link(asked)),
        client.get(reverse("guardian", args=["MQ:a:b"])),
        sign(client, asked),
    ):
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Cache-Control"] == "no-store"


def test_the_guardians_files_are_for_staff_alone(client: Client, minor, asked):
    sign(client, asked)
    Streamer.objects.filter(pk=minor.pk).update(user=UserFactory())
    minor.refresh_from_db()
    asked.refresh_from_db()
    address = reverse("file", args=[asked.signature.latest.pk])
    assert client.get(address).status_code == 302
    assert browser(minor.user).get(address).status_code == 404
    assert browser(StaffFactory(role="streamer_manager")).get(address).status_code == 200


def test_the_streamer_learns_at_home_that_the_consent_is_gone(client: Client, minor, asked):
    Streamer.objects.filter(pk=minor.pk).update(user=UserFactory())
    minor.refresh_from_db()
    home = reverse("streamer_home")
    assert "监护人签署前不能开播" in text(browser(minor.user).get(home))
    sign(client, asked)
    assert "监护人签署前不能开播" not in text(browser(minor.user).get(home))
    client.post(revoke_link(asked), {"sure": "on"})
    assert "监护人签署前不能开播" in text(browser(minor.user).get(home))
