"""Keeping the weekly figures in step, and telling who looks after the service what is out of the ordinary."""

import datetime
from dataclasses import asdict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.models import ServiceFigures
from aftersales.rules import kpi, people
from aftersales.rules.counts import Counts, Span, count_up
from mcn.kit import records
from mcn.kit.clock import business_day
from mcn.notices.actions import tell

Dimension = ServiceFigures.Dimension
SUMS = list(asdict(Counts()))
TOLD = 8


def count_weeks(*, at, weeks=2):
    """Count the running week and those before it anew, by everything; return how many rows were written."""
    monday = kpi.monday_of(business_day(at))
    written = 0
    for back in range(weeks):
        week = monday - datetime.timedelta(weeks=back)
        for dimension in Dimension:
            written += len(_count(dimension, week, at=at))
    return written


def _count(dimension, week, *, at):
    counts = count_up(dimension, Span(week, week + datetime.timedelta(days=6), at))
    with transaction.atomic():
        stored = ServiceFigures.objects.filter(dimension=dimension, week=week)
        rows = {row.subject_id: row for row in stored}
        for subject in counts.keys() | rows.keys():
            row = rows.get(subject)
            if row is None:
                row = rows[subject] = records.new(
                    ServiceFigures, dimension=dimension, subject_id=subject, week=week
                )
            for name, value in asdict(counts.get(subject, Counts())).items():
                setattr(row, name, value)
        return records.save_many([*rows.values()], by=None, at=at)


def tell_outliers(*, at):
    """Tell after-sales once a week what was out of the ordinary in the last whole week; how many it was."""
    week = kpi.monday_of(business_day(at)) - datetime.timedelta(weeks=1)
    found = [
        line
        for dimension in Dimension
        for line in kpi.board(dimension, week, on=business_day(at)).lines
        if line.outliers
    ]
    if found:
        words = [
            _("%(subject)s: %(why)s") % {"subject": line.label, "why": line.why} for line in found[:TOLD]
        ]
        tell(
            people.of_roles("after_sales", "merchant_desk"),
            title=_("%(count)s figures of the week of %(week)s are out of the ordinary")
            % {"count": sum(len(line.outliers) for line in found), "week": week},
            text="\n".join(words),
            url=f"{reverse('admin:aftersales_servicefigures_changelist')}?week={week}",
            kind="figures",
            once=f"figures:{week}",
            at=at,
        )
    return len(found)
