"""How often something is tried within an hour, by whom and with what, and the word that it is enough."""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.translation import gettext as _

from mcn.kit.privacy import keyed_hash
from mcn.kit.refusal import Refused

HOUR = 3600
# A mask hides four digits: to try them all takes a day and a half, and shows.
LOOK_UPS = 300


class TooMany(Refused):
    """More attempts from one address than an honest person makes."""

    status = 429
    code = "too_many"


def count_attempt(request, name, most, message):
    """Count what a visitor without an account tries, and refuse more than so many in an hour."""
    _count(f"{name}:from:{network_of(request)}", most, message)


def count_number(name, number, most, message):
    """Count what is tried with one number, from wherever, and refuse more than so many in an hour."""
    _count(f"{name}:of:{keyed_hash(number)}", most, message)


def count_look_up(user):
    """Count the persons that somebody looks for by a whole number: what is masked is not found by trying."""
    _count(
        f"look_up:by:{user.pk}", LOOK_UPS, _("Too many searches by phone or number. Try again in an hour.")
    )


def network_of(request):
    """Where a visitor comes from, behind our proxies; of IPv6 the network, in which they have any address."""
    address = ip_address(get_adapter().get_client_ip(request))
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


def _count(key, most, message):
    cache.add(key, 0, timeout=HOUR)
    try:
        tried = cache.incr(key)
    except ValueError:  # its hour ended this moment
        return
    if tried > most:
        raise TooMany(message)
