"""Streamers: the default one is a grown-up signed with the agency who breaks no clause on ``DAY``."""

import datetime

import factory
from stdnum.cn import ric

from streamers.models import PlatformAccount, Streamer, StreamerHold
from tests.factories import DAY, RecordFactory

ADULT = datetime.date(1998, 5, 20)


def id_number(number=1, *, born_on=ADULT, region="440106"):
    """The resident ID of a made-up person of Tianhe in Guangzhou, with its check digit right."""
    body = f"{region}{born_on:%Y%m%d}{number % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


class StreamerFactory(RecordFactory):
    """A streamer; ``StreamerFactory(born_on=...)`` has the ID number of somebody born that day."""

    class Meta:
        model = Streamer

    class Params:
        number = factory.Sequence(lambda count: count + 1)
        born_on = ADULT

    code = factory.LazyAttribute(lambda streamer: f"S{streamer.number:04d}")
    stage_name = factory.LazyAttribute(lambda streamer: f"小鹿{streamer.number}")
    name = "林晓鹿"
    id_number = factory.LazyAttribute(lambda streamer: id_number(streamer.number, born_on=streamer.born_on))
    phone = factory.LazyAttribute(lambda streamer: f"138{streamer.number:08d}")
    address = "广州市天河区体育西路 1 号"
    state = Streamer.State.ACTIVE
    activated_on = DAY


class StreamerHoldFactory(RecordFactory):
    """A hold on a streamer that stands on ``DAY``."""

    class Meta:
        model = StreamerHold

    streamer = factory.SubFactory(StreamerFactory)
    reason = "直播中虚假宣传，停播整改"
    valid_from = DAY


class PlatformAccountFactory(RecordFactory):
    """An account on Douyin."""

    class Meta:
        model = PlatformAccount

    streamer = factory.SubFactory(StreamerFactory)
    account = factory.Sequence(lambda count: f"xiaolu{count}")
