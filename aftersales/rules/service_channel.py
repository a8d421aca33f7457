"""Whether consumers reach after-sales by every way that there should be, and at which hours."""

import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import ServiceChannel
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

Kind = ServiceChannel.Kind
ASKED = {
    Kind.HOTLINE: "EJAS 5.3.1 -1",
    Kind.PHONE: "EJAS 5.3.1 -2",
    Kind.SELF: "EJAS 5.3.1 -3",
    Kind.BOT: "EJAS 5.3.1 -4",
    Kind.CHAT: "EJAS 5.3.1 -5",
    Kind.MESSAGE: "EJAS 5.3.1 -6",
    Kind.HELP: "EJAS 5.3.1 -7",
    Kind.SOCIAL: "EJAS 5.3.1 -8",
    Kind.EMAIL: "EJAS 5.3.2 -4",
}
# The hours of EJAS 5.3.3: people online always, hotlines until after midnight, the rest as in an office.
ALWAYS = ServiceChannel(all_day=True)
LONG = ServiceChannel(opens=datetime.time(8), closes=datetime.time(1))
OFFICE = ServiceChannel(opens=datetime.time(9), closes=datetime.time(18))
HOURS = {
    Kind.CHAT: ALWAYS,
    Kind.HOTLINE: LONG,
    Kind.PHONE: LONG,
    Kind.MESSAGE: OFFICE,
    Kind.SOCIAL: OFFICE,
    Kind.EMAIL: OFFICE,
}


def channels_on(on):
    """The channels that were not given up by a day."""
    return ServiceChannel.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on))


@clause(*ASKED.values(), "EJAS 5.3.2 -1", "EJAS 5.3.2 -3", level="should")
def is_offered(channel, on):
    """Consumers are told how to reach the channel."""
    if not channel.is_offered:
        yield channel, _("not offered yet: fill in how consumers reach it"), ASKED[channel.kind]


@clause("EJAS 5.3.3", level="should")
def answers_long_enough(channel, on):
    """Somebody answers by the channel at the hours that the standard names for its kind."""
    asked = HOURS.get(channel.kind)
    if not channel.is_offered or asked is None:
        return
    given = channel.minutes
    if channel.all_day or (given and given[0] <= asked.minutes[0] and given[1] >= asked.minutes[1]):
        return
    yield channel, _("somebody should answer every day: %(hours)s") % {"hours": asked.hours}


@clause("EJAS 5.3.2 -2", level="should")
def follows_calls_by_text(channel, on):
    """What was settled on the phone is sent as a text message."""
    if channel.kind == Kind.PHONE and channel.is_offered and not channel.sends_text:
        yield channel, _("no text message follows the call")


@clause("EJAS 6.1.1.1", level="should")
def takes_more_than_words(channel, on):
    """Online service takes voice, pictures and films beside words."""
    if channel.kind == Kind.CHAT and channel.is_offered and not channel.takes_media:
        yield channel, _("it takes no voice, pictures and films")


CHANNELS = Rulebook(
    "service_channels",
    gettext_lazy("service channels"),
    [is_offered, answers_long_enough, follows_calls_by_text, takes_more_than_words],
    lambda channels: channels,
    mend=admin_page,
    subjects=lambda: ServiceChannel.objects.filter(ended_on=None),
)
