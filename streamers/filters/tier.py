"""Which figures, assessments and rule sets a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import StreamerFigures, TierAssessment, TierRuleSet


class StreamerFiguresFilter(RecordFilterSet):
    """Figures by streamer, platform and day."""

    day = DateFromToRangeFilter()

    class Meta:
        model = StreamerFigures
        fields = ["streamer", "platform", "source"]


class TierAssessmentFilter(RecordFilterSet):
    """Assessments by streamer, month, tier and state."""

    state = MultipleChoiceFilter(choices=TierAssessment.State.choices)

    class Meta:
        model = TierAssessment
        fields = ["streamer", "month", "grade", "proposed"]


class TierRuleSetFilter(RecordFilterSet):
    """Rule sets by state."""

    class Meta:
        model = TierRuleSet
        fields = ["state"]
