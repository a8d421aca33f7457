"""What streamers' papers put on a person's start page: what runs out, ran out, or waits to be verified."""

import datetime

from django.utils.translation import gettext_lazy as _

from mcn.agency.models import figures
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, left, pile, steps, waited
from merchants.admin.expiry import SPANS
from streamers.admin.expiry import to_verify
from streamers.models import (
    CapacityRecord,
    Consent,
    Contract,
    Design,
    LikenessConsent,
    Qualification,
    StreamerVerification,
    VirtualRight,
)
from streamers.rules.expiry import LAST_DAY, expired, expiring

# What runs out: what it is called when soon and when past, and how a row is told beside its streamer.
RUN_OUT = [
    (
        Contract,
        _("Streamers' contracts that run out within %(days)s days"),
        _("Streamers' contracts that have run out"),
        lambda contract: contract.get_kind_display(),
    ),
    (
        Qualification,
        _("Qualifications that run out within %(days)s days"),
        _("Qualifications that have run out"),
        lambda paper: paper.get_field_display(),
    ),
    (
        VirtualRight,
        _("Rights to images that run out within %(days)s days"),
        _("Rights to images that have run out"),
        lambda right: right.get_basis_display(),
    ),
    (
        LikenessConsent,
        _("Likenesses and voices whose consent runs out within %(days)s days"),
        _("Likenesses and voices whose consent has run out"),
        lambda consent: consent.get_kind_display(),
    ),
    (
        StreamerVerification,
        _("Streamers' verifications due within %(days)s days"),
        _("Streamers' verifications overdue"),
        lambda verification: verification.get_item_display(),
    ),
    (
        Consent,
        _("Guardians' consents that run out within %(days)s days"),
        _("Guardians' consents that have run out"),
        lambda consent: consent.get_relation_display(),
    ),
    (
        CapacityRecord,
        _("Records of civil capacity that run out within %(days)s days"),
        _("Records of civil capacity that have run out"),
        lambda record: record._meta.verbose_name,
    ),
]


def work(user, on):
    """The piles of whoever looks after streamers' papers."""
    if user.has_perm("streamers.view_contract"):
        yield from _running_out(on)
    for model, label in [
        (Qualification, _("Qualifications to verify")),
        (VirtualRight, _("Rights to images to verify")),
    ]:
        if user.has_perm(f"streamers.verify_{model._meta.model_name}"):
            yield _unverified(user, model, label, on)
    if user.has_perm("streamers.approve_design"):
        yield _designs(user, on)


def _running_out(on):
    spans = list(zip(SPANS, figures(list(SPANS.values()), on), strict=True))
    widest = max(days for _query, days in spans)
    for model, soon, past, what in RUN_OUT:
        tell = _good_until(LAST_DAY[model], what, on)
        until = [
            (soon % {"days": days}, on + datetime.timedelta(days=days), f"expiry={query}")
            for query, days in spans
        ]
        coming = expiring(model, on, widest).select_related("streamer")
        yield from steps(EXPIRES, coming, LAST_DAY[model], until, tell)
        yield pile(BLOCKED, past, expired(model, on).select_related("streamer"), "expiry=expired", tell)


def _good_until(column, what, on):
    return lambda row: (f"{row.streamer} · {what(row)}", left(getattr(row, column), on))


def _unverified(user, model, label, on):
    rows = to_verify(model.objects.all(), user).select_related("streamer").order_by("updated_at", "id")
    return pile(WAITS, label, rows, "unverified=mine", _waiting(on))


def _designs(user, on):
    waiting = Design.objects.filter(state=Design.State.SUBMITTED).exclude(made_by=user)
    rows = waiting.select_related("streamer").order_by("created_at", "id")
    label = _("Designs of virtual streamers to approve")
    return pile(WAITS, label, rows, "state__exact=submitted", _waiting(on))


def _waiting(on):
    return lambda row: (f"{row.streamer} · {row}", waited(row.updated_at, on))
