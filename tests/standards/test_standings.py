"""How a clause stands: by an inspection, else by what a person attested, else without evidence."""

import datetime
from decimal import Decimal

import pytest

from mcn.agency.models import Figure
from mcn.kit import records
from mcn.kit.refusal import Blocked
from mcn.standards import actions, coverage
from mcn.standards.catalogue import sync_catalogue
from mcn.standards.checks import Rulebook, clause
from mcn.standards.models import Clause, Inspection, Standard
from tests.factories import pdf

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 2)
CHECKED, PLAIN = "5.1.2.4", "5.1.3.1"

pytestmark = pytest.mark.django_db


@clause("DB4401 5.1.2.4")
def is_at_least_one(figure, on):
    """A figure is at least one."""
    if figure.value < 1:
        yield figure, "less than one"


@clause("DB4401 5.1.3.1")
def has_a_source(figure, on):
    """A figure names its source."""
    if figure.source == "nobody":
        yield figure, "no source"


FIGURES = Rulebook(
    "figures", "Figures", [is_at_least_one], prefetch=lambda rows: rows, subjects=Figure.objects.all
)
ADVICE = Rulebook("advice", "Advice", [has_a_source], prefetch=lambda rows: rows)


@pytest.fixture(autouse=True)
def catalogue(settings):
    settings.MCN_RULEBOOKS = [f"{__name__}.FIGURES"]
    settings.MCN_RECORDS = {"agency.figure": ["DB4401 6.1.3", "DB4401 5.6.2.1"]}
    Figure.objects.all().delete()
    sync_catalogue(at=AT)


def make(value, source="LSEC 32"):
    figure = Figure(key=Figure.Key.PRICE_HISTORY_DAYS, value=Decimal(value), valid_from=DAY, source=source)
    return records.save(figure, by=None, at=AT)


def standing_of(code, on=DAY):
    standard = Standard.objects.get(code="DB4401")
    return next(row for row in coverage.standings(standard, on=on) if row.clause.code == code)


def test_without_an_inspection_there_is_no_evidence():
    make(1)

    assert standing_of(CHECKED).status == coverage.NO_EVIDENCE


def test_where_nothing_is_checked_the_records_there_are_count():
    assert standing_of("6.1.3").status == coverage.NO_EVIDENCE
    make(1)

    standing = standing_of("6.1.3")
    assert (standing.status, standing.lists) == (
        coverage.RECORDED,
        [("制度参数", "/admin/agency/figure/")],
    )


def test_what_binds_the_platforms_alone_does_not_bind_us_unless_something_shows_it():
    assert standing_of("5.6.2.1").status == standing_of("6.2.3 a").status == coverage.NOT_BOUND
    make(1)

    assert standing_of("5.6.2.1").status == coverage.RECORDED


def test_a_clean_inspection_meets_the_clause():
    make(1)

    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)

    assert standing_of(CHECKED).status == coverage.MET


def test_a_finding_leaves_the_clause_unmet_and_names_the_row():
    figure = make(0)

    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)

    standing = standing_of(CHECKED)
    assert standing.status == coverage.NOT_MET
    assert [row.subject_id for row in standing.findings] == [figure.pk]


def test_only_the_newest_inspection_counts():
    figure = make(0)
    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)
    figure.value = Decimal(1)
    records.save(figure, by=None, at=AT)

    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)

    assert standing_of(CHECKED).status == coverage.MET
    assert Inspection.objects.count() == 2


def test_what_a_rulebook_found_that_is_asked_no_more_counts_no_more(settings):
    make(0)
    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)
    settings.MCN_RULEBOOKS = []

    assert standing_of(CHECKED).status == coverage.NO_EVIDENCE


def test_a_person_attests_what_no_check_can_judge_until_it_is_due_again():
    row = Clause.objects.get(standard__code="DB4401", code=PLAIN)

    actions.attest(row, by=None, at=AT, outcome="met", statement="seen in the studio", file=pdf())

    standing = standing_of(PLAIN)
    assert standing.status == coverage.MET
    assert [file.name for file in standing.attestation.document.files] == ["scan.pdf"]
    assert standing_of(PLAIN, on=datetime.date(2026, 9, 2)).status == coverage.NO_EVIDENCE


def test_standings_cost_the_same_queries_however_much_was_found(django_assert_num_queries):
    make(0)
    actions.store(FIGURES, Figure.objects.all(), on=DAY, by=None, at=AT)
    standard = Standard.objects.get(code="DB4401")

    with django_assert_num_queries(5):
        found = coverage.standings(standard, on=DAY)

    assert len(found) == 188


def test_a_shall_blocks_and_a_should_only_warns():
    figure = make(0, source="nobody")

    with pytest.raises(Blocked, match=r"DB4401 5\.1\.2\.4"):
        FIGURES.inspect(figure, on=DAY).require()
    report = ADVICE.inspect(figure, on=DAY).require()

    assert [finding.clause for finding in report.warnings] == ["DB4401 5.1.3.1"]


def test_many_subjects_are_inspected_in_as_many_queries_as_one(django_assert_num_queries):
    for year in range(2001, 2021):
        row = Figure(
            key=Figure.Key.PRICE_HISTORY_DAYS, value=Decimal(0), valid_from=DAY.replace(year=year), source="x"
        )
        records.save(row, by=None, at=AT)

    with django_assert_num_queries(1):
        reports = FIGURES.inspect_many(Figure.objects.all(), on=DAY)

    assert len(reports) == 20
    assert all(report.blockers for report in reports.values())
