"""How rules of retention, legal holds and runs are narrowed at every door."""

from mcn.evidence.models import LegalHold, RetentionRule, RetentionRun
from mcn.kit.filters import RecordFilterSet


class RetentionRuleFilter(RecordFilterSet):
    class Meta:
        model = RetentionRule
        fields = {"retention_class": ["exact"], "clause": ["exact"], "valid_from": ["exact", "lte"]}


class LegalHoldFilter(RecordFilterSet):
    class Meta:
        model = LegalHold
        fields = {"subject_model": ["exact"], "subject_code": ["exact"], "state": ["exact"]}


class RetentionRunFilter(RecordFilterSet):
    class Meta:
        model = RetentionRun
        fields = {"on": ["exact", "gte", "lte"]}
