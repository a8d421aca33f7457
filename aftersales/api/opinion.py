"""Talk in public, for programs: monitoring services bring mentions, others follow alerts and cases."""

from rest_framework import serializers

from aftersales.actions import mention as mention_actions
from aftersales.actions import opinion_alert as alert_actions
from aftersales.actions import opinion_case as case_actions
from aftersales.actions import outlet as outlet_actions
from aftersales.filters.opinion import MentionFilter, OpinionAlertFilter, OpinionCaseFilter
from aftersales.models import Mention, OpinionAlert, OpinionCase, OpinionStep, Outlet, Sentiment
from mcn.accounts.models import User
from mcn.kit import clock
from mcn.kit.api.serializers import Input, NoteInput, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb

WHEN = ["created_at", "updated_at"]
ABOUT = ["merchant", "product", "streamer", "show"]
HEARD = ["sentiment", "heard", "points", "words", "alarms", "alarming", "lexicon", "source", "case"]


class OutletSerializer(RecordSerializer):
    class Meta:
        model = Outlet
        fields = ["id", "code", "name", "address", "named", "watch_days", "watched_at", "ended_on"]
        read_only_fields = fields


class OutletViewSet(ReadViewSet):
    """Where people talk, and when somebody last looked there."""

    queryset = Outlet.objects.all()
    serializer_class = OutletSerializer
    ordering_fields = ["place"]
    verbs = [Verb("watch", outlet_actions.watch)]


class MentionSerializer(RecordSerializer):
    """A mention; who said it goes out masked."""

    class Meta:
        model = Mention
        fields = [
            "id",
            "outlet",
            "number",
            "address",
            "author",
            "text",
            "published_at",
            "reach",
            *ABOUT,
            *HEARD,
            "state",
            *WHEN,
        ]
        read_only_fields = HEARD
        fixed = ["outlet", "number"]


class JudgeInput(NoteInput):
    """How a mention really sounds."""

    sentiment = serializers.ChoiceField(choices=Sentiment.choices)


class MentionViewSet(RecordViewSet):
    """What was said; a new one is judged at once. The same outlet and number twice is refused."""

    queryset = Mention.objects.all()
    serializer_class = MentionSerializer
    filterset_class = MentionFilter
    ordering_fields = ["published_at", "reach", "updated_at"]
    verbs = [
        Verb("judge", mention_actions.judge, JudgeInput),
        Verb("set_aside", mention_actions.set_aside, ReasonInput),
    ]

    def add(self, values):
        return self._bring(Mention(**values))

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return self._bring(obj)

    def _bring(self, mention):
        return mention_actions.enter(
            mention, by=self.request.user, at=clock.now(), source=Mention.Source.PROGRAM
        )


class OpinionAlertSerializer(RecordSerializer):
    class Meta:
        model = OpinionAlert
        fields = [
            "id",
            "rule",
            "level",
            *ABOUT,
            "since",
            "raised_at",
            "mentions",
            "negative",
            "alarming",
            "usual",
            "state",
            "decided_at",
            "reason",
            "case",
            *WHEN,
        ]
        read_only_fields = fields


class TakeInput(NoteInput):
    """What the case is called, what it is about, and whose it is."""

    title = serializers.CharField(max_length=120)
    summary = serializers.CharField(max_length=5_000)
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_staff=True, is_active=True))


class OpinionAlertViewSet(ReadViewSet):
    """What the rules found; made a case or dismissed."""

    queryset = OpinionAlert.objects.all()
    serializer_class = OpinionAlertSerializer
    filterset_class = OpinionAlertFilter
    ordering_fields = ["raised_at"]
    verbs = [
        Verb("take", alert_actions.take, TakeInput),
        Verb("dismiss", alert_actions.dismiss, ReasonInput),
    ]


class OpinionCaseSerializer(RecordSerializer):
    class Meta:
        model = OpinionCase
        fields = [
            "id",
            "code",
            "title",
            "summary",
            "level",
            "owner",
            *ABOUT,
            "opened_at",
            "emergency_at",
            "plan",
            "answered_at",
            "answer",
            "conclusion",
            "closed_at",
            "state",
            *WHEN,
        ]
        read_only_fields = [
            "code",
            "opened_at",
            "emergency_at",
            "plan",
            "answered_at",
            "answer",
            "conclusion",
            "closed_at",
        ]
        fixed = ["level", "owner"]


class StepInput(Input):
    """What was done or found."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in OpinionStep.TYPED])
    text = serializers.CharField(max_length=5_000)


class CloseInput(Input):
    """What came of it."""

    conclusion = serializers.CharField(max_length=5_000)


class AnswerInput(Input):
    """What was answered in public, and where."""

    text = serializers.CharField(max_length=5_000)


class OpinionCaseViewSet(RecordViewSet):
    """Cases with their steps; each has a deadline of its own."""

    queryset = OpinionCase.objects.all()
    serializer_class = OpinionCaseSerializer
    filterset_class = OpinionCaseFilter
    ordering_fields = ["opened_at"]
    verbs = [
        Verb("note", case_actions.note, StepInput),
        Verb("answer", case_actions.answer, AnswerInput),
        Verb("close", case_actions.close, CloseInput),
        Verb("reopen", case_actions.reopen, ReasonInput),
    ]

    def add(self, values):
        return case_actions.open_case(OpinionCase(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return case_actions.change(obj, by=self.request.user, at=clock.now())
