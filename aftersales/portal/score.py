"""A merchant's own score: what it is made of, what costs points, and what follows from it."""

from aftersales.models import MerchantScore
from aftersales.rules.score import explained
from mcn.kit.portal import Page
from merchants.portal.base import MerchantMixin

NIGHTS = 10


class ScorePage(MerchantMixin, Page):
    """The newest score with its components, and the nights before it."""

    template_name = "aftersales/portal/score.html"
    section = "score"

    def get_context_data(self, **kwargs):
        scores = MerchantScore.objects.visible_to(self.request.user).filter(merchant=self.merchant)
        nights = list(scores.select_related("rule_set", "hold").order_by("-day")[:NIGHTS])
        newest = nights[0] if nights else None
        bands = newest.rule_set.bands.all() if newest else []
        told = {
            "score": newest,
            "lines": explained(newest) if newest else [],
            "bands": bands,
            "nights": nights,
        }
        return super().get_context_data(**told | kwargs)
