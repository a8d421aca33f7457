"""HOSTING and the steps on the way to it: whether a streamer may go before the camera on a day.

A noun brings its checks in a file beside this one, as ``CHECKS`` and ``PREFETCH``, and stands in one of the
lists below: what is asked before a streamer is accepted, before they are declared trained, or only before
they are let before the camera. HOSTING asks them all.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.gather import gather
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Streamer
from streamers.rules import (
    ad_penalty,
    age,
    conduct,
    contract,
    hold,
    qualification,
    training,
    verification,
    virtual,
)

# Who they are: asked before they are accepted, and ever after.
PERSON = [*verification.CHECKS, *age.CHECKS, *ad_penalty.CHECKS, *hold.CHECKS]
# What they have learnt: asked before they are declared trained, and ever after.
LEARNT = [*training.CHECKS]
# What else they need before the camera.
READY = [
    *verification.ACCOUNT_CHECKS,
    *qualification.CHECKS,
    *contract.CHECKS,
    *virtual.CHECKS,
    *conduct.CHECKS,
]
# What bars somebody who has left from starting again.
BARS = [hold.is_not_blacklisted]
PREFETCH = [
    *verification.PREFETCH,
    *age.PREFETCH,
    *hold.PREFETCH,
    *qualification.PREFETCH,
    *contract.PREFETCH,
    *virtual.PREFETCH,
    *conduct.PREFETCH,
    *training.PREFETCH,
]

# What no check reads stays in the database: personal data are neither fetched nor decrypted.
UNREAD = ["name", "id_number", "phone", "address", "experience", "comment", "search", "applied_at"]
UNREAD += ["created_at", "updated_at"]


def for_inspection(streamers):
    """Streamers with what all checks read, and without personal data in clear."""
    return gather(ad_penalty.with_penalty(streamers).defer(*UNREAD), PREFETCH)


@clause("DB4401 5.6.2.4", "DB4401 5.1.4.4")
def is_active(streamer, on):
    """The agency let the streamer before the camera and has neither suspended nor parted with them."""
    if streamer.state != Streamer.State.ACTIVE:
        yield (
            streamer,
            _("The streamer is %(state)s, not active.") % {"state": streamer.get_state_display()},
        )


# What must be verified before an applicant is accepted.
ACCEPTANCE = Rulebook(
    "streamer_acceptance", gettext_lazy("streamer's acceptance"), PERSON, for_inspection, mend=admin_page
)
# What must be learnt before a streamer is declared trained.
GRADUATION = Rulebook(
    "streamer_graduation",
    gettext_lazy("streamer's graduation"),
    [*PERSON, *LEARNT],
    for_inspection,
    mend=admin_page,
)
# What must be so before a streamer is let, or let back, before the camera.
ACTIVATION = Rulebook(
    "streamer_activation",
    gettext_lazy("streamer's activation"),
    [*PERSON, *LEARNT, *READY],
    for_inspection,
    mend=admin_page,
)
# What must be so on every day of a show; GO_LIVE takes it as a part.
HOSTING = Rulebook(
    "hosting",
    gettext_lazy("hosting"),
    [is_active, *PERSON, *LEARNT, *READY],
    for_inspection,
    mend=admin_page,
    subjects=lambda: Streamer.objects.filter(state=Streamer.State.ACTIVE),
)
# What bars a streamer whose work has ended from starting again.
REOPENING = Rulebook(
    "streamer_reopening", gettext_lazy("streamer's reopening"), BARS, for_inspection, mend=admin_page
)
