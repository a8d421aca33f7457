"""Which addresses a webhook may call: none inside our own network, whatever a name resolves to.

The address that was judged is the one connected to, so that a name that resolves to another one a moment
later gains nothing; and no redirect is followed.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(ValueError):
    """An address that must not be called; the message says why."""


@dataclass(frozen=True)
class Parts:
    """An address taken apart: what is connected to, and what is asked for there."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def trusted(self):
        """Whether whoever runs the product named this very host and port as one of their own."""
        return f"{self.host}:{self.port}" in settings.MCN_WEBHOOK_HOSTS


def parts_of(url):
    """The parts of an address that has the form of a callable one."""
    try:
        split = urlsplit(url)
        port = split.port or {"https": 443, "http": 80}.get(split.scheme, 0)
    except ValueError as error:
        raise Forbidden(_("This is no address.")) from error
    host = (split.hostname or "").rstrip(".")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise Forbidden(_("This is no address."))
    parts = Parts(split.scheme, host, port, (split.path or "/") + (f"?{split.query}" if split.query else ""))
    if not host or split.scheme not in ("https", "http"):
        raise Forbidden(_("This is no address."))
    if split.username or split.password:
        raise Forbidden(_("An address with a password in it is not called."))
    if parts.trusted:
        return parts
    if split.scheme != "https":
        raise Forbidden(_("Only addresses over HTTPS are called."))
    literal = _literal(host)
    if literal is not None and not is_public(literal):
        raise Forbidden(_("This address lies inside a private network."))
    return parts


def resolve(parts):
    """An address of the network to connect to, or ``Forbidden`` if any that the name has is not public."""
    try:
        found = socket.getaddrinfo(parts.host, parts.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OSError(_("The name of the address is not known.")) from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not parts.trusted and not all(is_public(address) for address in addresses):
        raise Forbidden(_("This address lies inside a private network."))
    return str(addresses[0])


def is_public(address):
    """Whether an address is one of the open internet, also as an IPv6 address that carries an IPv4 one."""
    if address.version == 6:
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host):
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
