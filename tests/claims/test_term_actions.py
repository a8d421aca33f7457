"""Keeping the terms, loading the shipped ones, and the scanner that follows."""

import pytest
from django.core.exceptions import ValidationError

from mcn.audit.models import Entry
from mcn.claims import actions, in_force
from mcn.claims.excuses import Outcome
from mcn.claims.models import Term, TermSet
from mcn.claims.terms import shipped
from mcn.kit import clock
from mcn.kit.refusal import Denied
from tests.factories.accounts import StaffFactory
from tests.factories.claims import TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def compliance():
    return StaffFactory(role="compliance")


def keep(term, by):
    return actions.keep(term, by=by, at=clock.now())


def sync():
    actions.sync_terms(at=clock.now())


def test_a_kept_term_counts_from_the_next_scan_on(compliance):
    keep(TermFactory.build(text="独步江湖"), compliance)
    before = in_force.scanner()

    term = keep(TermFactory.build(text="笑傲群雄"), compliance)

    assert before.scan("笑傲群雄").outcome is Outcome.PASS
    now = in_force.scanner()
    assert now.scan("笑傲群雄").outcome is Outcome.BANNED
    assert now.version == TermSet.objects.first().name
    assert now.version.startswith("2-")
    assert Entry.objects.filter(row=term.pk, model="claims.term").get().by == compliance


def test_a_term_out_of_use_is_not_looked_for(compliance):
    term = keep(TermFactory.build(text="独步江湖"), compliance)
    term.in_use = False
    keep(term, compliance)

    assert in_force.scanner().scan("独步江湖").outcome is Outcome.PASS


def test_the_scanner_is_compiled_once_for_a_version(compliance, django_assert_num_queries):
    keep(TermFactory.build(), compliance)
    first = in_force.scanner()

    with django_assert_num_queries(0):
        assert in_force.scanner() is first


def test_without_loaded_terms_the_shipped_ones_count():
    assert in_force.scanner().version == "shipped"
    assert in_force.scanner().scan("国家级").outcome is Outcome.BANNED


def test_who_may_not_keep_terms_is_refused():
    with pytest.raises(Denied):
        keep(TermFactory.build(), StaffFactory(role="auditor"))

    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "#"),
        ("text", "#…~"),
        ("text", "{病}"),
        ("text", "[顶级|]"),
        ("text", "顶[一|二|三|四|五|六|七|八]" * 8),
        ("regimes", "toys"),
        ("excuses", "charm"),
        ("reason", ""),
        ("clause", ""),
        ("suggestion", ""),
        ("severity", 4),
        ("kind", "nonsense"),
        ("outcome", "maybe"),
    ],
)
def test_a_term_that_cannot_be_looked_for_or_explained_is_refused(compliance, field, value):
    with pytest.raises(ValidationError) as refused:
        keep(TermFactory.build(**{field: value}), compliance)

    assert field in refused.value.message_dict or "severity" in field
    assert not Term.objects.exists()


def test_codes_are_kept_in_one_order_so_that_a_term_stands_once(compliance):
    keep(TermFactory.build(text="独步江湖", regimes="drug cosmetics"), compliance)

    with pytest.raises(ValidationError, match="已有相同的词语"):
        keep(TermFactory.build(text="独步江湖", regimes="cosmetics drug"), compliance)


def test_the_shipped_terms_are_loaded_once():
    sync()
    entries = Entry.objects.count()

    sync()

    assert Term.objects.count() == len(list(shipped()))
    assert Entry.objects.count() == entries
    assert [version.number for version in TermSet.objects.all()] == [1]
    assert in_force.scanner().scan("国家级").version == TermSet.objects.get().name


def test_loading_again_leaves_alone_what_staff_have_changed(compliance):
    sync()
    term = Term.objects.filter(kind="absolute").first()
    term.suggestion = "请改口"
    keep(term, compliance)

    sync()

    assert Term.objects.get(pk=term.pk).suggestion == "请改口"


def test_loading_again_mends_a_shipped_term_and_retires_one_shipped_no_more():
    sync()
    stale, gone = Term.objects.order_by("id")[:2]
    Term.objects.filter(pk=stale.pk).update(
        reason="旧的理由", shipped_as=actions._digest(changed(stale, reason="旧的理由"))
    )
    Term.objects.filter(pk=gone.pk).update(
        text="从前的词", shipped_as=actions._digest(changed(gone, text="从前的词"))
    )

    sync()

    assert Term.objects.get(pk=stale.pk).reason != "旧的理由"
    assert not Term.objects.get(pk=gone.pk).in_use


def changed(term, **values):
    for name, value in values.items():
        setattr(term, name, value)
    return term
