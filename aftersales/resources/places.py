"""Whose orders a file holds: a platform, and of it one merchant or those that the file names."""

from django.utils.translation import gettext as _

from mcn.agency.models import Platform
from mcn.kit.identity import normalise
from mcn.kit.refusal import Refused
from merchants.models import Merchant

MOST_MERCHANTS = 60


def scopes_of(user):
    """A platform with each of the user's merchants; for staff a platform alone, where the file names them."""
    platforms = list(Platform.objects.filter(ended_on=None).values_list("code", "name"))
    merchants = Merchant.objects.exclude(state=Merchant.State.EXITED).visible_to(user).order_by("id")
    places = [(code, name) for code, name in platforms] if user.is_staff else []
    for merchant in merchants[:MOST_MERCHANTS]:
        places += [(f"{code}/{merchant.code}", f"{name} · {merchant}") for code, name in platforms]
    return places


def place_of(scope):
    """The merchant of a scope, or the platform where it names none."""
    platform, _slash, merchant = scope.partition("/")
    known = Platform.objects.filter(code=platform).first()
    return known and (Merchant.objects.filter(code=merchant).first() if merchant else known)


def read_scope(run):
    """The id of the platform, and the merchants for whom this run may bring orders."""
    code, _slash, merchant = run.scope.partition("/")
    platform = Platform.objects.filter(code=code).values_list("pk", flat=True).first()
    if platform is None:
        raise Refused(_("Choose the platform that these orders come from."))
    merchants = Merchant.objects.exclude(state=Merchant.State.EXITED)
    if merchant:
        merchants = merchants.filter(code=merchant)
    if run.by is not None:
        merchants = merchants.visible_to(run.by)
    found = list(merchants)
    if not merchant and "merchant" not in run.reader.places:
        raise Refused(_("The file does not say whose orders these are: choose the merchant."))
    return platform, found


def merchants_by_word(merchants):
    """Merchant ids by every word a file may call them by: code, name, short name; a name of two is none."""
    found, doubled = {}, set()
    for merchant in merchants:
        for word in {merchant.code, merchant.name, merchant.short_name} - {""}:
            plain = normalise(word).casefold()
            if found.setdefault(plain, merchant.pk) != merchant.pk:
                doubled.add(plain)
    return {word: pk for word, pk in found.items() if word not in doubled}
