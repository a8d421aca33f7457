"""What the apps declare to the ground floor, which knows them by name alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What each app puts on a person's start page.
MCN_WORK = [
    "merchants.admin.work.work",
    "products.admin.start.work",
    "streamers.admin.show_start.work",
    "streamers.admin.start.work",
    "streamers.admin.running_out.work",
    "streamers.admin.conduct_start.work",
    "streamers.admin.training_start.work",
    "streamers.admin.plan_start.work",
    "streamers.admin.preparation_start.work",
    "streamers.admin.room_start.work",
    "streamers.admin.records_start.work",
    "streamers.admin.on_air_start.work",
    "aftersales.admin.score_start.work",
    "mcn.notices.start.work",
    "aftersales.admin.order_start.work",
    "aftersales.admin.article_start.work",
    "aftersales.admin.clock_start.work",
    "aftersales.admin.complaint_start.work",
    "aftersales.admin.return_start.work",
    "aftersales.admin.promise_start.work",
    "aftersales.admin.opinion_start.work",
    "mcn.sheets.start.work",
    "mcn.standards.start.work",
]
# What each app puts on the first page of a merchant's portal.
MCN_PORTAL_WORK = ["aftersales.portal.waiting.work"]
# What comes in and goes out by spreadsheet: the sheets that the apps declare (see mcn/sheets/sheet.py).
MCN_SHEETS = [
    "products.resources.ProductSheet",
    "merchants.resources.MerchantSheet",
    "streamers.resources.streamer.StreamerSheet",
    "streamers.resources.training.TrainingLogSheet",
    "streamers.resources.violation.ViolationSheet",
    "streamers.resources.figures.FigureSheet",
    "streamers.resources.show_metrics.ShowMetricsSheet",
    "streamers.resources.show_metrics.ItemMetricsSheet",
    "streamers.resources.run_sheet.RunSheetSheet",
    "aftersales.resources.order.OrderSheet",
    "aftersales.resources.tracking.TrackingSheet",
    "aftersales.resources.complaint.ComplaintSheet",
    "aftersales.resources.mention.MentionSheet",
    "aftersales.resources.review.ReviewSheet",
    "aftersales.resources.article.ArticleSheet",
    "aftersales.resources.inquiry.InquirySheet",
    "aftersales.resources.promise.ServicePromiseSheet",
    "aftersales.resources.breach.BreachSheet",
    "aftersales.resources.price_claim.PriceClaimSheet",
    "aftersales.resources.invoice.InvoiceSheet",
]
# The rulebooks whose findings the pages of the standards tell.
MCN_RULEBOOKS = [
    "merchants.rules.admission.STANDING",
    "merchants.rules.agreement.SIGNING",
    "products.rules.listing.LISTING",
    "products.rules.card.CARD",
    "streamers.rules.hosting.HOSTING",
    "streamers.rules.go_live.GO_LIVE",
    "streamers.rules.contract.SIGNING",
    "streamers.rules.training.SERVICE",
    "streamers.rules.training_plan.SERVICE_PLANS",
    "streamers.rules.survey.SURVEYS",
    "streamers.rules.keeping.KEEPING",
    "streamers.rules.on_air.ON_AIR",
    "streamers.rules.show_metrics.METRICS",
    "aftersales.rules.shipping.SHIPPING",
    "aftersales.rules.article.KNOWLEDGE",
    "aftersales.rules.price_protection.PRICE_CLAIMS",
    "aftersales.rules.invoice.INVOICES",
    "aftersales.rules.promise.PROMISES",
    "aftersales.rules.promise.BREACHES",
    "aftersales.rules.inquiry.INQUIRIES",
    "aftersales.rules.complaint_steps.RESOLUTION",
    "aftersales.rules.complaint_steps.CLOSURE",
    "aftersales.rules.return_request.RETURNS",
    "aftersales.rules.repair.REPAIRS",
    "aftersales.rules.opinion.WATCH",
    "aftersales.rules.opinion.CASES",
    "aftersales.rules.opinion.CLOSING",
    "aftersales.rules.review.REVIEWS",
    "aftersales.rules.review.ANSWER",
    "aftersales.rules.improvement.IMPROVEMENT",
    "aftersales.rules.improvement.SETTLING",
    "aftersales.rules.improvement.CLOSING",
]
# What has a term after which it goes: the kinds that the apps declare (see mcn/evidence/retention.py).
MCN_RETENTION = [
    "streamers.actions.retention.RECORDINGS",
    "streamers.actions.retention.SHOW_RECORDS",
    "aftersales.actions.complaint_retention.COMPLAINTS",
    "streamers.actions.retention.AD_ENTRIES",
    "mcn.sheets.retention.IMPORT_FILES",
]
# On what a legal hold can be placed, each with the field by which people name it.
MCN_HOLDABLE = {
    "merchants.merchant": "code",
    "streamers.streamer": "code",
    "streamers.show": "code",
    "aftersales.complaint": "code",
    "streamers.room": "account",
}
# About what people are told, and whether it comes at once even in the quiet hours (see mcn/notices/kinds.py).
MCN_NOTICES = [
    ("deadline", _("deadlines that come near"), False),
    ("overdue", _("deadlines missed, and steps of the ladder"), True),
    ("complaint", pgettext_lazy("notices", "complaints"), False),
    ("return", pgettext_lazy("notices", "returns and repairs"), False),
    ("order", pgettext_lazy("notices", "orders and parcels"), False),
    ("promise", pgettext_lazy("notices", "promises, price protection and invoices"), False),
    ("knowledge", pgettext_lazy("notices", "knowledge base"), False),
    ("review", pgettext_lazy("notices", "reviews and surveys"), False),
    ("opinion", pgettext_lazy("notices", "public opinion"), True),
    ("improvement", pgettext_lazy("notices", "improvement"), False),
    ("score", pgettext_lazy("notices", "merchant scores"), False),
    ("hold", pgettext_lazy("notices", "holds"), True),
    ("trial", pgettext_lazy("notices", "trial of a webhook"), False),
    ("figures", pgettext_lazy("notices", "figures out of the ordinary"), False),
]
