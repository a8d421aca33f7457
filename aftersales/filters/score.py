"""How scores, recalls and holds by rule are narrowed at every door."""

from aftersales.models import HoldRule, MerchantScore, Recall, ScoreRuleSet
from mcn.kit.filters import IdFilter, RecordFilterSet


class MerchantScoreFilter(RecordFilterSet):
    merchant = IdFilter("merchant")

    class Meta:
        model = MerchantScore
        fields = {"day": ["exact", "gte", "lte"], "measure": ["exact"]}


class ScoreRuleSetFilter(RecordFilterSet):
    class Meta:
        model = ScoreRuleSet
        fields = {"state": ["exact"], "valid_from": ["lte"]}


class RecallFilter(RecordFilterSet):
    product = IdFilter("product")

    class Meta:
        model = Recall
        fields = {"state": ["exact"], "announced_on": ["gte", "lte"]}


class HoldRuleFilter(RecordFilterSet):
    class Meta:
        model = HoldRule
        fields = {"subject": ["exact"], "nature": ["exact"]}
