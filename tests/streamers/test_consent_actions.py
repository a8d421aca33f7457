"""A guardian's consent below the doors: who may do what from where, the span, the words, the signature."""

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError

from mcn.audit.models import Entry
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import consent as consent_actions
from streamers.models import Consent
from streamers.rules.consent_text import TEXTS, VERSION, words_of
from streamers.rules.signature import require_drawn
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import MINOR, PARENT, ConsentFactory, StreamerFactory, id_number
from tests.streamers.portal import drawing

# What was published stays: new words are a new file, and a line here.
PUBLISHED = {"2026-11": "c6bc265089d6bd251f851b8e8df191a4c48107d8254ca9821c7d633b4c69accc"}
NUMBER = id_number(900, born_on=PARENT)


@pytest.fixture
def minor():
    return StreamerFactory(born_on=MINOR, user=UserFactory())


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


def consent_of(streamer, **values):
    given = {
        "guardian_name": "林大山",
        "relation": "father",
        "guardian_phone": "13700137000",
        "scope": "零食",
    }
    return Consent(streamer=streamer, **given | values)


def sign(consent):
    return consent_actions.sign(
        consent,
        name="林大山",
        document_type="resident_id",
        id_number=NUMBER,
        text_sha256=words_of(consent).sha256,
        drawn=drawing(),
        at=AT,
    )


def test_a_consent_runs_from_today_to_the_last_day_of_minority(minor, manager):
    consent = consent_actions.ask(consent_of(minor), by=manager, at=AT)
    assert (consent.valid_from, consent.valid_to) == (DAY, datetime.date(2027, 1, 10))
    assert consent.expires_at == AT + datetime.timedelta(days=7)


def test_who_was_born_on_29_february_is_a_minor_to_the_end_of_the_28th(manager):
    leap = StreamerFactory(born_on=datetime.date(2008, 2, 29))
    early = AT.replace(year=2026, month=2, day=27)
    consent = consent_actions.ask(consent_of(leap), by=manager, at=early)
    assert consent.valid_to == datetime.date(2026, 2, 28)


def test_a_minors_own_number_is_not_the_guardians(minor):
    with pytest.raises(ValidationError, match="主播自己的号码"):
        consent_actions.ask(consent_of(minor, guardian_phone=minor.phone), by=minor.user, at=AT)


def test_no_consent_reaches_into_full_age(minor, manager):
    late = consent_of(minor, valid_to=datetime.date(2027, 1, 11))
    with pytest.raises(ValidationError, match="2027-01-10"):
        consent_actions.ask(late, by=manager, at=AT)


@pytest.mark.parametrize("born_on", [datetime.date(2010, 3, 16), datetime.date(2008, 3, 15)])
def test_nobody_is_asked_for_a_child_or_a_grown_up(manager, born_on):
    with pytest.raises(Refused, match="16"):
        consent_actions.ask(consent_of(StreamerFactory(born_on=born_on)), by=manager, at=AT)


def test_the_person_may_ask_and_withdraw_their_own_alone(minor):
    consent = consent_actions.ask(consent_of(minor), by=minor.user, at=AT)
    with pytest.raises(Denied):
        consent_actions.cancel(consent, by=UserFactory(), at=AT)
    with pytest.raises(Denied):
        consent_actions.ask(consent_of(minor), by=UserFactory(), at=AT)
    assert consent_actions.cancel(consent, by=minor.user, at=AT).state == "cancelled"


@pytest.mark.clause("DB4401 5.2.1 b")
def test_a_minor_cannot_revoke_and_staff_must_say_why(minor, manager):
    consent = ConsentFactory(streamer=minor)
    with pytest.raises(Denied):
        consent_actions.revoke(consent, note="不想要了", by=minor.user, at=AT)
    with pytest.raises(ValidationError):
        consent_actions.revoke(consent, note=" ", by=manager, at=AT)
    consent_actions.revoke(consent, note="父亲来电撤回", by=manager, at=AT)
    assert not consent.covers(DAY)


@pytest.mark.clause("DB4401 5.2.1 b")
def test_after_a_revocation_staff_alone_ask_anew(minor, manager):
    ConsentFactory(streamer=minor, state="revoked")
    with pytest.raises(Denied, match="工作人员"):
        consent_actions.ask(consent_of(minor), by=minor.user, at=AT)
    assert consent_actions.ask(consent_of(minor), by=manager, at=AT).state == "asked"


VERBS = {
    "sign": sign,
    "revoke": lambda consent: consent_actions.revoke(consent, note="撤回", by=None, at=AT),
    "cancel": lambda consent: consent_actions.cancel(consent, by=None, at=AT),
}


@pytest.mark.parametrize("state", Consent.State.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_starts_from_its_own_states_alone(minor, verb, state):
    consent = ConsentFactory(streamer=minor, state=state)
    sources, target = Consent.MOVES.table[verb]
    if state in sources:
        assert VERBS[verb](consent).state == target
    else:
        with pytest.raises(WrongState):
            VERBS[verb](consent)


def test_an_expired_link_takes_no_signature(minor):
    with pytest.raises(Refused, match="过期"):
        sign(ConsentFactory(streamer=minor, state="asked", expires_at=AT))


def test_the_trail_tells_that_it_was_signed_and_no_personal_data(minor):
    consent = sign(ConsentFactory(streamer=minor, state="asked", guardian_id_number=""))
    entry = Entry.objects.get(verb="sign")
    assert entry.by is None
    assert "监护人" in entry.why
    told = "".join(f"{row.diff}{row.why}" for row in Entry.objects.all())
    for secret in (NUMBER, "林大山", consent.guardian_phone, minor.id_number, minor.phone):
        assert secret not in told


def test_published_words_are_never_changed():
    found = {path.stem: path.read_bytes() for path in TEXTS.glob("20*.txt")}
    assert {name: hashlib.sha256(body).hexdigest() for name, body in found.items()} == PUBLISHED
    assert VERSION in PUBLISHED


def test_a_stroke_is_a_signature():
    require_drawn(drawing())


def test_an_untouched_canvas_is_none():
    with pytest.raises(ValidationError):
        require_drawn(drawing(drawn=False))
