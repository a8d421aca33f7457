"""Who may not come in: whoever was punished for recommending by false advertising, for some years.

The bar is counted as the Civil Code counts years (201, 202): from the day after the decision, and it ends
with the day of the same number, or the month's last where there is none. On that day it still stands: the
stricter reading of "less than three years".
"""

import datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.kit.clock import add_months
from mcn.kit.pages import admin_page
from mcn.standards.checks import clause
from streamers.models import AdPenalty


def barred_to(decided_on):
    """The last day of the bar that a decision brings, by the policy in force when it was made."""
    return add_months(decided_on, 12 * figure(Figure.Key.AD_PENALTY_BAR_YEARS, decided_on))


def with_penalty(streamers):
    """Streamers with the standing decision that bars them, or their organisation, the longest."""
    same_person = Q(id_number_hash=OuterRef("id_number_hash")) & ~Q(id_number_hash="")
    same_organisation = Q(uscc=OuterRef("organisation_uscc")) & ~Q(uscc="")
    decisions = AdPenalty.objects.filter(same_person | same_organisation, state=AdPenalty.State.STANDING)
    longest = decisions.order_by("-barred_to", "-id").values(
        told=JSONObject(
            id="id", number="number", party="party", decided_on="decided_on", barred_to="barred_to"
        )
    )
    return streamers.annotate(ad_penalty=Subquery(longest[:1]))


def _decision(told):
    """A decision as the inspection read it: nothing personal was fetched."""
    days = {name: datetime.date.fromisoformat(told[name]) for name in ("decided_on", "barred_to")}
    return AdPenalty(pk=told["id"], number=told["number"], party=told["party"], **days)


@clause("DB4401 5.1.1 f", level="shall not", mend=admin_page)
def is_not_barred_by_a_penalty(streamer, on):
    """Neither the streamer nor the organisation was punished for false advertising within the bar's years."""
    decision = _decision(streamer.ad_penalty) if streamer.ad_penalty else None
    if decision and decision.decided_on <= on <= decision.barred_to:
        yield (
            decision,
            _("%(party)s was punished for false advertising on %(day)s (%(number)s): barred until %(until)s.")
            % {
                "party": decision.get_party_display(),
                "day": f"{decision.decided_on:%Y-%m-%d}",
                "number": decision.number,
                "until": f"{decision.barred_to:%Y-%m-%d}",
            },
        )


CHECKS = [is_not_barred_by_a_penalty]
