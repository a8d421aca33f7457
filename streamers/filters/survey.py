"""Which surveys a list may be narrowed to."""

from django_filters import DateFromToRangeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import SatisfactionSurvey


class SatisfactionSurveyFilter(RecordFilterSet):
    """Surveys by who was asked, with which platform, and when."""

    held_to = DateFromToRangeFilter()

    class Meta:
        model = SatisfactionSurvey
        fields = ["audience", "platform"]
