"""Contracts: drafted, looked through for promises, signed with their file, followed by another, ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import contract as contract_actions
from streamers.models import Contract
from streamers.rules.hosting import ACTIVATION, HOSTING
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamer_papers import ContractFactory
from tests.factories.streamers import StreamerFactory

State = Contract.State
ONE = datetime.timedelta(days=1)
BOUND = "LSEC 40"


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def streamer():
    return StreamerFactory(contract=False)


def bound(streamer, on, rulebook=HOSTING):
    return BOUND not in [finding.clause for finding in rulebook.inspect(streamer, on=on).blockers]


@pytest.mark.clause("LSEC 40", "DB4401 5.4.3.2 a", "LSMS 7.4.1")
@pytest.mark.parametrize("rulebook", [ACTIVATION, HOSTING], ids=lambda book: book.name)
def test_a_signed_contract_binds_from_its_first_day_to_its_last(manager, streamer, rulebook):
    draft = ContractFactory.build(streamer=streamer, valid_from=DAY, valid_to=DAY + 9 * ONE)
    contract_actions.add(draft, by=manager, at=AT)
    assert not bound(streamer, DAY, rulebook)

    contract_actions.sign(draft, pdf(), signed_on=DAY, by=manager, at=AT)

    assert draft.document.evidence_on == DAY
    days = [DAY - ONE, DAY, DAY + 9 * ONE, DAY + 10 * ONE]
    assert [bound(streamer, on, rulebook) for on in days] == [False, True, True, False]


def test_an_ended_contract_binds_nobody(manager, streamer):
    contract = ContractFactory(streamer=streamer)

    contract_actions.end(contract, by=manager, at=AT, note="协商解除")

    assert (contract.state, contract.ended_on) == (State.ENDED, DAY)
    assert not bound(streamer, DAY)


def test_a_supplement_alone_binds_nobody(manager, streamer):
    contract = ContractFactory(streamer=streamer, valid_to=DAY - ONE)
    ContractFactory(streamer=streamer, kind=Contract.Kind.SUPPLEMENT, renews=contract)

    assert not bound(streamer, DAY)
    ContractFactory(streamer=streamer, kind=Contract.Kind.RENEWAL, renews=contract, valid_from=DAY)
    assert bound(streamer, DAY)


def test_a_contract_is_not_signed_without_its_file_nor_tomorrow(manager, streamer):
    draft = ContractFactory(streamer=streamer, state="draft")

    with pytest.raises(ValidationError, match="请上传已签署的合同"):
        contract_actions.sign(draft, None, signed_on=DAY, by=manager, at=AT)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        contract_actions.sign(draft, pdf(), signed_on=DAY + ONE, by=manager, at=AT)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT


@pytest.mark.clause("DB4401 5.4.3.1 b")
@pytest.mark.parametrize("field", ["obligations", "wording"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲方首月保证涨粉 10 万。", "第 5–8 字：“保证涨粉”"),
        ("如销售额不低于 50 万元，方可分成。", "第 2–7 字：“销售额不低于”"),
        ("ROI 不达标，达不到退款。", "“达不到退款”"),
    ],
)
def test_a_contract_that_promises_results_is_not_signed(manager, streamer, field, text, place):
    draft = ContractFactory(streamer=streamer, state="draft", **{field: text})

    with pytest.raises(Blocked, match=place) as no:
        contract_actions.sign(draft, pdf(), signed_on=DAY, by=manager, at=AT)

    assert {finding.clause for finding in no.value.findings} == {"DB4401 5.4.3.1 b"}
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    setattr(draft, field, "任何一方均不得对销量、收益、回报率作出保证性承诺。")
    contract_actions.change(draft, by=manager, at=AT)
    contract_actions.sign(draft, pdf(), signed_on=DAY, by=manager, at=AT)
    assert bound(streamer, DAY)


def test_a_signed_contract_is_not_changed(manager, streamer):
    contract = ContractFactory(streamer=streamer)
    contract.valid_to = DAY

    with pytest.raises(WrongState, match="不能修改"):
        contract_actions.change(contract, by=manager, at=AT)


def test_another_in_force_takes_a_contracts_place(manager, streamer):
    old = ContractFactory(streamer=streamer)
    new = ContractFactory(streamer=streamer, kind=Contract.Kind.RENEWAL, renews=old, valid_from=DAY)

    contract_actions.supersede(old, successor=new, by=manager, at=AT)

    assert (old.state, old.ended_on) == (State.SUPERSEDED, DAY)
    assert bound(streamer, DAY)


@pytest.mark.parametrize(
    "values",
    [{"valid_from": DAY + ONE}, {"state": "draft"}, {"kind": "supplement"}],
    ids=["begins tomorrow", "not signed", "only adds"],
)
def test_what_is_not_in_force_takes_no_place(manager, streamer, values):
    old = ContractFactory(streamer=streamer)
    new = ContractFactory(streamer=streamer, **{"kind": "renewal", "renews": old} | values)

    with pytest.raises(Refused, match="尚未生效或已失效"):
        contract_actions.supersede(old, successor=new, by=manager, at=AT)


def test_another_streamers_contract_takes_no_place(manager, streamer):
    with pytest.raises(ValidationError, match="同一主播"):
        contract_actions.supersede(
            ContractFactory(streamer=streamer), successor=ContractFactory(), by=manager, at=AT
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_to": DAY - 400 * ONE}, "__all__"),
        ({"kind": "renewal"}, "renews"),
        ({"obligations": ""}, "obligations"),
        ({"kind": "nonsense"}, "kind"),
        ({"streamer_party": ""}, "streamer_party"),
    ],
)
def test_a_contract_that_says_nonsense_is_refused(manager, streamer, values, field):
    draft = ContractFactory.build(streamer=streamer, state="draft", **values)

    with pytest.raises(ValidationError) as no:
        contract_actions.add(draft, by=manager, at=AT)

    assert field in no.value.message_dict
    assert not Contract.objects.exists()


def test_a_first_contract_builds_on_none_and_a_renewal_on_none_of_anothers(manager, streamer):
    other = ContractFactory()
    for kind in (Contract.Kind.SIGNING, Contract.Kind.RENEWAL):
        with pytest.raises(ValidationError) as no:
            contract_actions.add(
                ContractFactory.build(streamer=streamer, state="draft", kind=kind, renews=other),
                by=manager,
                at=AT,
            )
        assert "renews" in no.value.message_dict


@pytest.mark.parametrize(
    ("verb", "state"),
    [("sign", "signed"), ("sign", "ended"), ("supersede", "draft"), ("supersede", "ended"), ("end", "ended")],
)
def test_a_contract_moves_only_from_the_right_state(manager, streamer, verb, state):
    contract = ContractFactory(streamer=streamer, state=state)
    given = {
        "sign": {"file": pdf(), "signed_on": DAY},
        "supersede": {"successor": ContractFactory(streamer=streamer)},
        "end": {},
    }
    with pytest.raises(WrongState):
        getattr(contract_actions, verb)(contract, **given[verb], by=manager, at=AT)


def test_a_streamer_signs_nothing_for_the_agency(streamer):
    contract = ContractFactory(streamer=streamer, state="draft")
    streamer.user = UserFactory()

    with pytest.raises(Denied):
        contract_actions.sign(contract, pdf(), signed_on=DAY, by=streamer.user, at=AT)
