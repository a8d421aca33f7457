"""Warnings set aside: with a reason, by whom it was entrusted to, never what must be so."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import show as show_actions
from streamers.actions import waiver as waivers
from streamers.models import ServicePlan, Show, Waiver
from streamers.rules import go_live
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.shows import EVENING, ShowFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
CLAUSE = "DB4401 6.2.1 b"
WHY = "商家首播，评估安排在播后三日内补做"


@pytest.fixture
def show():
    """A show of which one plan was not assessed: a warning, and nothing that blocks."""
    made = ShowFactory()
    ServicePlan.objects.update(rating="")
    return made


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


@pytest.mark.clause("LSMS 6.2 f")
def test_a_warning_is_set_aside_and_frozen_with_its_reason(show, officer):
    assert [finding.clause for finding in go_live.report(show).warnings] == [CLAUSE]

    waivers.waive(show, clause=CLAUSE, note=WHY, by=officer, at=AT)

    report = go_live.report(show)
    assert (report.warnings, [finding.waiver.reason for finding in report.waived]) == ([], [WHY])
    show_actions.clear(show, by=None, at=AT)
    show_actions.start(show, by=None, at=EVENING)
    facts = show.record.facts
    assert facts["findings"][0]["waiver"]["reason"] == WHY
    assert facts["parts"]["streamers.waiver"][0]["clause"] == CLAUSE


def test_what_must_be_so_is_never_set_aside(show, officer):
    ServicePlan.objects.update(seats=0, seats_trained=0)

    with pytest.raises(Refused, match="必须"):
        waivers.waive(show, clause="DB4401 6.2.2 b", note=WHY, by=officer, at=AT)

    # Not even by a row in the table: what blocks reads no waiver.
    [blocker] = go_live.report(show).blockers
    row = {**blocker.as_dict()["subject"], "message": ""}
    Waiver.objects.create(show=show, clause=blocker.clause, rows=[row], reason=WHY, waived_at=AT)
    assert [finding.clause for finding in go_live.report(show).blockers] == [blocker.clause]


def test_a_warning_at_another_row_is_a_warning_again(show, officer):
    waivers.waive(show, clause=CLAUSE, note=WHY, by=officer, at=AT)
    plan = ServicePlan.objects.get()
    ServicePlan.objects.update(state=ServicePlan.State.SUPERSEDED)
    plan.pk, plan.number, plan.state = None, 2, ServicePlan.State.AGREED
    plan.save(force_insert=True)

    assert CLAUSE in {finding.clause for finding in go_live.report(show).warnings}


def refused(show, problem, **given):
    with pytest.raises(problem):
        waivers.waive(show, **{"clause": CLAUSE, "note": WHY, "by": None, "at": AT, **given})


def test_it_is_refused_without_permission_to_the_planner_twice_and_once_live(show, officer):
    refused(show, Denied, by=StaffFactory(role="operator"))
    refused(show, Refused, clause="LSMS 5.4")  # nothing of it stands
    Show.objects.update(planned_by=officer)
    refused(show, Denied, by=officer)
    Show.objects.update(planned_by=None, state=Show.State.LIVE)
    refused(show, WrongState, by=officer)
    Show.objects.update(state=Show.State.PLANNED)
    waiver = waivers.waive(show, clause=CLAUSE, note=WHY, by=officer, at=AT)
    refused(show, Refused, by=officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(reason="改写")


def test_the_admin_offers_it_at_the_gate_and_shows_who_did(show, officer):
    client = Client()
    client.force_login(officer)
    page = reverse("admin:streamers_show_change", args=[show.pk])
    verb = reverse("admin:streamers_show_verb", args=[show.pk, "waive"])

    assert f"{verb}?clause=DB4401%206.2.1%20b" in client.get(page).content.decode()
    assert "请填写" not in client.get(f"{verb}?clause={CLAUSE}").content.decode()
    assert client.post(verb, {"clause": CLAUSE, "note": ""}).status_code == 200
    assert client.post(verb, {"clause": CLAUSE, "note": WHY}).status_code == 302

    shown = client.get(page).content.decode()
    assert f"{verb}?clause" not in shown
    assert shown.count(WHY) >= 2  # at the gate and in the list below the plan


def test_the_api_sets_aside_and_tells_of_it(show, officer):
    api = client_of(officer)
    address = f"/api/v1/shows/{show.pk}/"
    given = {"clause": CLAUSE, "note": WHY}

    assert api.post(f"{address}waive/", {"clause": CLAUSE}, format="json").status_code == 400
    assert api.post(f"{address}waive/", given, format="json").status_code == 200
    [party] = api.get(f"{address}blockers/").json()["parties"]
    assert (party["warnings"], party["findings"][0]["waiver"]["reason"]) == (0, WHY)
    assert (
        client_of(StaffFactory(role="operator")).post(f"{address}waive/", given, format="json").status_code
        == 403
    )
