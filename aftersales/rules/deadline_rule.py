"""Which rule a matter falls under: the most particular one in force on the day on which it began."""

import hashlib
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured

from aftersales.models import DeadlineRule
from aftersales.rules.working_time import Calendar
from mcn.kit.clock import business_day

HOURS = DeadlineRule.Unit.HOURS
# Of two rules that name one thing each, the one that names the more pressing thing counts.
WEIGHTS = {"urgency": 4, "nature": 2, "channel": 1}


class Rules:
    """All deadline rules with their ladders and the calendar, read once for any number of matters."""

    def __init__(self, kinds=None):
        found = DeadlineRule.objects.prefetch_related("rungs").order_by("valid_from")
        self.rows = list(found.filter(kind__in=kinds) if kinds else found)

    @cached_property
    def calendar(self):
        """The working days, read when a rule counts them."""
        return Calendar.read()

    def find(self, kind, facts, on):
        """The rule in force for a matter that began on a day."""
        fitting = [rule for rule in self.rows if rule.kind == kind and fits(rule, facts, on)]
        if not fitting:
            raise ImproperlyConfigured("The shipped deadline rules are missing: run manage.py prepare")
        return max(fitting, key=lambda rule: (particular(rule), rule.valid_from))

    def of(self, clock):
        """The rule in force for a clock that runs."""
        return self.find(clock.kind, clock.facts, business_day(clock.started_at))

    def basis(self, kind):
        """What deadlines of a kind are worked out from, as a digest."""
        rows = [rule for rule in self.rows if rule.kind == kind]
        told = [
            [
                *(str(getattr(rule, name)) for name in READ),
                [[rung.offset, rung.level, rung.tells] for rung in rule.rungs.all()],
            ]
            for rule in sorted(rows, key=lambda rule: rule.pk)
        ]
        days = "" if all(rule.unit == HOURS for rule in rows) else self.calendar.digest
        return hashlib.sha256(f"{told} {days}".encode()).hexdigest()[:32]


READ = ["pk", *DeadlineRule.FILTERS, "amount", "unit", "valid_from", "valid_to"]


def fits(rule, facts, on):
    """Whether a rule is in force on a day and names nothing that the matter is not."""
    in_force = rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)
    named = [(name, value) for name in DeadlineRule.FILTERS if (value := getattr(rule, name))]
    return in_force and all(facts.get(name) == value for name, value in named)


def particular(rule):
    """How much a rule names: the number of things first, then how pressing they are."""
    named = [WEIGHTS[name] for name in DeadlineRule.FILTERS if getattr(rule, name)]
    return len(named), sum(named)
