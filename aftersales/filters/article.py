"""Which articles, answers and questions a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import Article, ArticleVersion, Inquiry
from mcn.kit.filters import RecordFilterSet, SearchFilter


class ArticleFilter(RecordFilterSet):
    """Articles by subject, for whom, about whose goods, and when they are to be looked at again."""

    search = SearchFilter()
    review_on = DateFromToRangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Article
        fields = ["code", "topic", "audience", "category", "merchant"]


class ArticleVersionFilter(RecordFilterSet):
    """Answers by article, topic and state."""

    state = MultipleChoiceFilter(choices=ArticleVersion.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ArticleVersion
        fields = {"article": ["exact"], "article__topic": ["exact"], "article__audience": ["exact"]}


class InquiryFilter(RecordFilterSet):
    """Questions by state, what they are about, with whom they wait and when they came."""

    state = MultipleChoiceFilter(choices=Inquiry.State.choices)
    asked_on = DateFromToRangeFilter(field_name="asked_at")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Inquiry
        fields = ["code", "channel", "topic", "merchant", "agent", "order_number", "show"]
