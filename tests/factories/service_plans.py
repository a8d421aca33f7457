"""Service plans: the default one is agreed by both, covers the run sheet and breaks no clause."""

import factory

from mcn.kit import records
from streamers.actions.service_plan import work_out
from streamers.models import Offer, PlanLine, ServicePlan
from streamers.rules import seats
from tests.factories import AT, DAY, RecordFactory


class ServicePlanFactory(RecordFactory):
    """A plan in force: ``state="draft"`` for one being written, ``lines=False`` without quantities."""

    class Meta:
        model = ServicePlan

    show = factory.SubFactory("tests.factories.shows.ShowFactory", plans=False)
    merchant = factory.LazyAttribute(lambda plan: plan.show.items.first().product.merchant)
    number = 1
    state = ServicePlan.State.AGREED
    ship_hours = 48
    arrive_days = 3
    carrier = "顺丰速运"
    return_way = ServicePlan.ReturnWay.INSURED
    return_hours = 48
    return_terms = "七天无理由退货，破损包赔"
    complaint_process = "客服受理，主管当日核实，与消费者协商一致后反馈"
    complaint_hours = 24
    seats = 3
    seats_trained = 3
    service_hours = "每日 9:00-24:00"
    answer_percent = 80
    answer_seconds = 30
    guarantee = "质量问题先行赔付，专人跟进物流异常"
    rating = ServicePlan.Rating.SUFFICIENT
    submitted_at = factory.LazyAttribute(lambda plan: AT if plan.state in ServicePlan.FROZEN else None)
    decided_at = factory.SelfAttribute("submitted_at")

    @classmethod
    def _create(cls, model_class, *args, lines=True, **kwargs):
        plan = super()._create(model_class, *args, **kwargs)
        if lines:
            offers = Offer.objects.filter(
                item__show=plan.show, item__product__merchant=plan.merchant, removed_at=None
            )
            made = [
                PlanLine(plan=plan, sku=one.sku, spot=one.spot, presale=one.presale, ships_on=one.ships_on)
                for one in offers.select_related("sku")
            ]
            records.save_many(made, by=None, at=AT)
        work_out(plan, seats.terms(DAY))
        return records.save(plan, by=None, at=AT)
