"""What scores, holds by rule and recalls put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.models import Measure, Recall
from aftersales.rules.score_history import by_band, newest
from mcn.kit.start import BLOCKED, WAITS, Chart, left, pile


def work(user, on):
    """The merchants that are warned or held by their score, products recalled, and all merchants by band."""
    if user.has_perm("aftersales.view_merchantscore"):
        scored = newest().select_related("merchant")
        yield _scores(WAITS, _("Merchants warned by their score"), scored, Measure.WARN)
        yield _scores(BLOCKED, _("Merchants in the band that holds"), scored, Measure.HOLD)
    if user.has_perm("aftersales.view_recall"):
        under_way = Recall.objects.filter(state=Recall.State.OPEN).select_related("product__merchant")
        yield pile(
            BLOCKED,
            _("Recalls under way"),
            under_way.order_by("announced_on", "id"),
            "state__exact=open",
            lambda recall: (str(recall.product), left(recall.announced_on, on)),
        )
    if user.has_perm("aftersales.view_merchantscore"):
        counted = by_band()
        yield Chart(_("Merchants by score"), "doughnut", list(counted), list(counted.values()))


def _scores(kind, label, scored, measure):
    return pile(
        kind,
        label,
        scored.filter(measure=measure).order_by("total", "id"),
        f"night=newest&measure__exact={measure}",
        lambda score: (str(score.merchant), score.told),
    )
