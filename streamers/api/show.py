"""Shows for programs: the plan, who is in it, the run sheet, the gate."""

from dataclasses import replace

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.schema import FindingSerializer
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import Verb
from streamers.actions import run_sheet as run_sheet_actions
from streamers.actions import show as show_actions
from streamers.actions import waiver as waivers
from streamers.api.base import WHEN, ActionsViewSet
from streamers.filters.show import ShowFilter
from streamers.models import CrewMember, Show, ShowCast
from streamers.rules import go_live
from streamers.rules.parties import Who, parties

MOST_NUMBERS = 1_000


class ShowCastChildSerializer(ChildSerializer):
    stage_name = serializers.CharField(source="streamer.stage_name", read_only=True)

    class Meta:
        model = ShowCast
        fields = ["id", "streamer", "stage_name", "role"]
        only = {"removed_at": None}


class CrewMemberChildSerializer(ChildSerializer):
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = CrewMember
        fields = ["id", "person", "name", "role"]
        only = {"removed_at": None}


class ShowSerializer(RecordSerializer):
    cast = ShowCastChildSerializer(many=True, read_only=True)
    crew = CrewMemberChildSerializer(many=True, read_only=True)

    class Meta:
        model = Show
        fields = [
            "id",
            "code",
            "title",
            "theme",
            "room",
            "starts_at",
            "ends_at",
            "plan",
            "cover_text",
            "contingency",
            "state",
            "planned_by",
            "cleared_by",
            "cleared_at",
            "started_at",
            "ended_at",
            *WHEN,
            "cast",
            "crew",
        ]
        read_only_fields = ["code", "planned_by", "cleared_by", "cleared_at", "started_at", "ended_at"]


class PartySerializer(serializers.Serializer):
    """Somebody who has to act, and what on."""

    who = serializers.ChoiceField(Who.choices)
    label = serializers.CharField()
    model = serializers.CharField()
    id = serializers.IntegerField(allow_null=True)
    blockers = serializers.IntegerField()
    warnings = serializers.IntegerField()
    findings = FindingSerializer(many=True)


class ShowBlockersSerializer(serializers.Serializer):
    """What stands between a show and the air on the days of it, by who must act."""

    on = serializers.ListField(child=serializers.DateField())
    blocked = serializers.BooleanField()
    parties = PartySerializer(many=True)


class NumbersInput(Input):
    """Product numbers, or ``merchant/number`` where two merchants use the same."""

    numbers = serializers.ListField(child=serializers.CharField(max_length=120), max_length=MOST_NUMBERS)


class AnswerSerializer(serializers.Serializer):
    """What became of one number: the line on the run sheet, or why there is none."""

    given = serializers.CharField()
    item = serializers.IntegerField(source="item.pk", default=None, allow_null=True)
    refusal = serializers.CharField()


class WaiveInput(ReasonInput):
    """The clause whose standing warnings are set aside for the show, and why."""

    clause = serializers.CharField(max_length=40)


class RunOrderInput(Input):
    """The lines of a run sheet in the order that they shall have."""

    items = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MOST_NUMBERS)


class ShowViewSet(ActionsViewSet):
    """Shows from the plan to the end."""

    queryset = Show.objects.prefetch_related(
        Prefetch("cast", ShowCast.objects.filter(removed_at=None).select_related("streamer")),
        Prefetch("crew", CrewMember.objects.filter(removed_at=None).select_related("person")),
    )
    serializer_class = ShowSerializer
    filterset_class = ShowFilter
    list_fields = (
        "id",
        "code",
        "title",
        "theme",
        "room",
        "starts_at",
        "ends_at",
        "state",
        "planned_by",
        "created_at",
        "updated_at",
        "version",
    )
    ordering_fields = ["code", "starts_at", "updated_at"]
    actions = show_actions
    verbs = [
        Verb("clear", show_actions.clear),
        Verb("recall", show_actions.recall, ReasonInput),
        Verb("start", show_actions.start),
        Verb("end", show_actions.end),
        Verb("cancel", show_actions.cancel, ReasonInput),
        Verb("waive", waivers.waive, WaiveInput),
    ]

    def add(self, values):
        return show_actions.plan(Show(**values), by=self.request.user, at=clock.now())

    @extend_schema(responses=ShowBlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What stands between the show and the air, by who must act; outside the agency one's own part."""
        show = self.get_object()
        report = go_live.report(show)
        # The pages that mend a row are the back office's, and so is why a warning was set aside.
        findings = [
            row if request.user.is_staff else replace(row, mend_url="", waiver=None)
            for row in report.findings
        ]
        told = {
            "on": go_live.days(show),
            "blocked": bool(report.blockers),
            "parties": [party.as_dict() for party in parties(findings) if party.visible_to(request.user)],
        }
        return Response(told)

    @extend_schema(request=NumbersInput, responses=AnswerSerializer(many=True))
    @action(detail=True, methods=["post"], filterset_class=None)
    def pick(self, request, *args, **kwargs):
        """Put products on the run sheet by their numbers; an answer for each."""
        with self.locked() as show:
            given = NumbersInput(data=request.data)
            given.is_valid(raise_exception=True)
            numbers = given.validated_data["numbers"]
            answers = run_sheet_actions.pick_numbers(show, numbers, by=request.user, at=clock.now())
        return Response(AnswerSerializer(answers, many=True).data)

    @extend_schema(request=RunOrderInput, responses=ShowSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def arrange(self, request, *args, **kwargs):
        """Bring the run sheet into an order; lines that are not named come behind."""
        with self.locked() as show:
            given = RunOrderInput(data=request.data)
            given.is_valid(raise_exception=True)
            items = given.validated_data["items"]
            run_sheet_actions.arrange(show, items, by=request.user, at=clock.now())
        return self.respond(show)
