"""Selling-point cards: their versions, their points, and what stands in the way of submitting one."""

from django.db import transaction
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import (
    ChildSerializer,
    Input,
    NoteInput,
    RecordSerializer,
    VisibleRelatedField,
)
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from products.actions import card as cards
from products.actions import card_point as points
from products.actions.card import Comment
from products.api.serializers import BlockersSerializer
from products.filters import CardFilter, CardVersionFilter, SellingPointFilter
from products.models import Card, CardComment, CardScan, CardVersion, Product, SellingPoint
from products.rules.card import CARD_SUBMISSION

POINT_FIELDS = [
    "id",
    "place",
    "claim",
    "beyond_papers",
    "source",
    "credential",
    "document",
    "file_sha256",
]


class PointChildSerializer(ChildSerializer):
    class Meta:
        model = SellingPoint
        fields = POINT_FIELDS
        read_only_fields = fields
        only = {"removed_at": None}


class CommentChildSerializer(ChildSerializer):
    class Meta:
        model = CardComment
        fields = ["id", "part", "point", "text", "said_at"]
        read_only_fields = fields


class ScanChildSerializer(ChildSerializer):
    class Meta:
        model = CardScan
        fields = ["id", "terms", "outcome", "hits", "scanned_at"]
        read_only_fields = fields


class VersionChildSerializer(ChildSerializer):
    class Meta:
        model = CardVersion
        fields = ["id", "number", "state", "hits", "submitted_at", "decided_at"]
        read_only_fields = fields


class CardSerializer(RecordSerializer):
    merchant = serializers.PrimaryKeyRelatedField(source="product.merchant", read_only=True)
    versions = VersionChildSerializer(many=True, read_only=True)

    class Meta:
        model = Card
        fields = ["id", "product", "merchant", "versions", "created_at", "updated_at"]
        read_only_fields = ["product"]


class CardVersionSerializer(RecordSerializer):
    """A version with its points; sent for a product, it opens the product's next version."""

    product = VisibleRelatedField(source="card.product", queryset=Product.objects.all())
    points = PointChildSerializer(many=True, read_only=True)
    comments = CommentChildSerializer(many=True, read_only=True)
    scans = ScanChildSerializer(many=True, read_only=True)

    class Meta:
        model = CardVersion
        fields = [
            "id",
            "card",
            "product",
            "number",
            "state",
            *CardVersion.CONTENT,
            "submitted_at",
            "decided_at",
            "hits",
            "created_at",
            "updated_at",
            "points",
            "comments",
            "scans",
        ]
        read_only_fields = ["card"]
        fixed = ["product"]


class SellingPointSerializer(RecordSerializer):
    """A selling point; the file that proves it is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = SellingPoint
        fields = [
            POINT_FIELDS[0],
            "card_version",
            *POINT_FIELDS[1:],
            "file",
            "removed_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["place"]
        fixed = ["card_version"]


class CommentInput(Input):
    """What a reviewer says of a part, or of one selling point."""

    part = serializers.ChoiceField(choices=CardVersion.Part.choices)
    point = VisibleRelatedField(queryset=SellingPoint.objects.all(), required=False, allow_null=True)
    text = serializers.CharField(max_length=2_000)

    def to_internal_value(self, data):
        return Comment(**super().to_internal_value(data))


class ReviewInput(NoteInput):
    """A decision with a word on the whole and words on the parts."""

    comments = CommentInput(many=True, required=False)


class OrderInput(Input):
    """The selling points in the order wanted, by their ids."""

    order = serializers.ListField(child=serializers.IntegerField(), max_length=points.MOST)


class CardViewSet(ReadViewSet):
    """Which product has a card, and its versions."""

    queryset = Card.objects.select_related("product").prefetch_related("versions")
    serializer_class = CardSerializer
    filterset_class = CardFilter


class CardVersionViewSet(RecordViewSet):
    """The versions of cards, from a draft to what may be said on air."""

    queryset = CardVersion.objects.select_related("card__product").prefetch_related(
        Prefetch("points", SellingPoint.objects.filter(removed_at=None)), "comments", "scans"
    )
    serializer_class = CardVersionSerializer
    filterset_class = CardVersionFilter
    ordering_fields = ["number", "updated_at"]
    verbs = [
        Verb("submit", cards.submit),
        Verb("withdraw", cards.withdraw),
        Verb("approve", cards.approve, ReviewInput),
        Verb("send_back", cards.send_back, ReviewInput),
        Verb("reorder", points.reorder_points, OrderInput),
    ]

    def add(self, values):
        product = values.pop("card")["product"]
        by, at = self.request.user, clock.now()
        with transaction.atomic():
            version = cards.open_version(product, by=by, at=at)
            return cards.save_draft(version, words=values, by=by, at=at)

    def change(self, obj, values):
        values.pop("card", None)
        return cards.save_draft(obj, words=values, by=self.request.user, at=clock.now())

    @extend_schema(responses=BlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What has to be mended before the card can be submitted today."""
        on = clock.today()
        report = CARD_SUBMISSION.inspect(self.get_object(), on=on)
        findings = [finding.as_dict() for finding in report.findings]
        return Response({"on": on, "blocked": bool(report.blockers), "findings": findings})


class SellingPointViewSet(RecordViewSet):
    """The selling points of versions; those of an approved one stand still."""

    queryset = SellingPoint.objects.select_related("card_version__card__product", "credential")
    serializer_class = SellingPointSerializer
    filterset_class = SellingPointFilter
    verbs = [
        Verb("remove", points.remove_point, Input),
        Verb("restore", points.restore_point, Input),
        Verb("detach", points.detach_evidence, Input),
    ]

    def add(self, values):
        file, version = values.pop("file", None), values.pop("card_version")
        with transaction.atomic():
            point = points.add_point(version, by=self.request.user, at=clock.now(), **values)
            return self._prove(point, file)

    def change(self, obj, values):
        file = values.pop("file", None)
        values.pop("card_version", None)
        words = {obj.pk: values}
        cards.save_draft(obj.card_version, points=words, by=self.request.user, at=clock.now())
        return self._prove(obj, file)

    def _prove(self, point, file):
        if file is None:
            return point
        return points.attach_evidence(point, file, by=self.request.user, at=clock.now())
