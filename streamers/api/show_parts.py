"""What belongs to a show, for programs: who is in it, its run sheet line by line, what is offered."""

from django.db.models import Prefetch
from rest_framework.permissions import BasePermission

from mcn.kit import clock
from mcn.kit.api.permissions import VERBS
from mcn.kit.api.serializers import ChildSerializer, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb
from streamers.actions import run_sheet as run_sheet_actions
from streamers.actions import show as show_actions
from streamers.api.base import WHEN
from streamers.filters.show import CrewMemberFilter, OfferFilter, RunItemFilter, ShowCastFilter
from streamers.models import CrewMember, Offer, RunItem, ShowCast


class ShowPartPermission(BasePermission):
    """What belongs to a show is changed by whoever may change the show."""

    def has_permission(self, request, view):
        user = request.user
        if not user.is_authenticated:
            return False
        needed = "streamers.change_show" if view.action in VERBS else f"streamers.{view.needs}"
        return not user.is_staff or user.has_perm(needed)

    def has_object_permission(self, request, view, obj):
        return view.action not in VERBS or request.user.has_perm("streamers.change_show")


class ShowPartViewSet(RecordViewSet):
    """Rows of a show that stand on it; they are taken off, not deleted."""

    permission_classes = [ShowPartPermission]
    verbs = [Verb("take_off", show_actions.take_off)]
    needs = ""


class ShowCastSerializer(RecordSerializer):
    class Meta:
        model = ShowCast
        fields = ["id", "show", "streamer", "role", "removed_at", *WHEN]
        read_only_fields = ["removed_at"]
        fixed = ["show", "streamer"]


class ShowCastViewSet(ShowPartViewSet):
    """Who stands before the camera of which show."""

    queryset = ShowCast.objects.all()
    serializer_class = ShowCastSerializer
    filterset_class = ShowCastFilter
    needs = "view_showcast"

    def add(self, values):
        return show_actions.cast(ShowCast(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        obj.role = values.get("role", obj.role)
        return show_actions.cast(obj, by=self.request.user, at=clock.now())


class CrewMemberSerializer(RecordSerializer):
    class Meta:
        model = CrewMember
        fields = ["id", "show", "person", "role", "removed_at", *WHEN]
        read_only_fields = ["removed_at"]
        fixed = ["show", "person"]


class CrewMemberViewSet(ShowPartViewSet):
    """Who answers for what behind the camera of which show."""

    queryset = CrewMember.objects.all()
    serializer_class = CrewMemberSerializer
    filterset_class = CrewMemberFilter
    needs = "view_crewmember"

    def add(self, values):
        return show_actions.assign(CrewMember(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        obj.role = values.get("role", obj.role)
        return show_actions.assign(obj, by=self.request.user, at=clock.now())


class OfferChildSerializer(ChildSerializer):
    class Meta:
        model = Offer
        fields = [
            "id",
            "sku",
            "price",
            "compared_price",
            "price_basis",
            "spot",
            "presale",
            "ships_on",
            "link",
        ]
        only = {"removed_at": None}


class RunItemSerializer(RecordSerializer):
    offers = OfferChildSerializer(many=True, read_only=True)

    class Meta:
        model = RunItem
        fields = [
            "id",
            "show",
            "position",
            "product",
            "card_version",
            "minutes",
            "note",
            "removed_at",
            *WHEN,
            "offers",
        ]
        read_only_fields = ["position", "card_version", "removed_at"]
        fixed = ["show", "product"]


class RunItemViewSet(ShowPartViewSet):
    """Products on run sheets with what is offered of each."""

    queryset = RunItem.objects.prefetch_related(Prefetch("offers", Offer.objects.filter(removed_at=None)))
    serializer_class = RunItemSerializer
    filterset_class = RunItemFilter
    needs = "view_runitem"

    def add(self, values):
        [item] = run_sheet_actions.pick(
            values["show"], [values["product"]], by=self.request.user, at=clock.now()
        )
        return item

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return run_sheet_actions.change_item(obj, by=self.request.user, at=clock.now())


class OfferSerializer(RecordSerializer):
    class Meta:
        model = Offer
        fields = ["id", "item", *OfferChildSerializer.Meta.fields[1:], "removed_at", *WHEN]
        read_only_fields = ["removed_at"]
        fixed = ["item", "sku"]


class OfferViewSet(ShowPartViewSet):
    """What is offered of each SKU, and how much of it is promised."""

    queryset = Offer.objects.all()
    serializer_class = OfferSerializer
    filterset_class = OfferFilter
    needs = "view_offer"
    verbs: list[Verb] = []

    def add(self, values):
        return self.change(Offer(), values)

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        run_sheet_actions.offer([obj], by=self.request.user, at=clock.now())
        return obj
