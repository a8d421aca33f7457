"""The tables of after-sales."""

from aftersales.models.about import About
from aftersales.models.article import Article, ArticleUse, ArticleVersion, Topic
from aftersales.models.breach import Breach, PromiseAudit
from aftersales.models.clock import Clock, ClockStep, Pause
from aftersales.models.complaint import Complaint
from aftersales.models.complaint_entry import ComplaintEntry
from aftersales.models.complaint_kinds import Channel, Nature, Priority, Urgency
from aftersales.models.deadline_rule import DeadlineRule, Rung
from aftersales.models.delivery_alert import DeliveryAlert
from aftersales.models.emergency_plan import EmergencyPlan, PlanCall, PlanDrill
from aftersales.models.guarantee import Delay, GuaranteeTerm, Reason, Remedy
from aftersales.models.hold_rule import HoldRule, Recall, RuledHold
from aftersales.models.improvement import GoodPractice, ImprovementAction, Pilot
from aftersales.models.inquiry import Inquiry
from aftersales.models.invoice import Invoice
from aftersales.models.lexicon import Sentiment, SentimentWord
from aftersales.models.mention import Mention
from aftersales.models.nonconformity import Cause, Nonconformity, Why
from aftersales.models.opinion_alert import AlertRule, Level, OpinionAlert
from aftersales.models.opinion_case import OpinionCase, OpinionStep
from aftersales.models.order import Order
from aftersales.models.order_line import OrderLine
from aftersales.models.outlet import Outlet
from aftersales.models.parcel import Parcel, TrackingEvent
from aftersales.models.price_claim import PriceClaim
from aftersales.models.priority_rule import PriorityRule
from aftersales.models.promise import PromiseKind, ServicePromise
from aftersales.models.repair import Repair, RepairProvider
from aftersales.models.return_dispute import ReturnDispute, ReturnEvidence
from aftersales.models.return_request import ReturnRequest
from aftersales.models.review import Review, ReviewDimension, ReviewScore, Service
from aftersales.models.score import Component, Measure, MerchantScore, ScoreBand, ScoreRuleSet, ScoreStep
from aftersales.models.service_channel import ServiceChannel
from aftersales.models.service_figures import ServiceFigures
from aftersales.models.survey import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion

__all__ = [
    "About",
    "AlertRule",
    "Article",
    "ArticleUse",
    "ArticleVersion",
    "Breach",
    "Cause",
    "Channel",
    "Clock",
    "ClockStep",
    "Complaint",
    "ComplaintEntry",
    "Component",
    "DeadlineRule",
    "Delay",
    "DeliveryAlert",
    "EmergencyPlan",
    "GoodPractice",
    "GuaranteeTerm",
    "HoldRule",
    "ImprovementAction",
    "Inquiry",
    "Invoice",
    "Level",
    "Measure",
    "Mention",
    "MerchantScore",
    "Nature",
    "Nonconformity",
    "OpinionAlert",
    "OpinionCase",
    "OpinionStep",
    "Order",
    "OrderLine",
    "Outlet",
    "Parcel",
    "Pause",
    "Pilot",
    "PlanCall",
    "PlanDrill",
    "PriceClaim",
    "Priority",
    "PriorityRule",
    "PromiseAudit",
    "PromiseKind",
    "Reason",
    "Recall",
    "Remedy",
    "Repair",
    "RepairProvider",
    "ReturnDispute",
    "ReturnEvidence",
    "ReturnRequest",
    "Review",
    "ReviewDimension",
    "ReviewScore",
    "RuledHold",
    "Rung",
    "ScoreBand",
    "ScoreRuleSet",
    "ScoreStep",
    "Sentiment",
    "SentimentWord",
    "Service",
    "ServiceChannel",
    "ServiceFigures",
    "ServicePromise",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyQuestion",
    "Topic",
    "TrackingEvent",
    "Urgency",
    "Why",
]
