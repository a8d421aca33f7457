"""Consents and invitations in the back office: asked for, followed, withdrawn, noted as taken back."""

import pytest
import time_machine
from django.urls import reverse

from mcn.audit.models import Entry
from streamers.models import Consent, StreamerInvitation
from tests.factories import AT, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.streamers import (
    CHILD,
    MINOR,
    ConsentFactory,
    StreamerFactory,
    StreamerInvitationFactory,
)
from tests.streamers.portal import browser, text

ADD = reverse("admin:streamers_consent_add")


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def desk():
    """The streamer manager's browser."""
    return browser(StaffFactory(role="streamer_manager"))


def page(row):
    return reverse(f"admin:streamers_{row._meta.model_name}_change", args=[row.pk])


def verb(row, name):
    return reverse(f"admin:streamers_{row._meta.model_name}_verb", args=[row.pk, name])


def question(streamer, **values):
    given = {
        "streamer": streamer.pk,
        "guardian_name": "林大山",
        "relation": "father",
        "guardian_phone": "13700137000",
        "scope": "零食直播",
        "valid_from": "",
        "valid_to": "",
    }
    return given | values


def test_staff_invite_and_send_link_or_code(desk):
    desk.post(reverse("admin:streamers_streamerinvitation_add"), {"name": "小鹿", "engagement": "signed"})
    invitation = StreamerInvitation.objects.get()
    shown = text(desk.get(page(invitation)))
    assert "http://testserver/portal/join/" in shown
    assert 'src="data:image/svg+xml;base64,' in shown
    desk.post(verb(invitation, "revoke"), {"note": ""})
    invitation.refresh_from_db()
    assert invitation.state == "revoked"
    assert "/portal/join/" not in text(desk.get(page(invitation)))


def test_who_only_reads_sees_no_link():
    invitation = StreamerInvitationFactory()
    reader = browser(StaffFactory(role="auditor"))
    assert "/portal/join/" not in text(reader.get(page(invitation)))
    assert reader.post(verb(invitation, "revoke"), {"note": ""}).status_code == 403
    consent = ConsentFactory(streamer=StreamerFactory(born_on=MINOR), state="asked")
    assert "/portal/guardian/" not in text(reader.get(page(consent)))


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
def test_staff_ask_a_guardian_and_get_the_link(desk):
    minor = StreamerFactory(born_on=MINOR)
    assert "每周不超过五天" in text(desk.get(f"{ADD}?streamer={minor.pk}"))
    answer = desk.post(ADD, question(minor))
    assert answer.status_code == 302, text(answer)
    consent = Consent.objects.get()
    assert (consent.state, f"{consent.valid_from}", f"{consent.valid_to}") == (
        "asked",
        "2026-03-16",
        "2027-01-10",
    )
    shown = text(desk.get(page(consent)))
    assert "http://testserver/portal/guardian/" in shown
    assert "data:image/svg+xml" in shown
    for secret in ("林大山", "13700137000"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("born_on", "changed", "said"),
    [
        (MINOR, {"valid_to": "2027-01-11"}, "2027-01-10"),
        (MINOR, {"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "不能早于"),
        (MINOR, {"guardian_phone": "123"}, "电话"),
        (MINOR, {"scope": ""}, "必填"),
        (CHILD, {}, "16、17"),
        (None, {}, "16、17"),
    ],
)
def test_a_wrong_question_is_refused_and_kept_on_the_page(desk, born_on, changed, said):
    streamer = StreamerFactory(born_on=born_on) if born_on else StreamerFactory()
    answer = desk.post(ADD, question(streamer, **changed))
    assert answer.status_code == 200
    assert said in text(answer)
    assert not Consent.objects.exists()


def test_staff_withdraw_a_link(desk):
    consent = ConsentFactory(streamer=StreamerFactory(born_on=MINOR), state="asked")
    desk.post(verb(consent, "cancel"), {"note": "打错电话"})
    consent.refresh_from_db()
    assert consent.state == "cancelled"


@pytest.mark.clause("DB4401 5.2.1 b")
def test_staff_note_what_a_guardian_said_on_paper(desk):
    consent = ConsentFactory(streamer=StreamerFactory(born_on=MINOR))
    assert desk.post(verb(consent, "revoke"), {"note": ""}).status_code == 200
    consent.refresh_from_db()
    assert consent.state == "signed"
    desk.post(verb(consent, "revoke"), {"note": "父亲来信撤回", "paper": pdf()})
    consent.refresh_from_db()
    assert (consent.state, consent.comment) == ("revoked", "父亲来信撤回")
    shown = text(desk.get(page(consent)))
    assert reverse("file", args=[consent.revocation.latest.pk]) in shown


def test_a_guardians_data_are_masked_and_seen_for_a_reason():
    consent = ConsentFactory(streamer=StreamerFactory(born_on=MINOR))
    number = consent.guardian_id_number
    reader = browser(StaffFactory(role="compliance"))
    assert number not in text(reader.get(page(consent)))
    address = reverse("admin:streamers_consent_reveal", args=[consent.pk])
    assert number in text(reader.post(address, {"field": "guardian_id_number", "why": "核对纸质件"}))
    assert Entry.objects.filter(verb="reveal").count() == 1
    assert browser(StaffFactory(role="auditor")).get(address).status_code == 404
