"""SUBMISSION: whether a merchant has given all that the agency must look at before it lets it in."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.standards.checks import Rulebook, clause
from merchants.models import (
    BusinessLine,
    CategoryRequirement,
    CredentialKind,
    MerchantCredential,
    MerchantVerification,
)
from merchants.rules.facts import business_contacts


def for_submission(merchants):
    """Merchants with what the checks of a submission read; lines of one category share one object of it."""
    return merchants.prefetch_related(
        "contacts",
        Prefetch("credentials", MerchantCredential.objects.select_related("kind")),
        Prefetch("business_lines", BusinessLine.objects.filter(ended_on=None)),
        "business_lines__category",
        Prefetch(
            "business_lines__category__requirements", CategoryRequirement.objects.select_related("kind")
        ),
    )


def needed_kinds(merchant):
    """The kinds of permits that a merchant's lines of business ask of it, and the line that asks first."""
    needed = {}
    for line in merchant.business_lines.all():
        for kind in line.category.required_kinds(CredentialKind.Holder.MERCHANT):
            needed.setdefault(kind, line)
    return needed


def papers(merchant, code):
    """The merchant's papers of a kind, withdrawn ones too: ``covers`` knows which count on a day."""
    return [row for row in merchant.credentials.all() if row.kind.code == code]


def _lack(rows, name, on):
    """What to say where no paper of a kind is good on a day: none is there, one is to come, one ran out."""
    rows = [row for row in rows if row.ended_on is None]
    if not rows:
        return _("%(paper)s is missing: upload it.") % {"paper": name}
    last = max(rows, key=lambda row: row.valid_to or row.valid_from)
    if last.valid_from > on:
        return _("%(paper)s is good only from %(day)s.") % {
            "paper": name,
            "day": f"{last.valid_from:%Y-%m-%d}",
        }
    return _("%(paper)s ran out on %(day)s: upload the renewed one.") % {
        "paper": name,
        "day": f"{last.valid_to:%Y-%m-%d}",
    }


@clause("DB4401 5.1.2.4", "DB4401 5.5.1.1", "LSEC 27", "LSEC 45")
def holds_a_good_licence(merchant, on):
    """A merchant holds a business licence, or as a person a ground of exemption, that is good on the day."""
    rows = papers(merchant, merchant.licence_kind)
    if not any(row.covers(on) for row in rows):
        exempt = merchant.licence_kind == CredentialKind.REGISTRATION_EXEMPTION
        yield (
            merchant,
            _lack(
                rows,
                _("The note on exemption from registration") if exempt else _("The business licence"),
                on,
            ),
        )


@clause("DB4401 5.5.1.1", "LSEC 27")
def holds_a_licence_of_its_own(merchant, on):
    """The number of the business licence is the merchant's own unified social credit code."""
    for row in papers(merchant, CredentialKind.BUSINESS_LICENCE):
        if row.covers(on) and row.number != merchant.uscc:
            yield (
                row,
                _("The licence's number %(number)s is not the merchant's code %(uscc)s: correct one of them.")
                % {"number": row.number, "uscc": merchant.uscc or "-"},
            )


@clause("DB4401 5.1.2.4", "LSEC 27")
def names_its_legal_representative(merchant, on):
    """A merchant says who answers for it in law."""
    if not merchant.legal_representative:
        yield merchant, _("The legal representative is missing.")


@clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 45")
def gives_its_address(merchant, on):
    """A merchant says where it does business."""
    if not merchant.address or not merchant.region:
        yield merchant, _("The region or the business address is missing.")


@clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 45")
def gives_its_phone_number(merchant, on):
    """A merchant says under which number it can be reached itself."""
    if not merchant.phone:
        yield merchant, _("The merchant's own phone number is missing.")


@clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 45")
def names_a_contact(merchant, on):
    """A merchant names a person to call about business."""
    if not business_contacts(merchant):
        yield merchant, _("There is no contact for business: add one with a phone number.")


@clause("DB4401 5.5.1.1", "DB4401 5.4.3.1 a")
def declares_its_lines_of_business(merchant, on):
    """A merchant says in which categories it sells, so that its permits can be asked for."""
    if not merchant.business_lines.all():
        yield merchant, _("No line of business is declared: choose the categories that you sell in.")


@clause("DB4401 5.5.1.2", "DB4401 5.6.2.3")
def sells_nothing_banned(merchant, on):
    """None of a merchant's lines of business is banned from being sold on air."""
    for line in merchant.business_lines.all():
        if line.category.regime == line.category.Regime.BANNED:
            yield (
                line,
                _("%(category)s may not be sold on air: give this line up.") % {"category": line.category},
            )


@clause("DB4401 5.1.2.4", "DB4401 5.5.1.1", "LSEC 27", "LSEC 45")
def holds_the_permits_of_its_lines(merchant, on):
    """A merchant holds a permit, good on the day, of every kind that its lines of business ask for."""
    for kind, line in needed_kinds(merchant).items():
        rows = papers(merchant, kind.code)
        if not any(row.covers(on) for row in rows):
            lack = _lack(rows, kind.name, on)
            yield line, _("%(category)s: %(lack)s") % {"category": line.category.name, "lack": lack}


@clause("LSEC 45", "LSEC 27", "DB4401 5.1.2.4")
def keeps_its_papers_on_file(merchant, on):
    """Every paper that counts on the day is there as a file, not as a number alone."""
    for row in merchant.credentials.all():
        if row.covers(on) and not row.document_id:
            yield row, _("%(paper)s has no file: upload a scan or a photo.") % {"paper": row}


def mend(row):
    """The page of the admin on which a row at fault is mended."""
    if isinstance(row, BusinessLine):
        return reverse("admin:merchants_merchant_change", args=[row.merchant_id])
    if isinstance(row, MerchantVerification):
        return reverse("admin:merchants_merchant_verb", args=[row.merchant_id, "verify"])
    return reverse(f"admin:merchants_{row._meta.model_name}_change", args=[row.pk])


CHECKS = [
    holds_a_good_licence,
    holds_a_licence_of_its_own,
    names_its_legal_representative,
    gives_its_address,
    gives_its_phone_number,
    names_a_contact,
    declares_its_lines_of_business,
    sells_nothing_banned,
    holds_the_permits_of_its_lines,
    keeps_its_papers_on_file,
]
# What the merchant itself must give before anybody looks at it.
SUBMISSION = Rulebook(
    "merchant_submission", gettext_lazy("merchant's submission"), CHECKS, for_submission, mend=mend
)

# What must be so of its lines of business when it adds one: as a draft, and once it has been let in.
DECLARATION = Rulebook(
    "merchant_declaration",
    gettext_lazy("line of business"),
    [sells_nothing_banned],
    for_submission,
    mend=mend,
)
EXTENSION = Rulebook(
    "merchant_extension",
    gettext_lazy("further line of business"),
    [sells_nothing_banned, holds_the_permits_of_its_lines],
    for_submission,
    mend=mend,
)
