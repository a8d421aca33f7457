"""The back office's pages about after-sales."""

from aftersales.admin import (
    article,
    breach,
    improvement,
    inquiry,
    invoice,
    mention,
    opinion,
    pilot,
    price_claim,
    promise,
    review,
    survey,
)
from aftersales.admin.clock import ClockAdmin
from aftersales.admin.complaint import ComplaintAdmin, ComplaintEntryAdmin
from aftersales.admin.deadline_rule import DeadlineRuleAdmin
from aftersales.admin.delivery_alert import DeliveryAlertAdmin
from aftersales.admin.emergency_plan import EmergencyPlanAdmin, PlanCallAdmin
from aftersales.admin.hold_rule import HoldRuleAdmin, RecallAdmin, RuledHoldAdmin
from aftersales.admin.order import OrderAdmin
from aftersales.admin.parcel import ParcelAdmin
from aftersales.admin.priority_rule import PriorityRuleAdmin
from aftersales.admin.repair import GuaranteeTermAdmin, RepairAdmin, RepairProviderAdmin
from aftersales.admin.return_request import ReturnRequestAdmin
from aftersales.admin.score import MerchantScoreAdmin, ScoreRuleSetAdmin
from aftersales.admin.service_channel import ServiceChannelAdmin
from aftersales.admin.service_figures import ServiceFiguresAdmin

__all__ = [
    "ClockAdmin",
    "ComplaintAdmin",
    "ComplaintEntryAdmin",
    "DeadlineRuleAdmin",
    "DeliveryAlertAdmin",
    "EmergencyPlanAdmin",
    "GuaranteeTermAdmin",
    "HoldRuleAdmin",
    "MerchantScoreAdmin",
    "OrderAdmin",
    "ParcelAdmin",
    "PlanCallAdmin",
    "PriorityRuleAdmin",
    "RecallAdmin",
    "RepairAdmin",
    "RepairProviderAdmin",
    "ReturnRequestAdmin",
    "RuledHoldAdmin",
    "ScoreRuleSetAdmin",
    "ServiceChannelAdmin",
    "ServiceFiguresAdmin",
    "article",
    "breach",
    "improvement",
    "inquiry",
    "invoice",
    "mention",
    "opinion",
    "pilot",
    "price_claim",
    "promise",
    "review",
    "survey",
]
