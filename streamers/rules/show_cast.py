"""Who is before the camera in a show: somebody leads it, and knows the fields it speaks of."""

from django.utils.translation import gettext as _

from mcn.standards.checks import clause
from merchants.models import Profession
from streamers.models import ShowCast
from streamers.rules.qualification import asked_by, holds_qualification


@clause("LSMS 6.2 d", "DB4401 5.1.4.1")
def is_led_by_a_host(show, on):
    """A show has a streamer who leads it."""
    if not any(row.role == ShowCast.Role.HOST for row in show.cast.all()):
        yield show, _("nobody leads the show yet: cast a host")


@clause("DB4401 5.2.1 d", "DB4401 5.1.1 e", "LSEC 28", "LSEC 39")
def is_spoken_by_the_qualified(show, on):
    """In each field that the theme or the goods ask for, a streamer of the show is qualified on the day."""
    platform = show.room.platform
    for field in sorted(fields(show)):
        streamers = [row.streamer for row in show.cast.all()]
        if not any(holds_qualification(row, field, on, platform=platform) for row in streamers):
            yield (
                show,
                _("nobody in the show has a qualification for %(field)s that %(platform)s was told of")
                % {"field": Profession(field).label, "platform": platform},
            )


def fields(show):
    """The fields of a show that ask for a practising qualification: its theme's and its goods'."""
    categories = [item.product.category for item in show.items.all() if item.product.category]
    return asked_by(categories) | ({show.theme} if show.theme else set())


CHECKS = [is_led_by_a_host, is_spoken_by_the_qualified]
