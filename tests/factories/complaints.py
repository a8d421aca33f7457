"""Complaints: the default one came by phone on ``DAY``, about a merchant's goods, and waits for an agent."""

import datetime

import factory

from aftersales.models import Complaint, Nature, Priority, PriorityRule, Urgency
from tests.factories import AT, RecordFactory
from tests.factories.merchants import MerchantFactory

PIN = "K7M4PQ"
RESOLVED = [Complaint.State.RESOLVED, Complaint.State.ANSWERED, Complaint.State.CALLED_BACK]


class ComplaintFactory(RecordFactory):
    """A complaint: ``state="accepted"`` and further on for one on its way, ``merchant=None`` for nobody's."""

    class Meta:
        model = Complaint

    code = factory.Sequence(lambda number: f"C{number + 1:06d}")
    tracking = factory.Sequence(lambda number: f"260316{number + 1:06d}")
    pin = PIN
    nature = Nature.QUALITY
    text = "收到的陈皮有霉点，商家一直不回复，要求退款。"
    name = "陈小满"
    phone = "13800138000"
    merchant = factory.SubFactory(MerchantFactory)
    received_at = AT
    turn_since = factory.SelfAttribute("received_at")
    accepted_at = factory.LazyAttribute(
        lambda row: None if row.state == Complaint.State.RECEIVED else row.received_at
    )
    outcome = factory.LazyAttribute(lambda row: Complaint.Outcome.UPHELD if row.state in RESOLVED else "")
    state = Complaint.State.RECEIVED


class PriorityRuleFactory(RecordFactory):
    """Every complaint that cannot wait comes first."""

    class Meta:
        model = PriorityRule

    nature = ""
    urgency = Urgency.CRITICAL
    priority = Priority.FIRST
    valid_from = datetime.date(2026, 1, 1)
    source = "EJAS 6.6.1"
