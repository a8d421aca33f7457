"""APPLICATION: whether an applicant has given all that the agency must look at before it lets them in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import read_id_number
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Consent, IdentityPaper
from streamers.rules import ad_penalty, age, verification

Kind = IdentityPaper.Kind


def for_application(streamers):
    """Streamers with what the checks of an application read; nothing is decrypted but what they tell."""
    told = streamers.defer("name", "id_number", "phone", "address", "search")
    return ad_penalty.with_penalty(told).prefetch_related("accounts__platform", "papers", *age.PREFETCH)


@clause("DB4401 5.2.1 c", "DB4401 5.6.2.4")
def names_an_account(streamer, on):
    """An applicant names the platforms on which they are known, by account."""
    if not verification.standing_accounts(streamer):
        yield streamer, _("No platform account is named.")


@clause("LSEC 39", "LSEC 28", "DB4401 5.1.1 a")
def tells_their_experience(streamer, on):
    """An applicant tells what they have done before, so that the post can be judged."""
    if not streamer.experience.strip():
        yield streamer, _("The experience is missing; write “none” if this is your first time.")


@clause("DB4401 5.1.1 a", "DB4401 5.2.1 c", "LSEC 39", "LSEC 28")
def sends_the_papers(streamer, on):
    """A person sends pictures of both sides of the identity document and of themselves."""
    if not streamer.is_natural:
        return
    given = {paper.kind for paper in streamer.papers.all() if paper.document_id}
    for kind in Kind:
        if kind not in given:
            yield streamer, _("The picture is missing: %(paper)s.") % {"paper": kind.label}


@clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
def names_the_guardian(streamer, on):
    """Somebody of sixteen or seventeen has named the guardian who is to consent."""
    known = (Consent.State.ASKED, Consent.State.SIGNED)
    if age.is_minor(streamer, on) and not any(row.state in known for row in streamer.consents.all()):
        yield streamer, _("You are under 18: name the guardian who is to sign.")


@clause("DB4401 5.2.1 b", level="should")
def has_the_guardians_signature(streamer, on):
    """The guardian who was asked has signed; the application may go in before."""
    rows = list(streamer.consents.all())
    asked = any(row.state == Consent.State.ASKED for row in rows)
    if age.is_minor(streamer, on) and asked and not any(row.covers(on) for row in rows):
        yield streamer, _("The guardian has not signed yet: send them the link.")


CHECKS = [
    verification.gives_the_real_name,
    verification.gives_phone_and_address,
    age.is_of_working_age,
    ad_penalty.is_not_barred_by_a_penalty,
    names_an_account,
    tells_their_experience,
    sends_the_papers,
    names_the_guardian,
    has_the_guardians_signature,
]
# What an applicant must give before anybody looks at it.
APPLICATION = Rulebook(
    "streamer_application", gettext_lazy("streamer's application"), CHECKS, for_application, mend=admin_page
)


def oddities(streamer, on):
    """What is odd about the stored ID number: to be compared with the paper, never a reason to refuse."""
    if not streamer.id_number:
        return []
    return read_id_number(streamer.id_number, streamer.document_type, on=on).warnings
