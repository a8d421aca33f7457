"""Buyers' questions as a spreadsheet to work through and count: out alone, who asked is left out."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.filters.article import InquiryFilter
from aftersales.models import Inquiry, Topic
from mcn.kit.clock import to_the_second
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Sheet

COLUMNS = [
    Column("code", gettext_lazy("question number"), Kind.CODE),
    Column("channel", pgettext_lazy("question", "asked by"), Kind.CHOICE, choices=Inquiry.Channel.choices),
    Column("topic", gettext_lazy("topic"), Kind.CHOICE, choices=Topic.choices),
    Column("text", pgettext_lazy("question", "question"), width=40),
    Column("order_number", gettext_lazy("order number"), Kind.CODE, width=24),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        extract=lambda row: row.merchant.code if row.merchant else "",
    ),
    Column("state", gettext_lazy("state"), Kind.CHOICE, choices=Inquiry.State.choices),
    Column("asked_at", gettext_lazy("asked at"), extract=lambda row: to_the_second(row.asked_at), width=20),
    Column(
        "due_at", gettext_lazy("answer promised by"), extract=lambda row: to_the_second(row.due_at), width=20
    ),
    Column(
        "answered_at",
        gettext_lazy("answered at"),
        extract=lambda row: to_the_second(row.answered_at),
        width=20,
    ),
    Column("rounds", gettext_lazy("times asked"), Kind.INTEGER),
    Column("answer", pgettext_lazy("question", "our answer"), width=40),
    Column(
        "article",
        gettext_lazy("article number"),
        Kind.CODE,
        extract=lambda row: row.article_version.article.code if row.article_version else "",
    ),
]


class InquirySheet(Sheet):
    """One row for each question; questions come in one by one, so nothing is imported."""

    name = "inquiries"
    label = gettext_lazy("buyers' questions")
    model = Inquiry
    columns = COLUMNS

    def may(self, user, verb, scope=""):
        return verb == "export" and super().may(user, verb, scope)

    def export_queryset(self, user, params):
        rows = Inquiry.objects.all() if user is None else Inquiry.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return InquiryFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With what the cells show, in the same query."""
        return queryset.defer("contact").select_related("merchant", "article_version__article")
