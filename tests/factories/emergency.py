"""Emergency plans: the default one is in force since ``DAY``, calls two of the staff and needs no drill."""

import factory

from aftersales.models import EmergencyPlan, PlanCall
from mcn.kit.clock import add_months
from tests.factories import DAY, RecordFactory
from tests.factories.accounts import StaffFactory


class EmergencyPlanFactory(RecordFactory):
    """A plan for complaints; ``matter="opinion"``, ``draft=True`` for one that nobody adopted."""

    class Meta:
        model = EmergencyPlan
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state="draft", adopted_on=None, drill_due_on=None)

    code = factory.Sequence(lambda number: f"E{number + 1:03d}")
    title = "投诉应急预案"
    matter = "complaint"
    when = "投诉逾期三日未解决，由客服主管决定。"
    first_words = "我们已关注到相关反馈，正在核实，今日 18 时前公布进展。"
    state = "adopted"
    adopted_on = DAY
    drill_due_on = add_months(DAY, 6)

    @factory.post_generation
    def calls(self, create, extracted, **kwargs):
        """Two of the staff, unless told otherwise: ``calls=0``."""
        for place in range(1, (2 if extracted is None else extracted) + 1):
            PlanCallFactory(plan=self, place=place)


class PlanCallFactory(RecordFactory):
    """One of the staff, called within half an hour for each place before."""

    class Meta:
        model = PlanCall

    plan = factory.SubFactory(EmergencyPlanFactory, calls=0)
    place = 1
    user = factory.SubFactory(StaffFactory, role="after_sales_lead")
    within_minutes = factory.LazyAttribute(lambda call: 30 * call.place)
    task = "核实事实，联系消费者"
