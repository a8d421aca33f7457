"""The Erlang C model: how long people wait when so many of them are served by so many at once.

Contacts come at random (Poisson) and wait in one queue until somebody is free; handling times are
exponential. ``traffic`` is contacts in an hour x handling time in hours, in erlangs: how many are busy on
average.
Source: A. K. Erlang, 1917; the recursion is that of the Erlang B formula.
"""

import math
from fractions import Fraction


def all_busy_and_lost(servers, traffic):
    """Erlang B: how likely a contact finds all servers busy where it would then be lost."""
    lost = 1.0
    for number in range(1, servers + 1):
        lost = traffic * lost / (number + traffic * lost)
    return lost


def waits(servers, traffic):
    """Erlang C: how likely a contact has to wait; certain where the servers cannot keep up."""
    if servers <= traffic:
        return 1.0
    lost = all_busy_and_lost(servers, traffic)
    return servers * lost / (servers - traffic * (1 - lost))


def answered_within(servers, traffic, *, seconds, handling):
    """The share of contacts that are answered within so many seconds."""
    if servers <= traffic:
        return 0.0
    return 1 - waits(servers, traffic) * math.exp(-(servers - traffic) * seconds / handling)


def mean_wait(servers, traffic, *, handling):
    """The seconds that a contact waits on average; infinite where the servers cannot keep up."""
    if servers <= traffic:
        return math.inf
    return waits(servers, traffic) * handling / (servers - traffic)


def occupancy(servers, traffic):
    """The share of their time that the servers are busy."""
    return min(traffic / servers, 1.0) if servers else 1.0


def servers_for(traffic, *, share, seconds, handling, most_busy=1.0):
    """The fewest servers that answer a share of contacts in time and are busy at most so much of theirs."""
    if traffic <= 0:
        return 0
    servers = max(math.floor(traffic) + 1, math.ceil(Fraction(traffic) / Fraction(str(most_busy))))
    lost = all_busy_and_lost(servers, traffic)
    while True:
        waiting = servers * lost / (servers - traffic * (1 - lost))
        if 1 - waiting * math.exp(-(servers - traffic) * seconds / handling) >= share:
            return servers
        servers += 1
        lost = traffic * lost / (servers + traffic * lost)
