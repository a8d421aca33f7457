"""In which order complaints are worked on: by their nature and urgency, as the rules of the day say."""

from aftersales.models import Complaint, Priority, PriorityRule


class Priorities:
    """The rules in force on a day, read once for however many complaints."""

    def __init__(self, on):
        rows = PriorityRule.objects.filter(valid_from__lte=on).order_by("valid_from")
        self.rules = {(rule.nature, rule.urgency): rule.priority for rule in rows}

    def of(self, nature, urgency):
        """The priority of a nature and an urgency; a rule for the nature wins over one for all others."""
        found = self.rules.get((nature, urgency)) or self.rules.get(("", urgency))
        return found or Priority.NORMAL


def is_serious(complaint):
    """Whether the standards ask for the three steps of serious cases (GDAS 5.3.3 g)."""
    return complaint.nature in Complaint.SERIOUS or complaint.wish == Complaint.Wish.COMPENSATION
