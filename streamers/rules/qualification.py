"""Who is qualified to speak in which field: asked of one streamer or of many, and of a show by its fields."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from merchants.models import Profession
from streamers.models import Qualification, QualificationReport, Specialism
from streamers.rules.verification import standing_accounts

PREFETCH: list[Any] = [
    Prefetch("specialisms", Specialism.objects.filter(ended_on=None)),
    Prefetch("qualifications", Qualification.objects.filter(ended_on=None).order_by("id")),
    Prefetch(
        "qualifications__reports",
        QualificationReport.objects.only("id", "qualification", "platform", "reported_on"),
    ),
    "accounts__platform",
]


def proving(streamer, field, on):
    """The streamer's papers in a field that are good on a day and verified as they stand."""
    return [row for row in rows_of(streamer, "qualifications") if row.field == field and row.proves(on)]


def unreported(streamer, field, on):
    """The streamer's standing accounts whose platform was told of no proving paper in a field by a day."""
    told = {number for row in proving(streamer, field, on) for number in row.platforms_told(on)}
    return [account for account in standing_accounts(streamer) if account.platform_id not in told]


def holds_qualification(streamer, field, on, *, platform=None):
    """Whether a streamer may speak in a field on a day: by a proving paper, reported to a platform if named.

    Reads prefetched rows (``PREFETCH``). A category that asks for nothing has an empty field: anybody may.
    """
    if not field:
        return True
    papers = proving(streamer, field, on)
    if platform is None:
        return bool(papers)
    return any(platform.pk in paper.platforms_told(on) for paper in papers)


def qualified(streamers, fields, on, *, platform=None):
    """``{streamer's id: the fields of these in which they are qualified}``, in as many queries as for one."""
    rows = streamers.only("id").prefetch_related(*PREFETCH)
    return {
        row.pk: {field for field in fields if holds_qualification(row, field, on, platform=platform)}
        for row in rows
    }


def add_page(row):
    """Where a qualification is uploaded for a streamer."""
    return f"{reverse('admin:streamers_qualification_add')}?streamer={row.pk}"


@clause("DB4401 5.2.1 d", "DB4401 5.1.1 d", "DB4401 5.1.1 e", "LSEC 28", "LSEC 39", mend=add_page)
def holds_a_paper_in_each_field(streamer, on):
    """In each field in which the streamer works, a qualification is good on the day."""
    for row in rows_of(streamer, "specialisms"):
        papers = [paper for paper in rows_of(streamer, "qualifications") if paper.field == row.field]
        if not any(paper.covers(on) for paper in papers):
            yield (
                streamer,
                _("%(field)s: %(lack)s")
                % {
                    "field": row.get_field_display(),
                    "lack": _lack(papers, on),
                },
            )


def _lack(papers, on):
    """What to say where no paper in a field is good on a day: none, one to come, one that ran out."""
    if not papers:
        return _("no qualification is on file; upload it, or give the field up.")
    last = max(papers, key=lambda paper: paper.valid_to or paper.valid_from)
    if last.valid_from > on:
        return _("the qualification is good only from %(day)s.") % {"day": f"{last.valid_from:%Y-%m-%d}"}
    return _("the qualification ran out on %(day)s; upload the renewed one.") % {
        "day": f"{last.valid_to:%Y-%m-%d}"
    }


@clause("DB4401 5.2.1 d", "LSEC 28", "LSEC 39")
def holds_verified_papers_in_each_field(streamer, on):
    """Of the papers that are good in a field, one was verified as it stands."""
    for row in rows_of(streamer, "specialisms"):
        good = [
            paper
            for paper in rows_of(streamer, "qualifications")
            if paper.field == row.field and paper.covers(on)
        ]
        if good and not any(paper.is_verified for paper in good):
            yield good[-1], _("%(paper)s was not verified yet, or changed since.") % {"paper": good[-1]}


@clause("DB4401 5.2.1 d", "LSEC 28")
def reported_its_papers_to_the_platforms(streamer, on):
    """Every platform where the streamer has an account was told of the qualification in each field."""
    for row in rows_of(streamer, "specialisms"):
        papers = proving(streamer, row.field, on)
        for account in unreported(streamer, row.field, on) if papers else []:
            yield (
                papers[-1],
                _("%(paper)s was not reported to %(platform)s.")
                % {"paper": papers[-1], "platform": account.platform},
            )


def asked_by(categories):
    """The fields that categories of goods ask of whoever shows them, told by their own codes."""
    return {row.streamer_qualification for row in categories} & set(Profession.values)


CHECKS = [
    holds_a_paper_in_each_field,
    holds_verified_papers_in_each_field,
    reported_its_papers_to_the_platforms,
]
