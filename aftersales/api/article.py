"""The knowledge base for programs: articles, their answers, and the answers nearest to a question."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from aftersales.actions import article as articles
from aftersales.filters.article import ArticleFilter, ArticleVersionFilter
from aftersales.models import Article, ArticleUse, ArticleVersion
from aftersales.rules.suggest import suggest
from mcn.kit import clock
from mcn.kit.api.serializers import Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb

WHEN = ["created_at", "updated_at"]
SAID_BY_VERBS = ["hits", "written_by", "submitted_by", "submitted_at", "decided_by", "decided_at", "comment"]
# What agents are told, and who wrote it, is not for buyers and merchants.
STAFF_ONLY = ["internal", *SAID_BY_VERBS]
LONGEST_QUESTION = 2_000


class ArticleSerializer(RecordSerializer):
    """An article: what it is about and for whom; its answers are versions of their own."""

    class Meta:
        model = Article
        fields = ["id", "code", "name", "topic", "audience", "category", "merchant", "review_on", *WHEN]
        read_only_fields = ["code", "review_on"]


class ArticleViewSet(RecordViewSet):
    """Articles of the knowledge base; outside the agency those of the help centre alone."""

    queryset = Article.objects.all()
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    ordering_fields = ["code", "review_on", "updated_at"]
    verbs = [Verb("confirm", articles.confirm)]

    def add(self, values):
        return articles.add(Article(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return articles.change(obj, by=self.request.user, at=clock.now())


class ArticleVersionSerializer(RecordSerializer):
    """An answer; sent for an article, it opens the article's next version."""

    class Meta:
        model = ArticleVersion
        fields = ["id", "article", "number", "state", *ArticleVersion.CONTENT, *SAID_BY_VERBS, *WHEN]
        read_only_fields = ["number", *SAID_BY_VERBS]
        fixed = ["article"]

    def to_representation(self, instance):
        told = super().to_representation(instance)
        if not self.context["request"].user.is_staff:
            told = {name: value for name, value in told.items() if name not in STAFF_ONLY}
        return told


class UseInput(Input):
    """What became of an answer."""

    kind = serializers.ChoiceField(choices=ArticleUse.Kind.choices)


class SuggestionSerializer(serializers.Serializer):
    """A published answer with how well it fits against the best one, which is 100."""

    version = serializers.IntegerField(source="version.pk")
    article = serializers.IntegerField(source="version.article_id")
    title = serializers.CharField(source="version.title")
    answer = serializers.CharField(source="version.answer")
    percent = serializers.IntegerField()


class ArticleVersionViewSet(RecordViewSet):
    """Answers, written and approved by two people; outside the agency the published ones for buyers."""

    queryset = ArticleVersion.objects.defer("words").select_related("article")
    serializer_class = ArticleVersionSerializer
    filterset_class = ArticleVersionFilter
    ordering_fields = ["submitted_at", "updated_at"]
    list_fields = (
        "id",
        "article",
        "number",
        "state",
        "title",
        "keywords",
        "answer",
        "basis",
        *WHEN,
        "version",
    )
    verbs = [
        Verb("submit", articles.submit),
        Verb("withdraw", articles.withdraw),
        Verb("approve", articles.approve),
        Verb("send_back", articles.send_back, ReasonInput),
        Verb("retire", articles.retire, ReasonInput),
        Verb("use", articles.use, UseInput),
    ]

    def add(self, values):
        article = values.pop("article")
        return articles.open_version(article, words=values, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        values.pop("article", None)
        return articles.save_draft(obj, words=values, by=self.request.user, at=clock.now())

    @extend_schema(
        parameters=[OpenApiParameter("text", str, required=True)],
        responses=SuggestionSerializer(many=True),
    )
    @action(detail=False, filterset_class=None, pagination_class=None)
    def suggestions(self, request, *args, **kwargs):
        """The published answers nearest to a question; for robots of a chat and for agents' desks."""
        asked = request.query_params.get("text", "").replace("\0", "")[:LONGEST_QUESTION]
        found = suggest(asked, public=not request.user.is_staff) if asked.strip() else []
        return Response(SuggestionSerializer(found, many=True).data)
