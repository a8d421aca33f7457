"""Streamers' accounts on platforms for programs."""

from mcn.kit.api.serializers import RecordSerializer
from mcn.kit.api.viewsets import Verb
from streamers.actions import account as account_actions
from streamers.api.base import WHEN, ActionsViewSet
from streamers.filters.streamer import PlatformAccountFilter
from streamers.models import PlatformAccount


class PlatformAccountSerializer(RecordSerializer):
    class Meta:
        model = PlatformAccount
        fields = [
            "id",
            "streamer",
            "platform",
            "account",
            "followers",
            "real_name_on",
            "ended_on",
            *WHEN,
        ]
        read_only_fields = ["ended_on"]
        fixed = ["streamer"]


class PlatformAccountViewSet(ActionsViewSet):
    """Accounts on platforms, and since when the platform knows who stands behind them."""

    queryset = PlatformAccount.objects.select_related("streamer", "platform")
    serializer_class = PlatformAccountSerializer
    filterset_class = PlatformAccountFilter
    ordering_fields = ["account", "updated_at"]
    actions = account_actions
    verbs = [Verb("end", account_actions.end)]
