"""Complaints for programs: taken in from other systems, dealt with by the same verbs as everywhere."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.filters.complaint import ComplaintFilter
from aftersales.models import Complaint, ComplaintEntry
from aftersales.rules.complaint_file import faults
from mcn.accounts.models import User
from mcn.kit import clock
from mcn.kit.api.serializers import (
    ChildSerializer,
    Input,
    ReasonInput,
    RecordSerializer,
    VisibleRelatedField,
)
from mcn.kit.api.viewsets import RecordViewSet, Verb

SAID_BY_VERBS = [
    "code",
    "tracking",
    "priority",
    "serious",
    "agent",
    "turn",
    "turn_since",
    "accepted_at",
    "first_answer_at",
    "resolved_at",
    "answered_at",
    "closed_at",
    "reopened",
    "merged_into",
    "redirected_to",
    "outcome",
    "conclusion",
    "basis",
    "next_step",
    "paid",
    "satisfaction",
]
PERSONAL = ["name", "phone", "contact"]


class ComplaintSerializer(RecordSerializer):
    """A complaint; who complained is shown masked, and to nobody outside the agency."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = Complaint
        fields = ["id", "state", "text", *intake.DETAILS, "received_at", *SAID_BY_VERBS, "file"]
        read_only_fields = SAID_BY_VERBS
        fixed = ["text", "received_at"]
        extra_kwargs = {"received_at": {"required": False}}

    def to_representation(self, instance):
        told = super().to_representation(instance)
        if not self.context["request"].user.is_staff:
            told = {name: value for name, value in told.items() if name not in PERSONAL}
        return told


class ComplaintEntrySerializer(ChildSerializer):
    """A step of a file, with the digests of the chain."""

    class Meta:
        model = ComplaintEntry
        fields = ["number", "kind", "side", "at", "text", "facts", "previous", "digest"]
        read_only_fields = fields


class FileSerializer(serializers.Serializer):
    """The file of a complaint, and what is wrong with its chain; empty where it is whole."""

    entries = ComplaintEntrySerializer(many=True)
    faults = serializers.ListField(child=serializers.CharField())


class WordsInput(Input):
    """What somebody outside said, with a file if there is one."""

    text = serializers.CharField(max_length=4_000)
    file = serializers.FileField(required=False)


class StepInput(Input):
    """A step that was taken."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in talk.STEPS])
    note = serializers.CharField(max_length=4_000)
    mediator = serializers.CharField(max_length=120, required=False, allow_blank=True)
    file = serializers.FileField(required=False)


class FollowInput(ReasonInput):
    """What became of what was handed on."""

    file = serializers.FileField(required=False)


class RedirectInput(ReasonInput):
    """To whom it is handed on."""

    to = serializers.CharField(max_length=120)


class AssignInput(Input):
    """To whom it is given."""

    agent = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_staff=True, is_active=True))


class MergeInput(Input):
    """Into which complaint it goes."""

    into = VisibleRelatedField(queryset=Complaint.objects.all())


class ResolveInput(Input):
    """How it ends, with the three parts of the answer."""

    outcome = serializers.ChoiceField(choices=Complaint.Outcome.choices)
    conclusion = serializers.CharField(max_length=4_000)
    basis = serializers.CharField(max_length=4_000)
    next_step = serializers.CharField(max_length=4_000)
    paid = serializers.DecimalField(max_digits=12, decimal_places=2, required=False, allow_null=True)


class AnswerInput(Input):
    """By which ways the consumer was told."""

    ways = serializers.ListField(child=serializers.CharField(max_length=20), min_length=1)
    note = serializers.CharField(required=False, allow_blank=True, max_length=2_000)


class CallBackInput(Input):
    """How content the consumer is."""

    satisfaction = serializers.IntegerField(min_value=1, max_value=5)
    note = serializers.CharField(required=False, allow_blank=True, max_length=2_000)


class ComplaintViewSet(RecordViewSet):
    """Complaints; a merchant's people see those about it that the agency has accepted."""

    queryset = Complaint.objects.all()
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    ordering_fields = ["received_at", "priority", "updated_at"]
    list_fields = (
        "id",
        "code",
        "tracking",
        "channel",
        "nature",
        "urgency",
        "priority",
        "serious",
        "state",
        "turn",
        "turn_since",
        "agent",
        "merchant",
        "order_number",
        "product",
        "show",
        "received_at",
        "outcome",
        "version",
    )
    verbs = [
        Verb("accept", intake.accept),
        Verb("assign", intake.assign, AssignInput),
        Verb("redirect", intake.redirect, RedirectInput),
        Verb("follow", intake.follow, FollowInput),
        Verb("merge", intake.merge, MergeInput),
        Verb("withdraw", intake.withdraw, ReasonInput),
        Verb("ask_merchant", talk.ask_merchant, ReasonInput),
        Verb("reply", talk.reply, WordsInput),
        Verb("ask_consumer", talk.ask_consumer, ReasonInput),
        Verb("say", talk.say, WordsInput),
        Verb("record", talk.record, StepInput),
        Verb("verify", complaints.verify),
        Verb("negotiate", complaints.negotiate),
        Verb("resolve", complaints.resolve, ResolveInput),
        Verb("answer_consumer", complaints.answer, AnswerInput),
        Verb("call_back", complaints.call_back, CallBackInput),
        Verb("close", complaints.close),
        Verb("reopen", complaints.reopen, ReasonInput),
    ]

    def add(self, values):
        file = values.pop("file", None)
        return intake.receive(Complaint(**values), file=file, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        values.pop("file", None)
        return intake.correct(obj, values=values, by=self.request.user, at=clock.now())

    @extend_schema(responses=FileSerializer)
    @action(detail=True, filterset_class=None)
    def entries(self, request, *args, **kwargs):
        """The file as far as the person may read it; to staff, whether its chain is whole."""
        complaint = self.get_object()
        seen = ComplaintEntry.objects.visible_to(request.user).filter(complaint=complaint)
        rows = list(seen.order_by("number"))
        wrong = [f"#{number} {told}" for number, told in faults(complaint, rows)]
        whole = request.user.has_perm("aftersales.view_complaintentry")
        entries = ComplaintEntrySerializer(rows, many=True).data
        return Response({"entries": entries, "faults": wrong if whole else []})
