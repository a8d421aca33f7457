"""Deadlines: the default clock runs under the shipped rule for accepting a complaint, begun at ``AT``."""

import factory

from aftersales.actions import clock as clocks
from aftersales.models import Clock, DeadlineRule, Rung
from mcn.agency.models import Platform
from tests.factories import AT, DAY, RecordFactory


class MatterFactory(RecordFactory):
    """What a deadline may be about: any row will do."""

    class Meta:
        model = Platform

    code = factory.Sequence(lambda number: f"matter-{number}")
    name = factory.Sequence(lambda number: f"事项{number}")


class DeadlineRuleFactory(RecordFactory):
    """A rule of our own for one nature, in force long since; ``rungs`` are those of its ladder."""

    class Meta:
        model = DeadlineRule

    kind = DeadlineRule.Kind.COMPLAINT_ACCEPT
    nature = "test"
    amount = 48
    unit = DeadlineRule.Unit.HOURS
    valid_from = DAY.replace(year=2020)
    source = "机构默认值"

    @classmethod
    def _create(cls, model_class, *args, rungs=((-4, 0, "agent"), (0, 1, "lead")), **kwargs):
        rule = super()._create(model_class, *args, **kwargs)
        for offset, level, tells in rungs:
            RungFactory(rule=rule, offset=offset, level=level, tells=tells)
        return rule


class RungFactory(RecordFactory):
    """One step of a rule's ladder."""

    class Meta:
        model = Rung

    rule = factory.SubFactory(DeadlineRuleFactory, rungs=())
    offset = 0
    level = 1
    tells = Rung.Tells.AGENT


class ClockFactory(factory.Factory):
    """A running deadline of a matter; ``at`` is when it begins, all else as ``begin`` takes it."""

    class Meta:
        model = Clock

    subject = factory.SubFactory(MatterFactory)
    kind = DeadlineRule.Kind.COMPLAINT_ACCEPT

    @classmethod
    def _create(cls, model_class, *args, subject, kind, at=AT, **kwargs):
        return clocks.begin(subject, kind, by=None, at=at, **kwargs)
