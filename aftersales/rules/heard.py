"""How well the lexicon hears: what it said against what people said of the same mentions."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q

from aftersales.models import Mention, Sentiment

DAYS = 90


@dataclass
class Heard:
    """Of so many mentions that people judged, so many were heard right."""

    judged: int
    right: int
    missed: int

    @property
    def percent(self):
        """How many in a hundred were heard right; None where nobody judged any."""
        return round(100 * self.right / self.judged) if self.judged else None


def accuracy(on):
    """The accuracy over the last ninety days; ``missed`` counts the bad ones that were not heard as bad."""
    rows = Mention.objects.filter(
        judged_by__isnull=False, published_on__gt=on - datetime.timedelta(days=DAYS)
    )
    told = rows.aggregate(
        judged=Count("pk"),
        right=Count("pk", filter=Q(heard=F("sentiment"))),
        missed=Count("pk", filter=Q(sentiment=Sentiment.NEGATIVE) & ~Q(heard=Sentiment.NEGATIVE)),
    )
    return Heard(**told)
