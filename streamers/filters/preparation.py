"""Which of what is made ready for shows a list may be narrowed to."""

from django_filters import BooleanFilter, MultipleChoiceFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import CastReview, IdentityReport, Rehearsal, Script, ShowCheck


class CountsFilterSet(RecordFilterSet):
    """Rows of which later ones supersede earlier; ``counts=true`` leaves the superseded out."""

    counts = BooleanFilter(field_name="superseded_at", lookup_expr="isnull")


class ShowCheckFilter(CountsFilterSet):
    """Checks by show, item and outcome."""

    class Meta:
        model = ShowCheck
        fields = ["show", "item", "outcome"]


class CastReviewFilter(CountsFilterSet):
    """Reviews by show, streamer, product and outcome."""

    class Meta:
        model = CastReview
        fields = ["show", "streamer", "product", "outcome"]


class ScriptFilter(RecordFilterSet):
    """Scripts by show, product and state."""

    state = MultipleChoiceFilter(choices=Script.State.choices)

    class Meta:
        model = Script
        fields = ["show", "product"]


class RehearsalFilter(CountsFilterSet):
    """Rehearsals by show and outcome."""

    class Meta:
        model = Rehearsal
        fields = ["show", "outcome"]


class IdentityReportFilter(CountsFilterSet):
    """Reports by show and platform."""

    class Meta:
        model = IdentityReport
        fields = ["show", "platform"]
