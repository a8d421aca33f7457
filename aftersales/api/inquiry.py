"""Buyers' questions for programs: taken in from chats and hotlines, answered, handed on."""

from rest_framework import serializers

from aftersales.actions import inquiry as inquiries
from aftersales.filters.article import InquiryFilter
from aftersales.models import ArticleVersion, Inquiry
from mcn.accounts.models import User
from mcn.kit import clock
from mcn.kit.api.serializers import NoteInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import RecordViewSet, Verb
from merchants.models import Merchant

SAID_BY_VERBS = [
    "code",
    "asked_at",
    "due_at",
    "agent",
    "answer",
    "article_version",
    "answered_by",
    "answered_at",
    "rounds",
]


class InquirySerializer(RecordSerializer):
    """A question; where to answer is shown masked, and to nobody outside the agency."""

    class Meta:
        model = Inquiry
        fields = [
            "id",
            "channel",
            "topic",
            "text",
            "contact",
            "order_number",
            "merchant",
            "show",
            "state",
            *SAID_BY_VERBS,
            "created_at",
            "updated_at",
        ]
        read_only_fields = SAID_BY_VERBS

    def to_representation(self, instance):
        told = super().to_representation(instance)
        if not self.context["request"].user.is_staff:
            told.pop("contact")
        return told


class AnswerInput(NoteInput):
    """The answer, and the article's version that it came from."""

    answer = serializers.CharField(max_length=2_000)
    article_version = VisibleRelatedField(
        queryset=ArticleVersion.objects.published(), required=False, allow_null=True
    )


class AssignInput(NoteInput):
    """To which merchant or colleague it goes."""

    merchant = VisibleRelatedField(queryset=Merchant.objects.all(), required=False, allow_null=True)
    agent = serializers.PrimaryKeyRelatedField(
        queryset=User.objects.filter(is_staff=True, is_active=True), required=False, allow_null=True
    )


class InquiryViewSet(RecordViewSet):
    """Questions with whom they wait for and until when; a merchant's people see those handed to it."""

    http_method_names = ["get", "post", "head", "options"]
    queryset = Inquiry.objects.all()
    serializer_class = InquirySerializer
    filterset_class = InquiryFilter
    ordering_fields = ["asked_at", "due_at", "updated_at"]
    list_fields = (
        "id",
        "code",
        "channel",
        "topic",
        "text",
        "order_number",
        "merchant",
        "show",
        "state",
        "agent",
        "asked_at",
        "due_at",
        "answered_at",
        "rounds",
        "version",
    )
    verbs = [
        Verb("answer", inquiries.answer, AnswerInput),
        Verb("assign", inquiries.assign, AssignInput),
        Verb("close", inquiries.close),
    ]

    def add(self, values):
        return inquiries.ask(Inquiry(**values), by=self.request.user, at=clock.now())
