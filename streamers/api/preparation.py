"""What is made ready for shows, for programs: checks, reviews, scripts, rehearsals, identity reports."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import RecordViewSet, Verb
from products.models import Product
from streamers.actions import cast_review as cast_review_actions
from streamers.actions import identity_report as identity_report_actions
from streamers.actions import rehearsal as rehearsal_actions
from streamers.actions import script as script_actions
from streamers.actions import show_check as show_check_actions
from streamers.api.base import WHEN
from streamers.api.credential import file_field
from streamers.filters.preparation import (
    CastReviewFilter,
    IdentityReportFilter,
    RehearsalFilter,
    ScriptFilter,
    ShowCheckFilter,
)
from streamers.models import CastReview, IdentityReport, Rehearsal, RunItem, Script, Show, ShowCheck

APPEND_ONLY = ["get", "post", "head", "options"]


class RecordedViewSet(RecordViewSet):
    """Rows that are recorded with a file and never change: a later one supersedes them."""

    http_method_names = APPEND_ONLY

    def add(self, values):
        file = values.pop("file", None)
        return self.record(self.queryset.model(**values), file, by=self.request.user, at=clock.now())


class ShowCheckSerializer(RecordSerializer):
    """One item of a show looked at; its evidence is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = ShowCheck
        fields = ["id", "show", "item", "outcome", "note", "file", "checked_at", "superseded_at", *WHEN]
        read_only_fields = ["checked_at", "superseded_at"]


class ShowCheckViewSet(RecordViewSet):
    """What was looked through before shows."""

    queryset = ShowCheck.objects.select_related("show")
    serializer_class = ShowCheckSerializer
    filterset_class = ShowCheckFilter
    ordering_fields = ["checked_at"]
    http_method_names = APPEND_ONLY

    def add(self, values):
        show = values.pop("show")
        answer = show_check_actions.Answer(**values)
        [made] = show_check_actions.check(show, answers=[answer], by=self.request.user, at=clock.now())
        return made


class ShownProductField(VisibleRelatedField):
    """The id of a product that the person sees, or that is shown in a show that they see."""

    def get_queryset(self):
        shows = Show.objects.visible_to(self.context["request"].user)
        shown = RunItem.objects.filter(show__in=shows, removed_at=None).values("product")
        return super().get_queryset() | Product.objects.filter(pk__in=shown)


class CastReviewSerializer(RecordSerializer):
    """A streamer's answers about a product; what they signed is sent along as multipart form data."""

    answers = serializers.JSONField(
        help_text="Each of the nine aspects of DB4401 5.2.2.5 with good, bad or not_applicable."
    )
    product = ShownProductField(queryset=Product.objects.all())
    file = file_field()

    class Meta:
        model = CastReview
        fields = [
            "id",
            "show",
            "streamer",
            "product",
            "answers",
            "outcome",
            "note",
            "file",
            "reviewed_at",
            "superseded_at",
            *WHEN,
        ]
        read_only_fields = ["outcome", "reviewed_at", "superseded_at"]


class CastReviewViewSet(RecordedViewSet):
    """Streamers' own reviews of products before shows; a streamer sends and sees their own."""

    queryset = CastReview.objects.select_related("show", "streamer", "product")
    serializer_class = CastReviewSerializer
    filterset_class = CastReviewFilter
    ordering_fields = ["reviewed_at"]
    record = staticmethod(cast_review_actions.review)


class ScriptSerializer(RecordSerializer):
    """A version of a script, with what the claim scan found when it was submitted."""

    class Meta:
        model = Script
        fields = [
            "id",
            "show",
            "product",
            "number",
            "text",
            "state",
            "hits",
            "terms",
            "submitted_at",
            "decided_at",
            "comment",
            *WHEN,
        ]
        read_only_fields = ["number", "hits", "terms", "submitted_at", "decided_at", "comment"]
        fixed = ["show", "product"]


class ScriptViewSet(RecordViewSet):
    """Scripts: written, submitted, approved by another."""

    queryset = Script.objects.select_related("show", "product")
    serializer_class = ScriptSerializer
    filterset_class = ScriptFilter
    ordering_fields = ["updated_at"]
    list_fields = ("id", "show", "product", "number", "state", "submitted_at", *WHEN, "version")
    verbs = [
        Verb("submit", script_actions.submit),
        Verb("withdraw", script_actions.withdraw),
        Verb("approve", script_actions.approve),
        Verb("send_back", script_actions.send_back, ReasonInput),
    ]

    def add(self, values):
        return script_actions.add(Script(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return script_actions.change(obj, by=self.request.user, at=clock.now())


class RehearsalSerializer(RecordSerializer):
    """A rehearsal; its minutes are sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = Rehearsal
        fields = [
            "id",
            "show",
            "held_at",
            "with_entity",
            "with_cast",
            "with_marketers",
            "outcome",
            "found",
            "safeguards",
            "file",
            "recorded_at",
            "superseded_at",
            *WHEN,
        ]
        read_only_fields = ["recorded_at", "superseded_at"]


class RehearsalViewSet(RecordedViewSet):
    """Rehearsals of shows."""

    queryset = Rehearsal.objects.select_related("show")
    serializer_class = RehearsalSerializer
    filterset_class = RehearsalFilter
    ordering_fields = ["held_at"]
    record = staticmethod(rehearsal_actions.record)


class IdentityReportSerializer(RecordSerializer):
    """That the platform was told who streams; its proof is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = IdentityReport
        fields = [
            "id",
            "show",
            "platform",
            "reported_on",
            "receipt",
            "people",
            "file",
            "recorded_at",
            "superseded_at",
            *WHEN,
        ]
        read_only_fields = ["platform", "people", "recorded_at", "superseded_at"]


class IdentityReportViewSet(RecordedViewSet):
    """Reports of identities to platforms."""

    queryset = IdentityReport.objects.select_related("show", "platform")
    serializer_class = IdentityReportSerializer
    filterset_class = IdentityReportFilter
    ordering_fields = ["reported_on"]
    record = staticmethod(identity_report_actions.record)
