"""Check constraints asked in Python say what the database says."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mcn.kit.conditions import holds
from mcn.standards.models import Attestation

DAY = datetime.date(2026, 3, 2)
LATER = datetime.date(2026, 9, 2)


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (Q(next_due_on__gt=F("attested_on")), True),
        (Q(next_due_on__lt=F("attested_on")), False),
        (~Q(next_due_on__gt=F("attested_on")), False),
        (Q(statement="seen") & Q(outcome="met"), True),
        (Q(statement="other") | Q(outcome__in=["met"]), True),
        (Q(statement="other", outcome="met"), False),
        (Q(document=None), True),
        (Q(document__isnull=False), False),
        (Q(document__gt=3), None),
        (Q(document__gt=3) | Q(outcome="met"), True),
        (Q(document__gt=3) & Q(outcome="not_met"), False),
        (Q(statement__regex="s"), None),
    ],
    ids=str,
)
def test_a_condition_is_judged_as_sql_would(condition, answer):
    row = Attestation(outcome="met", statement="seen", attested_on=DAY, next_due_on=LATER)

    assert holds(condition, row) is answer


@pytest.mark.django_db
@pytest.mark.parametrize("due", [LATER, DAY])
def test_it_agrees_with_the_constraint_itself(due):
    row = Attestation(outcome="met", statement="seen", attested_on=DAY, next_due_on=due)
    constraint = next(one for one in Attestation._meta.constraints if isinstance(one, models.CheckConstraint))

    try:
        constraint.validate(Attestation, row)
        said = True
    except ValidationError:
        said = False

    assert holds(constraint.condition, row) is said
