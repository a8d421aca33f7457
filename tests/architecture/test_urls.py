"""Every address refuses strangers: walked from the resolver, so that a new one needs a decision."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework import serializers

from mcn.kit.api.serializers import Strict, VisibleRelatedField

PUBLIC = {
    "/portal/catalogue/": "what may not be sold is published (DB4401 5.6.2.3)",
    "/portal/apply/": "where a firm that has no account applies",
    "/portal/apply/received/": "says that the application was received",
    "/portal/invitations/1/": "follows a signed link that lets one person in",
    "/portal/join/1/": "follows a signed link that lets one streamer in",
    "/portal/guardian/1/": "follows a signed link by which a guardian consents",
    "/portal/guardian/1/revoke/": "follows a signed link by which a guardian takes the consent back",
    "/portal/certificates/1/": "follows the signed code on a certificate, and tells whether it is real",
    "/portal/help/": "the help centre is for buyers, who have no account",
    "/portal/help/a/1/": "an answer of the help centre",
    "/portal/help/ask/": "where a buyer asks a person",
    "/portal/help/track/": "from a number and its code to the answer; says nothing without both",
    "/portal/help/question/1/": "follows a signed link to one question",
    "/portal/help/question/1/settled/": "follows a signed link to one question",
    "/portal/complain/": "where consumers complain without an account (GDAS 4.3)",
    "/portal/complain/about/1/": "the same, about a show or a room; one that is not there is 404",
    "/portal/complain/received/": "shows number and code to the browser that complained, else 404",
    "/portal/complain/process/": "how complaints are dealt with is published (DB4401 6.1.4)",
    "/portal/complain/track/": "from number and code to the complaint; says nothing without both",
    "/portal/complain/track/mine/": "the complaint that this browser opened, else the way to open one",
    "/portal/complain/track/mine/1/": "what a consumer does to the complaint that their browser opened",
    "/portal/returns/": "where a buyer finds an order by its number and phone",
    "/portal/returns/1/": "follows a signed token to a buyer's own order",
    "/portal/returns/1/1/": "follows a signed token to a buyer's own request",
    "/portal/returns/1/1/1/": "follows a signed token by which a buyer goes on with a request",
    "/portal/returns/1/ask/1/": "follows a signed token by which a buyer asks for a return",
    "/portal/order/": "a buyer's order by its number and phone; says nothing without both",
    "/portal/order/1/": "follows a signed link to one order, good for a day",
    "/portal/order/1/price/1/": "follows a signed link to one order, good for a day",
    "/portal/order/1/invoice/": "follows a signed link to one order, good for a day",
    "/portal/order/1/invoice/file/": "follows a signed link to one order, good for a day",
    "/portal/order/1/promise/": "follows a signed link to one order, good for a day",
    "/portal/promises/1/": "what a merchant promises is shown to everybody (EJAS 6.10.1)",
    "/portal/reviews/1/": "follows a signed link by which a consumer reviews one service",
    "/portal/surveys/1/": "follows a signed link by which a consumer answers a survey",
    "/portal/feedback/received/": "thanks whoever answered",
    "/healthz": "load balancers ask it",
    "/admin/logout/": "signs nobody out twice",
    "/admin/jsi18n/": "Django's own words for its scripts",
    "/accounts/login/": "where one signs in",
    "/accounts/logout/": "sends a stranger home",
    "/api/v1/auth/login/": "where a program signs in",
    "/portal/language/": "a visitor chooses a language before signing in",
    "/accounts/signup/": "says that nobody signs up alone",
    "/accounts/inactive/": "says that the account is closed",
    "/accounts/confirm-email/": "follows a link in a letter",
    "/accounts/confirm-email/1/": "follows a link in a letter",
    "/accounts/password/reset/": "asks for a letter, and answers the same for every address",
    "/accounts/password/reset/done/": "says that the letter is on its way",
    "/accounts/password/reset/key/1-1/": "follows a link in a letter",
    "/accounts/password/reset/key/done/": "says that the password is changed",
}
LOGIN_PAGES = ("/accounts/login/", "/admin/login/", "/accounts/reauthenticate/")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """One example of every address below these patterns."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield example(path)


def example(path: str) -> str:
    """An address with its variables filled in: a row that no stranger may learn of."""
    plain = simplify_regex(path).replace(".<format>", ".json").replace("<drf_format_suffix:format>", ".json")
    plain = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", plain)
    return re.sub(r"<[^>]+>", "1", plain)


def refused(client: Client, path: str) -> bool:
    """Whether a stranger is told nothing here: sent to sign in, or answered 401 or 403."""
    client.cookies.clear()
    answers = [client.get(path), client.post(path)]
    return all(
        answer.status_code in (401, 403, 405)
        or (answer.status_code in (301, 302) and answer["Location"].startswith(LOGIN_PAGES))
        for answer in answers
    ) and any(answer.status_code != 405 for answer in answers)


@pytest.mark.django_db
def test_every_address_refuses_strangers(client: Client):
    found = sorted(set(addresses(get_resolver().url_patterns)) - PUBLIC.keys())
    assert found, "the resolver was walked"
    assert [path for path in found if not refused(client, path)] == []


def test_every_public_address_still_exists():
    assert PUBLIC.keys() <= set(addresses(get_resolver().url_patterns))


def inputs(of: type[Strict]) -> Iterator[type[Strict]]:
    """Everything that the API takes, with what is derived from it."""
    for kind in of.__subclasses__():
        yield kind
        yield from inputs(kind)


def test_a_row_that_a_verb_takes_is_one_that_the_person_may_know_of():
    assert get_resolver().url_patterns, "the doors are imported"
    fields = [
        (f"{kind.__module__}.{kind.__name__}.{name}", field)
        for kind in inputs(Strict)
        for name, field in getattr(kind, "_declared_fields", {}).items()
        if isinstance(field, serializers.PrimaryKeyRelatedField) and not field.read_only
    ]
    assert fields
    assert [
        name
        for name, field in fields
        if hasattr(field.queryset, "visible_to") and not isinstance(field, VisibleRelatedField)
    ] == []
