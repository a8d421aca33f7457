"""The demo agency: made once by the product's own verbs, fresh on its day, with people who can log in."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings

from aftersales.demo import seed as demo_data
from aftersales.management.commands.seed_demo import PASSWORD
from mcn.accounts.models import User
from mcn.audit import chain
from mcn.audit.models import Entry
from mcn.kit import clock
from mcn.kit.management.commands.prepare import STEPS
from mcn.sheets.models import ImportJob, Mapping
from mcn.standards.coverage import rulebooks
from mcn.standards.models import Inspection, StoredFinding
from merchants.models import Application, Contact, Merchant, MerchantCredential, MerchantHold
from products.models import Card, CardVersion, Product, ProductHold, ProductVerification, Sample
from tests.architecture.code import APPS
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db
CATALOGUES = STEPS[1:]  # the tables are there
STAFF, MEMBERS, _STREAMERS = ([row["username"] for row in rows] for rows in demo_data.people())


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The demo, made once for the tests that only look at it; gives what the command said."""
    said, folder = StringIO(), tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        for name in CATALOGUES:
            call_command(name, verbosity=0)
        call_command("seed_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
    }


def states(model) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


def test_merchants_of_ones_own_are_left_alone(settings):
    MerchantFactory()
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert not User.objects.filter(username__in=STAFF).exists()
    assert PASSWORD not in said.getvalue()


def test_production_takes_no_demo_unless_forced(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="生产环境"):
        call_command("seed_demo")


def test_without_catalogues_it_says_what_to_run():
    with pytest.raises(CommandError, match="prepare"):
        call_command("seed_demo")


def test_every_state_is_there_to_be_seen(demo):
    assert Merchant.objects.earliest("id").code == "M0001"
    assert states(Merchant) == set(Merchant.State.values)
    assert Merchant.objects.filter(state=Merchant.State.ADMITTED).count() == 3
    assert Merchant.objects.filter(state=Merchant.State.DRAFT).exclude(comment="").exists()  # sent back
    assert states(Product) == set(Product.State.values)
    assert Product.objects.count() >= 40
    assert Product.objects.filter(state=Product.State.SUBMITTED).count() >= 8
    assert states(CardVersion) == set(CardVersion.State.values)
    assert {MerchantHold.State.APPEALED, MerchantHold.State.ACTIVE} <= states(MerchantHold)
    assert states(ProductHold) == {ProductHold.State.APPEALED, ProductHold.State.ACTIVE}
    assert states(Sample) == set(Sample.State.values)
    assert Application.objects.filter(state=Application.State.RECEIVED).exists()


def test_a_new_version_waits_beside_an_approved_one(demo):
    waiting = Card.objects.filter(versions__state=CardVersion.State.SUBMITTED)
    assert waiting.filter(versions__state=CardVersion.State.APPROVED).exists()


def test_papers_run_out_about_today(demo):
    today = clock.today()
    days = [(paper.valid_to - today).days for paper in MerchantCredential.objects.exclude(valid_to=None)]
    assert any(day < 0 for day in days)
    assert any(0 <= day <= 7 for day in days)
    assert any(7 < day <= 30 for day in days)
    assert ProductVerification.objects.exclude(stale_at=None).filter(superseded_at=None).exists()


def test_nobody_decides_on_what_they_submitted(demo):
    decided = CardVersion.objects.exclude(decided_by=None)
    assert [row.pk for row in decided if row.decided_by_id == row.submitted_by_id] == []
    for model in (Product, Merchant):
        label = model._meta.label_lower
        rows = {row: (verb, by) for row, verb, by in _acts(label, ["approve", "admit", "send_back"])}
        submitted = {row: by for row, _verb, by in _acts(label, ["submit"])}
        assert rows
        assert {row for row, (_verb, by) in rows.items() if submitted[row] == by} == set()


def _acts(label, verbs):
    return (
        Entry.objects.filter(model=label, verb__in=verbs).order_by("id").values_list("row", "verb", "by_id")
    )


def test_a_spreadsheet_was_matched_by_hand_and_imported(demo):
    done = ImportJob.objects.get(state=ImportJob.State.DONE)
    assert (done.rows, done.created, done.refused) == (9, 5, 4)
    assert done.faults
    assert Mapping.objects.get().names.count("price") == 1
    assert ImportJob.objects.filter(state=ImportJob.State.PREVIEWED).exists()


def test_the_pages_of_the_standards_have_figures(demo):
    inspected = set(Inspection.objects.values_list("rulebook", flat=True))
    assert inspected == {rulebook.name for rulebook in rulebooks()}
    assert StoredFinding.objects.count() >= 5


def test_the_trail_is_sealed_in_the_order_of_its_days_and_holds_no_personal_data(demo):
    verdict = chain.verify(at=clock.now())
    assert (verdict.intact, verdict.waiting) == (True, 0)
    moments = list(Entry.objects.filter(by__isnull=False).order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    numbers = {value for row in Contact.objects.all() for value in (row.phone, row.email)}
    numbers |= {row.phone for row in [*Merchant.objects.all(), *Application.objects.all()]}
    assert _found_in(Entry.objects.all(), numbers) == []
    # An owner's name is also that of a login, and the address of a works also stands on its goods.
    private = {value for row in Merchant.objects.all() for value in (row.legal_representative, row.address)}
    private |= {row.name for row in Contact.objects.all()}
    private |= {row.contact_name for row in Application.objects.all()}
    models = ["merchants.merchant", "merchants.contact", "merchants.application"]
    assert _found_in(Entry.objects.filter(model__in=models), private) == []


def _found_in(entries, values):
    told = "\n".join(" ".join(row) for row in entries.values_list("label", "changes", "why"))
    return sorted(value for value in values - {""} if value in told)


@pytest.mark.parametrize("username", STAFF)
def test_staff_log_in_and_see_their_work(demo, username):
    client = Client()
    assert client.login(username=username, password=PASSWORD)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("username", ["admin", "hegui"])
def test_every_pile_leads_to_a_list_of_exactly_its_rows(demo, username):
    client = Client()
    client.login(username=username, password=PASSWORD)
    piles = [pile for column in client.get("/admin/").context["columns"] for pile in column["piles"]]
    listed = {pile.url: client.get(pile.url).context["cl"].result_count for pile in piles}
    assert listed == {pile.url: pile.count for pile in piles}
    assert len(piles) >= 8


@pytest.mark.parametrize("username", MEMBERS)
def test_merchants_people_log_in_to_their_portal(demo, username):
    client = Client()
    assert client.login(username=username, password=PASSWORD)
    assert client.get("/portal/", follow=True).status_code == 200


def test_the_command_tells_every_login(demo):
    assert PASSWORD in demo
    assert [name for name in [*STAFF, *MEMBERS] if f"  {name} " not in demo] == []


def test_a_second_run_changes_nothing(demo):
    before, said = counts(), StringIO()
    call_command("seed_demo", stdout=said)
    assert counts() == before
    assert "没有改动" in said.getvalue()
    assert PASSWORD in said.getvalue()
