"""Spreadsheets for programs: upload, look, match, confirm; templates and exports."""

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from mcn.kit import clock
from mcn.kit.api.serializers import Input
from mcn.kit.api.viewsets import ReadViewSet, Verb
from mcn.sheets import actions, exports, tasks, xlsx
from mcn.sheets.api.serializers import (
    ConfirmInput,
    ImportSerializer,
    LinesSerializer,
    MatchInput,
    SheetSerializer,
    UploadInput,
)
from mcn.sheets.filters import ImportFilter
from mcn.sheets.forms import importable
from mcn.sheets.models import ImportJob
from mcn.sheets.screens import page_of
from mcn.sheets.sheet import Outcome, all_sheets
from mcn.sheets.template import template

NAME = OpenApiParameter("name", str, OpenApiParameter.PATH)
BINARY = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


def match(job, *, names, remember=True, by, at):
    """Check the file again with its columns as matched; the work goes on in the background."""
    actions.match(job, names, remember=remember, by=by, at=at)
    tasks.send(job)


def confirm(job, *, all_or_nothing=False, by, at):
    """Let the checked file into the data; the work goes on in the background."""
    actions.confirm(job, all_or_nothing=all_or_nothing, by=by, at=at)
    tasks.send(job)


class ImportViewSet(ReadViewSet):
    """Files on their way in: post one, look until it is checked, then confirm it."""

    queryset = ImportJob.objects.all()
    serializer_class = ImportSerializer
    filterset_class = ImportFilter
    ordering_fields = ["created_at"]
    verbs = [
        Verb("match", match, input=MatchInput),
        Verb("confirm", confirm, input=ConfirmInput),
        Verb("cancel", actions.cancel, input=Input),
    ]

    def get_parsers(self):
        """Uploads come as forms with a file, everything else as JSON."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()

    @extend_schema(request={"multipart/form-data": UploadInput}, responses={201: ImportSerializer})
    def create(self, request, *args, **kwargs):
        """Take a file in; it is checked in the background."""
        given = UploadInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        job = actions.upload(
            asked["sheet"], asked["file"], scope=asked["scope"], by=request.user, at=clock.now()
        )
        tasks.send(job)
        answer = self.respond(job, 201)
        answer["Location"] = self.reverse_action("detail", args=[job.pk])
        return answer

    @extend_schema(
        parameters=[
            OpenApiParameter("outcome", str, enum=[one.value for one in Outcome]),
            OpenApiParameter("page", int),
        ],
        responses=LinesSerializer,
    )
    @action(detail=True, filterset_class=None)
    def lines(self, request, *args, **kwargs):
        """What became of each row, page by page."""
        page = page_of(self.get_object(), request.query_params)
        count, pages = page.paginator.count, page.paginator.num_pages
        found = {"count": count, "page": page.number, "pages": pages, "results": page.object_list}
        return Response(LinesSerializer(found).data)

    @extend_schema(responses=BINARY)
    @action(detail=True, filterset_class=None)
    def errors(self, request, *args, **kwargs):
        """The error workbook: the sheet as sent with the reasons beside its rows."""
        return exports.faults(self.get_object(), to=request.user)


class SheetViewSet(ViewSet):
    """The kinds of spreadsheets that a person may bring in or take out."""

    permission_classes = [IsAuthenticated]
    lookup_field = "name"

    @extend_schema(responses=SheetSerializer(many=True))
    def list(self, request):
        """Every such kind with its columns."""
        mine = importable(request.user)
        found = [
            {
                "name": sheet.name,
                "label": sheet.label,
                "columns": sheet.columns,
                "may_import": sheet.name in mine,
                "may_export": sheet.may_somewhere(request.user, "export"),
            }
            for sheet in all_sheets().values()
        ]
        shown = [sheet for sheet in found if sheet["may_import"] or sheet["may_export"]]
        return Response(SheetSerializer(shown, many=True).data)

    @extend_schema(parameters=[NAME], responses=BINARY)
    @action(detail=True)
    def template(self, request, name):
        """The workbook to fill in."""
        sheet = importable(request.user).get(name)
        if sheet is None:
            raise Http404
        answer = HttpResponse(template(sheet), content_type=xlsx.CONTENT_TYPE)
        answer.headers["Content-Disposition"] = exports.attachment(f"{sheet.label}.xlsx")
        return answer

    @extend_schema(parameters=[NAME, OpenApiParameter("kind", str, enum=[*exports.KINDS])], responses=BINARY)
    @action(detail=True)
    def export(self, request, name):
        """The rows that the person may see, filtered by the sheet's own parameters."""
        sheet = all_sheets().get(name)
        kind = request.query_params.get("kind", "xlsx")
        if sheet is None or kind not in exports.KINDS or not sheet.may_somewhere(request.user, "export"):
            raise Http404
        rows = sheet.export_queryset(request.user, request.query_params)
        return exports.answer(sheet, rows, kind, on=clock.today())
