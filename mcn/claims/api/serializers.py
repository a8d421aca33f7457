"""Terms and scans as the API shows and takes them."""

from rest_framework import serializers

from mcn.claims.models import Term
from mcn.kit.api.serializers import Input, RecordSerializer

LONGEST = 100_000


class TermSerializer(RecordSerializer):
    class Meta:
        model = Term
        fields = [
            "id",
            "text",
            "kind",
            "outcome",
            "severity",
            "regimes",
            "excuses",
            "clause",
            "source",
            "reason",
            "suggestion",
            "in_use",
        ]


class ScanInput(Input):
    """A text, and what it is about: a category's code or name, or a kind of goods."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=LONGEST)
    category = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")


class HitSerializer(serializers.Serializer):
    """A stretch of the text; offsets count characters, not bytes or UTF-16 units."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    term = serializers.CharField()
    matched = serializers.CharField()
    outcome = serializers.ChoiceField(Term.Verdict.choices)
    kind = serializers.ChoiceField(Term.Kind.choices)
    severity = serializers.IntegerField()
    reason = serializers.CharField()
    clause = serializers.CharField()
    suggestion = serializers.CharField()


class ScanSerializer(serializers.Serializer):
    """What the text comes to, by which version of the terms and for which kind of goods."""

    outcome = serializers.ChoiceField(Term.Verdict.choices)
    version = serializers.CharField()
    regime = serializers.CharField()
    hits = HitSerializer(many=True)
