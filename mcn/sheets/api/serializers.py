"""Imports as the API shows and takes them."""

from rest_framework import serializers

from mcn.kit.api.serializers import Input, RecordSerializer
from mcn.sheets.models import ImportJob


class ImportSerializer(RecordSerializer):
    price_sum_taken = serializers.DecimalField(max_digits=24, decimal_places=2, read_only=True)

    class Meta:
        model = ImportJob
        fields = [
            "id",
            "sheet",
            "scope",
            "name",
            "size",
            "sha256",
            "state",
            "reason",
            "warnings",
            "format",
            "sheet_title",
            "header_row",
            "titles",
            "names",
            "all_or_nothing",
            "rows",
            "created",
            "updated",
            "unchanged",
            "refused",
            "price_sum",
            "price_sum_refused",
            "price_sum_taken",
            "created_at",
            "confirmed_at",
            "finished_at",
            "purged_at",
        ]
        read_only_fields = fields

    def get_open_moves(self, obj) -> list[str]:
        """What the person may do next; the steps of the worker are not theirs."""
        user = self.context["request"].user
        if not obj.declared.may(user, "import", obj.scope):
            return []
        offered = {"check": "match", "confirm": "confirm", "cancel": "cancel"}
        return [offered[verb] for verb in ImportJob.MOVES.leaving(obj.state) if verb in offered]


class UploadInput(Input):
    """A file for a sheet."""

    sheet = serializers.SlugField()
    scope = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    file = serializers.FileField(allow_empty_file=True)


class MatchInput(Input):
    """The name of a column for each title, or nothing."""

    names = serializers.ListField(child=serializers.CharField(allow_blank=True, max_length=60))
    remember = serializers.BooleanField(default=True)


class ConfirmInput(Input):
    """Whether one refused row stops all."""

    all_or_nothing = serializers.BooleanField(default=False)


class ProblemSerializer(serializers.Serializer):
    """Why a row is refused."""

    column = serializers.CharField()
    cell = serializers.CharField()
    message = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """What became, or would become, of one row."""

    row = serializers.IntegerField()
    outcome = serializers.CharField()
    title = serializers.CharField()
    changes = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    problems = ProblemSerializer(many=True)


class LinesSerializer(serializers.Serializer):
    """One page of an import's rows."""

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = LineSerializer(many=True)


class ColumnSerializer(serializers.Serializer):
    """A column that a sheet knows."""

    name = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField()
    required = serializers.BooleanField()
    help = serializers.CharField()
    synonyms = serializers.ListField(child=serializers.CharField())


class SheetSerializer(serializers.Serializer):
    """A kind of spreadsheet that can come in and go out."""

    name = serializers.CharField()
    label = serializers.CharField()
    columns = ColumnSerializer(many=True)
    may_import = serializers.BooleanField()
    may_export = serializers.BooleanField()
