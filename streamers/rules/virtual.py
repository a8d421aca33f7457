"""Whether all stands behind a virtual streamer that the standards ask for; persons are not asked here."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from streamers.models import Design, LikenessConsent, VirtualRight

Kind = LikenessConsent.Kind
PREFETCH = [
    "virtual_profile",
    Prefetch("virtual_rights", VirtualRight.objects.filter(ended_on=None).order_by("id")),
    Prefetch(
        "likeness_consents",
        LikenessConsent.objects.exclude(state=LikenessConsent.State.DROPPED)
        .defer("owner_name", "owner_id_number", "scope")
        .order_by("id"),
    ),
    Prefetch(
        "designs",
        Design.objects.filter(state__in=["submitted", "approved"]).defer("description").order_by("id"),
    ),
]


def profile_of(streamer):
    """The virtual streamer's profile, or None; reads the prefetched row."""
    try:
        return streamer.virtual_profile
    except ObjectDoesNotExist:
        return None


def _page(model):
    """Where a row of this kind is added for a streamer; a row that is there is mended on its own page."""

    def page(row):
        if row._meta.model_name == model:
            return reverse(f"admin:streamers_{model}_change", args=[row.pk])
        return f"{reverse(f'admin:streamers_{model}_add')}?streamer={row.pk}"

    return page


@clause("DB4401 5.1.4.5", "LSEC 37", mend=_page("virtualprofile"))
def says_what_label_is_shown(streamer, on):
    """It is settled by which words viewers are told throughout that nobody real stands there."""
    if not streamer.is_natural and profile_of(streamer) is None:
        yield streamer, _("The label that stays on screen is not set.")


@clause("DB4401 5.1.1 c", "DB4401 5.4.2.5", mend=_page("virtualprofile"))
def names_its_technician(streamer, on):
    """Somebody is named who runs the figure and its equipment."""
    profile = None if streamer.is_natural else profile_of(streamer)
    if profile and not (profile.technician_id or profile.technician_name):
        yield profile, _("No technician is named.")
    if profile and not profile.equipment:
        yield profile, _("Equipment and network are not described.")


@clause("DB4401 5.1.1 c", "DB4401 5.1.4.5", mend=_page("virtualright"))
def holds_the_right_to_its_image(streamer, on):
    """The right to use the image is good on the day and was verified."""
    if streamer.is_natural:
        return
    good = [row for row in rows_of(streamer, "virtual_rights") if row.covers(on)]
    if not good:
        yield streamer, _("No right to use the image is good on the day: upload the licence or the proof.")
    elif not any(row.is_verified for row in good):
        yield good[-1], _("%(paper)s was not verified yet, or changed since.") % {"paper": good[-1]}


@clause("DB4401 5.1.4.5", mend=_page("virtualprofile"))
def says_whose_likeness_and_voice_it_uses(streamer, on):
    """It is declared whether a real person's likeness or voice is used, and if so, whose."""
    profile = None if streamer.is_natural else profile_of(streamer)
    if not profile:
        return
    named = {row.kind for row in rows_of(streamer, "likeness_consents")}
    for kind, used in [
        (Kind.LIKENESS, profile.likeness_of_a_person),
        (Kind.VOICE, profile.voice_of_a_person),
    ]:
        if used is None:
            yield profile, _("%(kind)s: say whether a real person's is used.") % {"kind": kind.label}
        elif used and kind not in named:
            yield profile, _("%(kind)s: say whose it is, and keep the consent.") % {"kind": kind.label}


@clause("DB4401 5.1.4.5", level="shall not", mend=_page("likenessconsent"))
def has_the_consents_of_their_owners(streamer, on):
    """Everybody whose likeness or voice is declared has consented, and the consent covers the day."""
    for row in [] if streamer.is_natural else rows_of(streamer, "likeness_consents"):
        if not row.covers(on):
            yield row, _("%(kind)s: %(lack)s") % {"kind": row.get_kind_display(), "lack": _lack(row, on)}


def _lack(row, on):
    if row.state == LikenessConsent.State.REVOKED:
        return _("the owner revoked the consent; stop using it, or ask anew.")
    if row.state == LikenessConsent.State.DECLARED:
        return _("the owner's consent is missing.")
    if row.valid_from > on:
        return _("the owner's consent begins only on %(day)s.") % {"day": f"{row.valid_from:%Y-%m-%d}"}
    return _("the owner's consent ran out on %(day)s.") % {"day": f"{row.valid_to:%Y-%m-%d}"}


@clause("DB4401 5.4.2.5", "DB4401 5.1.1 c", "DB4401 5.1.2.7", mend=_page("design"))
def has_its_designs_approved(streamer, on):
    """Image, script and movements were each looked at and approved by another than who made them."""
    if streamer.is_natural:
        return
    by_part = {}
    for row in rows_of(streamer, "designs"):
        by_part.setdefault(row.part, []).append(row)
    for part in Design.Part:
        rows = by_part.get(part, [])
        if any(row.state == Design.State.APPROVED for row in rows):
            continue
        if rows:
            yield rows[-1], _("%(part)s: the design waits for approval.") % {"part": part.label}
        else:
            yield streamer, _("%(part)s: no design is approved.") % {"part": part.label}


CHECKS = [
    says_what_label_is_shown,
    names_its_technician,
    holds_the_right_to_its_image,
    says_whose_likeness_and_voice_it_uses,
    has_the_consents_of_their_owners,
    has_its_designs_approved,
]
