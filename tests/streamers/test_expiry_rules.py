"""What runs out: the three steps of the warning, each to its very day, and what takes a row's place."""

import datetime

import pytest
from django.test import Client

from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Work, count_together
from streamers.admin.running_out import work
from streamers.models import Contract, LikenessConsent, Qualification, VirtualRight
from streamers.rules.expiry import expired, expiring
from tests.factories import DAY
from tests.factories.accounts import StaffFactory
from tests.factories.streamer_papers import (
    ContractFactory,
    DesignFactory,
    LikenessConsentFactory,
    QualificationFactory,
    VirtualRightFactory,
)
from tests.factories.streamers import StreamerFactory

ONE = datetime.timedelta(days=1)
FACTORIES = {
    Contract: ContractFactory,
    Qualification: QualificationFactory,
    VirtualRight: VirtualRightFactory,
    LikenessConsent: LikenessConsentFactory,
}
every = pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.model_name)


@every
@pytest.mark.parametrize("days", [30, 7, 1])
def test_a_warning_begins_on_its_very_day(model, days):
    row = FACTORIES[model](valid_to=DAY)

    def warned(on):
        return row in expiring(model, on, days)

    assert [warned(DAY + number * ONE) for number in (-days - 1, -days, 0, 1)] == [False, True, True, False]
    assert [row in expired(model, DAY + number * ONE) for number in (0, 1)] == [False, True]


@pytest.mark.parametrize("model", [Contract, Qualification, VirtualRight], ids=lambda model: model.__name__)
def test_what_a_later_one_replaces_does_not_run_out(model):
    row = FACTORIES[model](valid_to=DAY)
    later = {"valid_from": DAY, "valid_to": DAY + 300 * ONE, "streamer": row.streamer}
    if model is Contract:
        later |= {"kind": "renewal", "renews": row}
    FACTORIES[model](**later)

    assert not expiring(model, DAY, 30).exists()


def test_a_supplement_replaces_no_contract():
    row = ContractFactory(valid_to=DAY)
    ContractFactory(streamer=row.streamer, kind="supplement", renews=row)

    assert row in expiring(Contract, DAY, 30)


def test_nothing_runs_out_for_who_has_left():
    QualificationFactory(valid_to=DAY, streamer=StreamerFactory(state="ended"))

    assert not expiring(Qualification, DAY, 30).exists()


@pytest.fixture
def office():
    """A manager's client, and the piles of a day by their kind."""
    user = StaffFactory(role="streamer_manager")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user, client


def test_the_start_page_tells_the_piles_as_the_lists_show_them(office, monkeypatch):
    user, client = office
    monkeypatch.setattr("mcn.kit.clock.today", lambda: DAY)
    ContractFactory(valid_to=DAY + ONE)
    ContractFactory(valid_to=DAY + 7 * ONE)
    ContractFactory(valid_to=DAY + 30 * ONE)
    ContractFactory(valid_to=DAY - ONE)
    QualificationFactory(verified=False)
    QualificationFactory(verified=False, submitted_by=user)
    DesignFactory(state="submitted")
    DesignFactory(state="submitted", made_by=user)

    piles = [item for item in work(user, DAY) if isinstance(item, Work) and item.count]

    told = {(item.kind, str(item.label)): item.count for item in piles}
    assert told == {
        (EXPIRES, "1 天内到期的主播合同"): 1,
        (EXPIRES, "7 天内到期的主播合同"): 2,
        (EXPIRES, "30 天内到期的主播合同"): 3,
        (BLOCKED, "已到期的主播合同"): 1,
        (WAITS, "待核验的执业资质"): 1,
        (WAITS, "待审批的虚拟主播设计"): 1,
    }
    assert [len(item.rows) for item in piles if item.kind == EXPIRES] == [1, 2, 3]
    for item in piles:
        if item.label != "待审批的虚拟主播设计":
            assert client.get(item.url).context["cl"].result_count == item.count, item.url


def test_piles_take_as_many_queries_for_many_as_for_one(office, django_assert_num_queries):
    user, _client = office
    ContractFactory(valid_to=DAY)
    list(work(user, DAY))
    for _ in range(4):
        ContractFactory(valid_to=DAY)
    with django_assert_num_queries(3):  # the days of policy, the counts, and the rows of what is there
        piles = [item for item in work(user, DAY) if isinstance(item, Work)]
        count_together(piles)
        assert {len(item.rows) for item in piles} == {0, 5}
