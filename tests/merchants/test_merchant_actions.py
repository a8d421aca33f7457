"""The life of a merchant: each verb once, then from every wrong state and by the wrong people."""

import pytest
from django.core.exceptions import ValidationError

from mcn.audit import trail
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from merchants.actions import merchant as merchant_actions
from merchants.models import BusinessLine, Merchant
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.merchants import (
    BusinessLineFactory,
    CategoryFactory,
    CredentialKindFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    uscc,
)

State = Merchant.State
MOVES = {
    "submit": merchant_actions.submit,
    "send_back": merchant_actions.send_back,
    "admit": merchant_actions.admit,
    "suspend": merchant_actions.suspend,
    "resume": merchant_actions.resume,
    "exit": merchant_actions.exit,
    "reopen": merchant_actions.reopen,
}
WRONG = [
    (verb, state)
    for verb, (sources, _target) in Merchant.MOVES.table.items()
    for state in State
    if state not in sources
]


@pytest.fixture
def desk():
    return StaffFactory(role="merchant_desk")


@pytest.fixture
def colleague():
    return StaffFactory(role="merchant_desk")


def test_the_whole_way(desk, colleague):
    merchant = MerchantFactory(state=State.DRAFT)
    owner = MerchantUserFactory(merchant=merchant)

    merchant_actions.submit(merchant, by=owner, at=AT)
    assert (merchant.state, merchant.submitted_by, merchant.submitted_at) == (State.SUBMITTED, owner, AT)

    merchant_actions.send_back(merchant, note="请补充食品经营许可证", by=desk, at=AT)
    assert (merchant.state, merchant.comment) == (State.DRAFT, "请补充食品经营许可证")

    merchant_actions.submit(merchant, by=owner, at=AT)
    merchant_actions.admit(merchant, by=desk, at=AT)
    assert (merchant.state, merchant.admitted_on, merchant.comment) == (State.ADMITTED, DAY, "")

    merchant_actions.suspend(merchant, note="发货异常", by=desk, at=AT)
    merchant_actions.resume(merchant, by=colleague, at=AT)
    merchant_actions.exit(merchant, note="合作期满", by=desk, at=AT)
    assert (merchant.state, merchant.exited_on) == (State.EXITED, DAY)

    merchant_actions.reopen(merchant, by=desk, at=AT)
    assert (merchant.state, merchant.exited_on, merchant.submitted_by) == (State.DRAFT, None, None)
    assert [entry.verb for entry in trail.history(merchant)][:-1] == [
        "reopen", "exit", "resume", "suspend", "admit", "submit", "send_back", "submit",
    ]  # fmt: skip


@pytest.mark.parametrize(("verb", "state"), WRONG)
def test_a_verb_is_refused_from_a_wrong_state(desk, verb, state):
    merchant = MerchantFactory(state=state, papers=False)
    with pytest.raises(WrongState):
        MOVES[verb](merchant, by=desk, at=AT, note="原因")
    assert Merchant.objects.get().state == state


@pytest.mark.parametrize("verb", MOVES)
def test_a_verb_is_refused_to_who_has_no_business_with_it(verb):
    merchant = MerchantFactory(state=Merchant.MOVES.table[verb][0][0], papers=False)
    others = [
        StaffFactory(role="auditor"),
        MerchantUserFactory(merchant=MerchantFactory(papers=False)),
        MerchantUserFactory(merchant=merchant, role="customer_service"),
        UserFactory(),
    ]
    for other in others:
        with pytest.raises(Denied):
            MOVES[verb](merchant, by=other, at=AT, note="原因")


@pytest.mark.parametrize("verb", sorted(set(MOVES) - {"submit"}))
def test_an_owner_only_submits(verb):
    merchant = MerchantFactory(state=Merchant.MOVES.table[verb][0][0], papers=False)
    with pytest.raises(Denied):
        MOVES[verb](merchant, by=MerchantUserFactory(merchant=merchant), at=AT, note="原因")


def test_who_submitted_does_not_admit(desk, colleague):
    merchant = MerchantFactory(state=State.DRAFT)
    merchant_actions.submit(merchant, by=desk, at=AT)

    with pytest.raises(Denied):
        merchant_actions.admit(merchant, by=desk, at=AT)
    merchant_actions.admit(merchant, by=colleague, at=AT)


@pytest.mark.clause("DB4401 5.1.2.4", "DB4401 5.5.1.1")
@pytest.mark.parametrize(
    ("verb", "state"), [("submit", State.DRAFT), ("admit", State.SUBMITTED), ("resume", State.SUSPENDED)]
)
def test_the_rulebook_is_asked_at_the_gates(desk, verb, state):
    merchant = MerchantFactory(state=state, papers=False)

    with pytest.raises(Blocked, match=r"DB4401 5\.1\.2\.4") as no:
        MOVES[verb](merchant, by=desk, at=AT)

    assert Merchant.objects.get().state == state
    assert len(no.value.findings) >= 3


@pytest.mark.parametrize("verb", ["send_back", "suspend", "exit"])
def test_a_hard_verb_needs_a_reason(desk, verb):
    merchant = MerchantFactory(state=Merchant.MOVES.table[verb][0][0], papers=False)
    with pytest.raises(ValidationError, match="请填写原因"):
        MOVES[verb](merchant, by=desk, at=AT, note="  ")


def test_a_held_merchant_is_not_admitted(desk):
    merchant = MerchantFactory(state=State.SUBMITTED)
    MerchantHoldFactory(merchant=merchant)
    with pytest.raises(Blocked, match="抽检不合格"):
        merchant_actions.admit(merchant, by=desk, at=AT)


def test_a_blacklisted_merchant_does_not_come_back(desk):
    merchant = MerchantFactory(state=State.EXITED, papers=False)
    hold = MerchantHoldFactory(merchant=merchant)
    merchant_actions.reopen(merchant, by=desk, at=AT)

    merchant_actions.exit(merchant, note="清退", by=desk, at=AT)
    MerchantHoldFactory(merchant=merchant, kind="blacklist")
    with pytest.raises(Blocked):
        merchant_actions.reopen(merchant, by=desk, at=AT)
    assert hold.merchant == merchant


def test_merchants_get_the_next_code(desk):
    MerchantFactory(code="M0009", papers=False)
    new = Merchant(name="广州新商家有限公司", uscc=uscc(777))
    merchant_actions.add(new, by=desk, at=AT)
    assert new.code == "M0010"
    assert new.state == State.DRAFT


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_may_not_enter_merchants(role):
    with pytest.raises(Denied):
        merchant_actions.add(Merchant(name="甲", uscc=uscc(5)), by=StaffFactory(role=role), at=AT)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"uscc": "91440101MA5XXXXXX"}, "uscc"),
        ({"uscc": "440101000012345"}, "uscc"),
        ({"uscc": None}, "__all__"),
        ({"phone": "12345678901"}, "phone"),
        ({"name": ""}, "name"),
        ({"name": "长" * 121}, "name"),
        ({"kind": "natural_person", "uscc": None, "id_number": "11010519491231002Y"}, "id_number"),
        ({"kind": "natural_person"}, "__all__"),
        ({"id_number": "11010519491231002X"}, "__all__"),
    ],
)
def test_wrong_identities_are_refused(desk, values, field):
    merchant = Merchant(**{"name": "广州新商家有限公司", "uscc": uscc(778)} | values)
    with pytest.raises(ValidationError) as no:
        merchant_actions.add(merchant, by=desk, at=AT)
    assert field in no.value.message_dict
    assert not Merchant.objects.exists()


def test_a_credit_code_is_taken_with_spaces_and_in_lower_case_and_only_once(desk):
    code = uscc(779)
    first = Merchant(name="甲", uscc=f" {code[:8]} {code[8:].lower()} ")
    merchant_actions.add(first, by=desk, at=AT)
    assert first.uscc == code

    with pytest.raises(ValidationError, match="统一社会信用代码"):
        merchant_actions.add(Merchant(name="乙", uscc=code), by=desk, at=AT)


def test_its_people_change_a_draft_and_staff_change_it_later(desk):
    merchant = MerchantFactory(state=State.DRAFT, papers=False)
    editor = MerchantUserFactory(merchant=merchant, role="editor")
    merchant.short_name = "新简称"
    merchant_actions.change(merchant, by=editor, at=AT)

    merchant = MerchantFactory(papers=False)
    editor = MerchantUserFactory(merchant=merchant, role="editor")
    merchant.short_name = "新简称"
    with pytest.raises(WrongState, match="招商"):
        merchant_actions.change(merchant, by=editor, at=AT)
    merchant_actions.change(merchant, by=desk, at=AT)
    assert Merchant.objects.get(pk=merchant.pk).short_name == "新简称"


def test_nobody_changes_a_merchant_that_has_left(desk):
    merchant = MerchantFactory(state=State.EXITED, papers=False)
    merchant.short_name = "新简称"
    with pytest.raises(WrongState):
        merchant_actions.change(merchant, by=desk, at=AT)


@pytest.mark.clause("DB4401 5.5.1.2", "DB4401 5.6.2.3")
def test_a_banned_category_is_not_declared(desk):
    merchant = MerchantFactory(state=State.DRAFT, papers=False)
    with pytest.raises(Blocked, match="禁止直播销售"):
        merchant_actions.declare(merchant, CategoryFactory(regime="banned"), by=desk, at=AT)
    assert not BusinessLine.objects.exists()


def test_a_draft_declares_first_and_brings_the_permit_later():
    merchant = MerchantFactory(state=State.DRAFT, papers=False)
    owner = MerchantUserFactory(merchant=merchant)
    line = merchant_actions.declare(merchant, CategoryFactory(requires=["food_licence"]), by=owner, at=AT)
    assert line.merchant == merchant


def test_an_admitted_merchant_brings_the_permit_first():
    merchant = MerchantFactory()
    owner = MerchantUserFactory(merchant=merchant)
    category = CategoryFactory(requires=["food_licence"])
    with pytest.raises(Blocked, match="food_licence"):
        merchant_actions.declare(merchant, category, by=owner, at=AT)

    MerchantCredentialFactory(merchant=merchant, kind=CredentialKindFactory(code="food_licence"))
    merchant_actions.declare(merchant, category, by=owner, at=AT)


def test_a_line_given_up_can_be_declared_again(desk):
    line = BusinessLineFactory()
    merchant_actions.give_up(line, by=desk, at=AT)
    assert BusinessLine.objects.get(pk=line.pk).ended_on == DAY
    with pytest.raises(Refused, match="已移除"):
        merchant_actions.give_up(line, by=desk, at=AT)

    again = merchant_actions.declare(line.merchant, line.category, by=desk, at=AT)
    assert (again.pk, again.ended_on) == (line.pk, None)
