"""Repairs: free under guarantee, at an agreed price else; what takes too long leads to an exchange."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from aftersales.actions import repair as repairs
from aftersales.actions import repair_provider as providers
from aftersales.models import GuaranteeTerm, Repair
from aftersales.rules.guarantee import Catalogue
from aftersales.rules.repair import REPAIRS
from mcn.kit.refusal import Denied, Refused, WrongState
from tests.factories import DAY
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import CategoryFactory, MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.products import ProductFactory
from tests.factories.returns import (
    ASKED,
    GuaranteeTermFactory,
    RepairFactory,
    RepairProviderFactory,
    ReturnFactory,
)


@pytest.fixture
def line():
    """A phone received three days after ``DAY``, under a year's guarantee."""
    category = CategoryFactory(code="digital.phone")
    GuaranteeTermFactory(category=category)
    merchant = MerchantFactory(papers=False)
    product = ProductFactory(merchant=merchant, category=category)
    return OrderFactory(state="received", merchant=merchant, lines__product=product).lines.get()


def later(days):
    return ASKED + datetime.timedelta(days=days)


def asked(line, at=ASKED):
    return repairs.ask(Repair(line=line, fault="自动关机"), by=None, at=at)


@pytest.mark.clause("EJAS 6.5.2 -3")
def test_two_repairs_give_an_exchange(line):
    provider = RepairProviderFactory()
    for start in (20, 40):
        repair = asked(line, later(start))
        assert repair.free
        repairs.take_in(repair, provider=provider, by=None, at=later(start))
        repairs.finish(repair, outcome="works", work_done="更换电源板", by=None, at=later(start + 5))
        repairs.hand_back(repair, by=None, at=later(start + 5))

    request = ReturnFactory(line=line, kind="exchange", reason="fault", words="又坏了", at=later(60))
    assert request.entitled
    assert "repairs_failed" in {told["code"] for told in request.entitlement["lines"]}


def test_beyond_the_guarantee_a_price_is_agreed_first(line):
    repair = asked(line, later(500))
    assert not repair.free
    with pytest.raises(ValidationError):
        repairs.take_in(repair, provider=RepairProviderFactory(), by=None, at=later(500))
    repairs.take_in(repair, provider=RepairProviderFactory(), price=120, by=None, at=later(500))
    assert (repair.state, repair.price) == ("in_repair", 120)


@pytest.mark.clause("EJAS 6.5.2 -4")
def test_a_long_repair_is_found_until_its_reason_stands_in_the_record(line):
    repair = asked(line)
    repairs.take_in(repair, provider=RepairProviderFactory(), by=None, at=ASKED)
    found = REPAIRS.inspect(repair, on=later(31).date()).findings
    assert [finding.clause for finding in found] == ["EJAS 6.5.2 -4", "EJAS 6.5.2 -4"]
    assert REPAIRS.inspect(repair, on=later(30).date()).findings == []

    repairs.delay(repair, cause="parts", words="主板缺货", by=None, at=later(31))
    assert REPAIRS.inspect(repair, on=later(31).date()).findings == []
    assert len(REPAIRS.inspect(repair, on=later(91).date()).findings) == 1


@pytest.mark.clause("EJAS 6.5.1")
def test_only_an_admitted_repairer_takes_goods_in(line):
    repair = asked(line)
    with pytest.raises(ValidationError):
        repairs.take_in(repair, provider=RepairProviderFactory(state="applied"), by=None, at=ASKED)
    provider = RepairProviderFactory()
    repairs.take_in(repair, provider=provider, by=None, at=ASKED)
    assert REPAIRS.inspect(repair, on=DAY).findings == []
    providers.suspend(provider, note="投诉多", by=None, at=ASKED)
    assert [one.clause for one in REPAIRS.inspect(repair, on=DAY).findings] == ["EJAS 6.5.1"]


def test_a_repairer_is_assessed_whole_and_by_another():
    agent, colleague = StaffFactory(role="after_sales"), StaffFactory(role="after_sales")
    provider = RepairProviderFactory(state="applied", submitted_by=agent, skill="")
    with pytest.raises(Denied):
        providers.admit(provider, assessment="好", by=agent, at=ASKED)
    with pytest.raises(ValidationError, match="技术水平"):
        providers.admit(provider, assessment="好", by=colleague, at=ASKED)
    providers.refuse(provider, note="无技术资料", by=colleague, at=ASKED)
    assert provider.state == "refused"


def test_goods_not_received_are_not_repaired():
    order = OrderFactory(state="shipped")
    with pytest.raises(Refused):
        repairs.ask(Repair(line=order.lines.get(), fault="x"), by=None, at=ASKED)


def test_a_wrong_state_is_refused_by_every_verb(line):
    repair = RepairFactory(line=line, state="handed_back", finished_on=ASKED.date(), outcome="works")
    for act, given in [
        (repairs.take_in, {"provider": repair.provider}),
        (repairs.delay, {"cause": "parts", "words": "x"}),
        (repairs.finish, {"outcome": "works", "work_done": "x"}),
        (repairs.hand_back, {}),
        (repairs.cancel, {"note": "x"}),
    ]:
        with pytest.raises(WrongState):
            act(repair, by=None, at=ASKED, **given)


@pytest.mark.clause("EJAS 6.5.2")
def test_the_catalogue_is_shipped_once_and_falls_back_to_the_parent():
    parent = CategoryFactory(code="appliance")
    child = CategoryFactory(code="appliance.small", parent=parent)
    call_command("sync_guarantees")
    call_command("sync_guarantees")
    assert GuaranteeTerm.objects.count() == 1
    assert Catalogue(DAY).line(child).category == parent
    assert Catalogue(DAY).terms(CategoryFactory(code="apparel")).months == 0


def test_a_repairer_that_is_nobodys_is_there_once():
    RepairProviderFactory(name="岭南家电维修")

    with pytest.raises(ValidationError, match="已存在"):
        RepairProviderFactory.build(name="岭南家电维修").full_clean()
