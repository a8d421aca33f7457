"""The priorities that the product ships with; staff add later ones in the admin."""

import datetime

from aftersales.models import Nature, Priority, PriorityRule, Urgency
from mcn.kit import records

START = datetime.date(2000, 1, 1)
SOURCE = "EJAS 6.6.1；机构默认值"
SHIPPED = [
    ("", Urgency.CRITICAL, Priority.FIRST),
    ("", Urgency.URGENT, Priority.HIGH),
    ("", Urgency.NORMAL, Priority.NORMAL),
    (Nature.SAFETY, Urgency.NORMAL, Priority.FIRST),
    (Nature.SAFETY, Urgency.URGENT, Priority.FIRST),
    (Nature.COMPENSATION, Urgency.NORMAL, Priority.HIGH),
    (Nature.COMPENSATION, Urgency.URGENT, Priority.FIRST),
    (Nature.PROMISE, Urgency.NORMAL, Priority.HIGH),
    (Nature.FALSEHOOD, Urgency.NORMAL, Priority.HIGH),
    (Nature.PRIVACY, Urgency.NORMAL, Priority.HIGH),
    (Nature.INVOICE, Urgency.NORMAL, Priority.LOW),
    (Nature.OTHER, Urgency.NORMAL, Priority.LOW),
]


def sync_priorities(*, at):
    """Add the shipped priorities that are not there; what staff changed stays."""
    known = set(PriorityRule.objects.values_list("nature", "urgency"))
    made = [
        PriorityRule(nature=nature, urgency=urgency, priority=priority, valid_from=START, source=SOURCE)
        for nature, urgency, priority in SHIPPED
        if (nature, urgency) not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")
