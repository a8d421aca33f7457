"""The pages on which a show is made ready, and what each role may do there."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.kit import records
from streamers.models import CastReview, IdentityReport, Rehearsal, Script, ShowCheck
from tests.factories import AT, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.preparation import WORDS, ScriptFactory
from tests.factories.shows import ShowFactory

pytestmark = pytest.mark.django_db


def login(role):
    client = Client()
    client.force_login(StaffFactory(role=role))
    return client


@pytest.fixture(autouse=True)
def morning():
    """The morning before the show."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def show():
    return ShowFactory(prepared=False)


def text(answer):
    return answer.content.decode()


def test_all_items_are_answered_on_one_page(show):
    client, url = login("operator"), reverse("admin:streamers_showcheck_show", args=[show.pk])
    assert "未检查" in text(client.get(url))

    wrong = client.post(url, {"set_outcome": "bad"})
    assert (wrong.status_code, "请说明检查发现的情况" in text(wrong)) == (200, True)
    given = {
        "rest_good": "on",
        "set_outcome": "bad",
        "set_note": "背景板有“最”字",
        "equipment_note": "两机位",
        "venue_file": pdf(),
        "venue_outcome": "good",
    }
    assert client.post(url, given).status_code == 302

    assert ShowCheck.objects.filter(show=show, outcome="good").count() == 8
    assert "背景板有“最”字" in text(client.get(url))
    assert ShowCheck.objects.get(item="venue").document.latest
    row = ShowCheck.objects.get(item="set")
    assert client.get(reverse("admin:streamers_showcheck_change", args=[row.pk])).status_code == 200


def test_who_may_only_look_changes_nothing(show):
    client = login("auditor")
    for name in ("showcheck", "castreview"):
        url = reverse(f"admin:streamers_{name}_show", args=[show.pk])
        assert client.get(url).status_code == 200
    url = reverse("admin:streamers_showcheck_show", args=[show.pk])
    assert client.post(url, {"rest_good": "on"}).status_code == 403
    assert not ShowCheck.objects.exists()
    assert client.get(reverse("admin:streamers_showcheck_show", args=[0])).status_code == 404


def test_a_review_handed_in_on_paper_is_entered_with_it(show):
    client, host, item = login("operator"), show.cast.get(), show.items.get()
    overview = reverse("admin:streamers_castreview_show", args=[show.pk])
    url = reverse("admin:streamers_castreview_record", args=[show.pk, host.streamer_id, item.product_id])
    assert url in text(client.get(overview))
    assert item.product.producer in text(client.get(url))

    assert "签字" in text(client.post(url, {"all": "good"}))
    assert client.post(url, {"all": "good", "file": pdf()}).status_code == 302

    row = CastReview.objects.get()
    assert row.document.latest
    assert "已自查" in text(client.get(overview))
    assert client.get(reverse("admin:streamers_castreview_change", args=[row.pk])).status_code == 200
    assert login("auditor").get(url).status_code == 403


def test_a_script_goes_from_its_writer_to_another(show):
    writer, officer = login("operator"), login("compliance")
    add = reverse("admin:streamers_script_add") + f"?show={show.pk}"
    assert writer.get(add).status_code == 200
    answer = writer.post(add, {"show": show.pk, "product": "", "text": WORDS + "这是全网最低价。"})
    assert answer.status_code == 302
    row = Script.objects.get()
    writer.post(f"/admin/streamers/script/{row.pk}/do/submit/", {"note": ""})

    page = text(officer.get(reverse("admin:streamers_script_change", args=[row.pk])))
    assert "<mark" in page
    refused = officer.post(f"/admin/streamers/script/{row.pk}/do/approve/", {"note": ""})
    assert refused.status_code == 422
    officer.post(f"/admin/streamers/script/{row.pk}/do/send_back/", {"note": "删去最低价"})
    row.refresh_from_db()
    assert (row.state, row.comment) == ("returned", "删去最低价")
    assert "删去最低价" in text(writer.get(reverse("admin:streamers_script_change", args=[row.pk])))


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (
            Rehearsal,
            {"held_at_0": "2026-03-16", "held_at_1": "09:00", "with_cast": "on", "outcome": "passed"},
        ),
        (IdentityReport, {"reported_on": "2026-03-16", "receipt": "SF-1"}),
    ],
    ids=["rehearsal", "identity report"],
)
def test_a_record_is_entered_once_and_read_afterwards(show, model, given):
    client, name = login("operator"), f"admin:streamers_{model._meta.model_name}"
    assert client.get(f"{reverse(f'{name}_add')}?show={show.pk}").status_code == 200
    answer = client.post(reverse(f"{name}_add"), {"show": show.pk, **given, "file": pdf()})
    assert answer.status_code == 302, text(answer)

    page = client.get(reverse(f"{name}_change", args=[model.objects.get().pk]))
    assert (page.status_code, "scan.pdf" in text(page), 'name="_save"' in text(page)) == (200, True, False)


@pytest.mark.parametrize("name", ["showcheck", "castreview", "script", "rehearsal", "identityreport"])
def test_a_longer_list_asks_no_more_queries(name, django_assert_max_num_queries):
    client, url = login("auditor"), reverse(f"admin:streamers_{name}_changelist")
    ShowFactory()
    client.get(url)
    with django_assert_max_num_queries(60) as one:
        assert client.get(url).status_code == 200
    ShowFactory()
    with django_assert_max_num_queries(len(one)):
        client.get(url)


def test_scripts_to_approve_wait_on_the_start_page():
    ScriptFactory(state=Script.State.SUBMITTED, submitted_at=AT)
    wrong = CastReview.objects.get(show=ShowFactory())
    wrong.answers, wrong.note = wrong.answers | {"price": "bad"}, "与样品标价不符"
    records.save(wrong, by=None, at=AT)

    page = text(login("compliance").get("/admin/"))
    assert ("待审批的脚本" in page, "主播自查发现不符" in page) == (True, True)


def test_a_shows_page_leads_to_all_that_is_made_ready_for_it(show):
    page = text(login("operator").get(reverse("admin:streamers_show_change", args=[show.pk])))
    places = [
        reverse("admin:streamers_showcheck_show", args=[show.pk]),
        reverse("admin:streamers_castreview_show", args=[show.pk]),
        f"{reverse('admin:streamers_script_changelist')}?show__id__exact={show.pk}",
        f"{reverse('admin:streamers_rehearsal_add')}?show={show.pk}",
        f"{reverse('admin:streamers_identityreport_add')}?show={show.pk}",
    ]
    assert [place for place in places if place not in page] == []
    assert login("operator").get(places[2]).status_code == 200
