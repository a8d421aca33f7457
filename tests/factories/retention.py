"""Retention rules and legal holds."""

import datetime

import factory

from mcn.evidence.models import LegalHold, RetentionRule
from tests.factories import DAY, RecordFactory
from tests.factories.merchants import MerchantFactory

START = datetime.date(2000, 1, 1)


class RetentionRuleFactory(RecordFactory):
    """Three years for what is verified, by LSEC 27."""

    class Meta:
        model = RetentionRule

    retention_class = "verification"
    clause = "LSEC 27"
    length = 36
    unit = "months"
    valid_from = START


class LegalHoldFactory(RecordFactory):
    """A hold on a merchant that stands since ``DAY``: ``LegalHoldFactory(subject=show)``."""

    class Meta:
        model = LegalHold
        exclude = ["subject"]

    subject = factory.SubFactory(MerchantFactory, papers=False)
    subject_model = factory.LazyAttribute(lambda hold: hold.subject._meta.label_lower)
    subject_id = factory.LazyAttribute(lambda hold: hold.subject.pk)
    subject_code = factory.LazyAttribute(lambda hold: getattr(hold.subject, "code", str(hold.subject.pk)))
    ground = "authority"
    reference = "穗市监〔2026〕12号"
    reason = "执法调查"
    placed_on = DAY
