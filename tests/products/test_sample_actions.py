"""Samples: taken in, tried, given back."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied, WrongState
from products.actions import sample as sample_actions
from products.models import Sample
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.products import ProductFactory, SampleFactory, SkuFactory

State = Sample.State
TRIAL = {"tried_by": "阿May", "impression": "松脆", "same_as_sold": True}


def fresh(**values):
    return SampleFactory(
        **{"state": State.RECEIVED, "tried_by": "", "tried_on": None, "impression": ""} | values
    )


@pytest.mark.clause("DB4401 5.5.3 a")
def test_a_sample_is_taken_in(reviewer):
    sample = sample_actions.receive(
        Sample(product=ProductFactory(parts=False), received_on=DAY, quantity=2), by=reviewer, at=AT
    )

    assert (sample.state, sample.recorded_by) == (State.RECEIVED, reviewer)


def test_a_sample_of_another_products_sku_is_refused(reviewer):
    with pytest.raises(ValidationError, match="属于其他商品"):
        sample_actions.receive(
            Sample(product=ProductFactory(parts=False), sku=SkuFactory(), received_on=DAY),
            by=reviewer,
            at=AT,
        )


@pytest.mark.clause("DB4401 5.4.3.1 a")
def test_a_trial_is_written_down(reviewer):
    sample = sample_actions.record_trial(fresh(same_as_sold=None), **TRIAL, by=reviewer, at=AT)

    assert (sample.state, sample.tried_by, sample.tried_on) == (State.TRIED, "阿May", DAY)
    assert sample.same_as_sold is True


@pytest.mark.parametrize("missing", [{"tried_by": " "}, {"impression": ""}, {"same_as_sold": None}])
def test_a_trial_needs_who_what_and_whether(missing, reviewer):
    with pytest.raises(ValidationError, match="试用人"):
        sample_actions.record_trial(fresh(), **TRIAL | missing, by=reviewer, at=AT)


def test_a_trial_before_the_sample_came_is_refused(reviewer):
    early = DAY - datetime.timedelta(days=60)
    with pytest.raises(ValidationError, match="不能早于收样日期"):
        sample_actions.record_trial(fresh(), **TRIAL, tried_on=early, by=reviewer, at=AT)


@pytest.mark.parametrize("state", [State.RECEIVED, State.TRIED])
def test_a_sample_is_given_back(state, reviewer):
    sample = sample_actions.give_back(fresh(state=state), by=reviewer, at=AT)

    assert (sample.state, sample.returned_on) == (State.RETURNED, DAY)


def test_what_was_given_back_is_neither_tried_nor_given_back_again(reviewer):
    sample = fresh(state=State.RETURNED)
    with pytest.raises(WrongState):
        sample_actions.record_trial(sample, **TRIAL, by=reviewer, at=AT)
    with pytest.raises(WrongState):
        sample_actions.give_back(sample, by=reviewer, at=AT)


def test_an_auditor_handles_no_sample():
    auditor = StaffFactory(role="auditor")
    with pytest.raises(Denied):
        sample_actions.receive(
            Sample(product=ProductFactory(parts=False), received_on=DAY), by=auditor, at=AT
        )
    with pytest.raises(Denied):
        sample_actions.record_trial(fresh(), **TRIAL, by=auditor, at=AT)
    with pytest.raises(Denied):
        sample_actions.give_back(fresh(), by=auditor, at=AT)
