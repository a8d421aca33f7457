"""Whether streamers and merchants were asked, together with each platform, how satisfied they are."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.agency.models import Platform
from mcn.kit.clock import add_months
from mcn.standards.checks import Rulebook, clause
from streamers.models import PlatformAccount, SatisfactionSurvey

# DB4401 5.4.3.2 f names no interval: a year is the usual one of such surveys.
MONTHS = 12


@clause("DB4401 5.4.3.2 f")
def is_surveyed_together(platform, on):
    """Within the year streamers as well as merchants were asked, together with the platform."""
    since = add_months(on, -MONTHS)
    asked = {row.audience for row in platform.surveys.all() if since < row.held_to <= on}
    for audience in SatisfactionSurvey.Audience:
        if audience not in asked:
            yield (
                platform,
                _("%(platform)s: no survey of %(audience)s within %(months)s months.")
                % {"platform": platform, "audience": audience.label, "months": MONTHS},
            )


def worked_with():
    """The platforms on which a streamer of ours has an account."""
    accounts = PlatformAccount.objects.filter(platform=OuterRef("pk"), ended_on=None)
    return Platform.objects.filter(Exists(accounts), ended_on=None)


def add_page(platform):
    """Where a survey is recorded."""
    return f"{reverse('admin:streamers_satisfactionsurvey_add')}?platform={platform.pk}"


SURVEYS = Rulebook(
    "satisfaction_surveys",
    gettext_lazy("surveys of streamers and merchants"),
    [is_surveyed_together],
    lambda platforms: platforms.prefetch_related("surveys"),
    mend=add_page,
    subjects=worked_with,
)
