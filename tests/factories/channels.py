"""Service channels: the default one is people online, day and night."""

from aftersales.models import ServiceChannel
from tests.factories import RecordFactory


class ServiceChannelFactory(RecordFactory):
    class Meta:
        model = ServiceChannel

    kind = "chat"
    reach = "抖音小店客服"
    all_day = True
    takes_media = True
