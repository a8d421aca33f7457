"""Reviews, surveys and improvement, for programs."""

from rest_framework import serializers

from aftersales.actions import improvement as action_actions
from aftersales.actions import nonconformity as nonconformity_actions
from aftersales.actions import review as review_actions
from aftersales.filters.opinion import (
    GoodPracticeFilter,
    ImprovementActionFilter,
    NonconformityFilter,
    ReviewFilter,
    SurveyInvitationFilter,
)
from aftersales.models import (
    GoodPractice,
    ImprovementAction,
    Nonconformity,
    Review,
    ReviewScore,
    SurveyInvitation,
)
from mcn.kit import clock
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb

WHEN = ["created_at", "updated_at"]
ABOUT = ["merchant", "product", "streamer", "show"]
ANSWERED = ["sentiment", "words", "negative", "source", "answer", "cause", "answered_at", "nonconformity"]


class ReviewScoreSerializer(ChildSerializer):
    name = serializers.CharField(source="dimension.name", read_only=True)

    class Meta:
        model = ReviewScore
        fields = ["dimension", "name", "stars"]


class ReviewSerializer(RecordSerializer):
    """A review; who gave it goes out masked."""

    scores = ReviewScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "service",
            "platform",
            "number",
            "anonymous",
            "author",
            "text",
            "score",
            "given_at",
            *ABOUT,
            *ANSWERED,
            "scores",
            "state",
            *WHEN,
        ]
        read_only_fields = ANSWERED


class ReviewAnswerInput(Input):
    """The answer, and the cause of a negative review."""

    answer = serializers.CharField(max_length=2_000)
    cause = serializers.CharField(max_length=2_000, required=False, allow_blank=True)


class ReviewViewSet(RecordViewSet):
    """What consumers said; a merchant sees and answers its own."""

    queryset = Review.objects.prefetch_related("scores__dimension")
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter
    ordering_fields = ["given_at", "score", "updated_at"]
    http_method_names = ["get", "post", "head", "options"]
    verbs = [Verb("answer", review_actions.answer, ReviewAnswerInput)]

    def add(self, values):
        pairs = [(Review(**values), {})]
        return review_actions.bring(pairs, by=self.request.user, at=clock.now())[0]


class SurveyInvitationSerializer(RecordSerializer):
    class Meta:
        model = SurveyInvitation
        fields = [
            "id",
            "survey",
            "label",
            *ABOUT,
            "invited_at",
            "expires_at",
            "answered_at",
            "satisfaction",
            *WHEN,
        ]
        read_only_fields = fields


class SurveyInvitationViewSet(ReadViewSet):
    """Links to surveys, and how satisfied whoever answered is."""

    queryset = SurveyInvitation.objects.all()
    serializer_class = SurveyInvitationSerializer
    filterset_class = SurveyInvitationFilter
    ordering_fields = ["invited_at"]


class NonconformitySerializer(RecordSerializer):
    class Meta:
        model = Nonconformity
        fields = [
            "id",
            "code",
            "title",
            "source",
            "found_on",
            "facts",
            "measure",
            "target",
            "actual",
            "serious",
            "owner",
            "team",
            "consumers",
            *ABOUT,
            "case",
            "root_cause",
            "effect",
            "closed_at",
            "state",
            *WHEN,
        ]
        read_only_fields = ["code", "root_cause", "effect", "closed_at"]


class RootCauseInput(Input):
    """The root cause."""

    root_cause = serializers.CharField(max_length=2_000)


class EffectInput(Input):
    """What effect was found."""

    effect = serializers.CharField(max_length=2_000)


class DoneInput(Input):
    """What was done."""

    result = serializers.CharField(max_length=2_000)


class WhyInput(Input):
    """Why once more, and the fact that bears the answer."""

    question = serializers.CharField(max_length=200)
    answer = serializers.CharField(max_length=500)
    evidence = serializers.CharField(max_length=500)


class NonconformityViewSet(RecordViewSet):
    """Shortfalls, from the facts to the verified effect."""

    queryset = Nonconformity.objects.all()
    serializer_class = NonconformitySerializer
    filterset_class = NonconformityFilter
    ordering_fields = ["found_on"]
    verbs = [
        Verb("ask_why", nonconformity_actions.ask_why, WhyInput),
        Verb("settle", nonconformity_actions.settle, RootCauseInput),
        Verb("close", nonconformity_actions.close, EffectInput),
        Verb("reopen", nonconformity_actions.reopen, ReasonInput),
    ]

    def add(self, values):
        return nonconformity_actions.find(Nonconformity(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return nonconformity_actions.change(obj, by=self.request.user, at=clock.now())


class ImprovementActionSerializer(RecordSerializer):
    class Meta:
        model = ImprovementAction
        fields = [
            "id",
            "nonconformity",
            "kind",
            "what",
            "how",
            "goal",
            "owner",
            "merchant",
            "due_on",
            "result",
            "done_at",
            "effect",
            "verified_at",
            "state",
            *WHEN,
        ]
        read_only_fields = ["result", "done_at", "effect", "verified_at"]
        fixed = ["nonconformity"]


class ImprovementActionViewSet(RecordViewSet):
    """What is done by whom and by when; the effect is verified by somebody else."""

    queryset = ImprovementAction.objects.all()
    serializer_class = ImprovementActionSerializer
    filterset_class = ImprovementActionFilter
    ordering_fields = ["due_on"]
    verbs = [
        Verb("finish", action_actions.finish, DoneInput),
        Verb("verify", action_actions.verify, EffectInput),
        Verb("fail", action_actions.fail, EffectInput),
        Verb("drop", action_actions.drop, ReasonInput),
    ]

    def add(self, values):
        return action_actions.plan(ImprovementAction(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return action_actions.change(obj, by=self.request.user, at=clock.now())


class GoodPracticeSerializer(RecordSerializer):
    class Meta:
        model = GoodPractice
        fields = ["id", "title", "situation", "text", "proof", "published_at", "state", *WHEN]
        read_only_fields = fields


class GoodPracticeViewSet(ReadViewSet):
    """What works, for everybody who is signed in."""

    queryset = GoodPractice.objects.all()
    serializer_class = GoodPracticeSerializer
    filterset_class = GoodPracticeFilter
    ordering_fields = ["published_at"]
