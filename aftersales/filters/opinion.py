"""Which mentions, alerts, cases, reviews, surveys and improvements a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import (
    GoodPractice,
    ImprovementAction,
    Mention,
    Nonconformity,
    OpinionAlert,
    OpinionCase,
    Review,
    SurveyInvitation,
)
from mcn.kit.filters import RecordFilterSet, SearchFilter


class MentionFilter(RecordFilterSet):
    """Mentions by where, how they sound, about whom, and when."""

    search = SearchFilter()
    state = MultipleChoiceFilter(choices=Mention.State.choices)
    published_on = DateFromToRangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Mention
        fields = [
            "outlet",
            "number",
            "sentiment",
            "alarming",
            "merchant",
            "product",
            "streamer",
            "show",
            "case",
        ]


class OpinionAlertFilter(RecordFilterSet):
    """Alerts by state, level and whom they are about."""

    raised_at = DateFromToRangeFilter()

    class Meta:
        model = OpinionAlert
        fields = ["state", "level", "merchant", "product", "streamer"]


class OpinionCaseFilter(RecordFilterSet):
    """Cases by state, level, owner and whom they are about."""

    state = MultipleChoiceFilter(choices=OpinionCase.State.choices)

    class Meta:
        model = OpinionCase
        fields = ["code", "level", "owner", "merchant", "product", "streamer"]


class ReviewFilter(RecordFilterSet):
    """Reviews by service, stars, about whom, and when."""

    search = SearchFilter()
    state = MultipleChoiceFilter(choices=Review.State.choices)
    given_on = DateFromToRangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Review
        fields = ["service", "platform", "number", "negative", "merchant", "product", "streamer", "show"]


class SurveyInvitationFilter(RecordFilterSet):
    """Links by survey and whom the matter was about."""

    invited_at = DateFromToRangeFilter()

    class Meta:
        model = SurveyInvitation
        fields = ["survey", "merchant"]


class NonconformityFilter(RecordFilterSet):
    """Nonconformities by state, source, owner and whom they are about."""

    state = MultipleChoiceFilter(choices=Nonconformity.State.choices)
    found_on = DateFromToRangeFilter()

    class Meta:
        model = Nonconformity
        fields = ["code", "source", "serious", "owner", "merchant", "product", "streamer"]


class ImprovementActionFilter(RecordFilterSet):
    """Actions by nonconformity, state, owner and the day they are due."""

    state = MultipleChoiceFilter(choices=ImprovementAction.State.choices)
    due_on = DateFromToRangeFilter()

    class Meta:
        model = ImprovementAction
        fields = ["nonconformity", "kind", "owner"]


class GoodPracticeFilter(RecordFilterSet):
    """Good practice by state."""

    class Meta:
        model = GoodPractice
        fields = ["state"]
