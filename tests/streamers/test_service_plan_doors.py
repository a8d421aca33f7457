"""Service plans at the doors of staff: the API, the admin, the start page."""

import pytest
from django.test import Client

from streamers.models import ServicePlan
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import ShowFactory
from tests.kit.api_suite import ResourceSuite, client_of

API = "/api/v1/service-plans/"
ADMIN = "/admin/streamers/serviceplan/"


def bare_show(**given):
    """A show without anybody before or behind the camera."""
    return ShowFactory(**{"cast": False, "crew": False, "plans": False} | given)


def bare_plan(**given):
    """A plan of a merchant without papers, for a show without goods."""
    given = {"state": "draft", "lines": False} | given
    return ServicePlanFactory(show=bare_show(items=0), merchant=MerchantFactory(papers=False), **given)


class TestServicePlanApi(ResourceSuite):
    path = API
    role = "operator"
    change = {"carrier": "中通快递"}
    wrong = {"return_way": "nonsense"}

    def make(self):
        return bare_plan()

    def fresh(self):
        show = bare_show()
        return {"show": show.pk, "merchant": show.items.get().product.merchant_id, "carrier": "圆通"}


@pytest.fixture
def show(db):
    return bare_show()


@pytest.fixture
def merchant(show):
    return show.items.get().product.merchant


@pytest.fixture
def owner(merchant):
    return client_of(MerchantUserFactory(merchant=merchant))


@pytest.fixture
def staff(db):
    client = Client()
    client.force_login(StaffFactory(role="operator"))
    return client


def do(client, url, body=None, status=200):
    answer = client.post(url, body or {}, format="json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_both_sides_agree_by_programs(show, merchant, owner):
    plan = do(owner, API, {"show": show.pk, "merchant": merchant.pk}, 201)
    url = f"{API}{plan['id']}/"
    blockers = owner.get(f"{url}blockers/").json()
    assert {finding["clause"] for finding in blockers["findings"] if finding["level"] == "shall"} == {
        "DB4401 6.2.2 a",
        "DB4401 6.2.2 b",
    }
    words = {
        "ship_hours": 24,
        "carrier": "顺丰速运",
        "return_way": "insured",
        "return_hours": 48,
        "complaint_process": "客服受理，主管核实后反馈",
        "complaint_hours": 24,
        "seats": 2,
    }
    owner.patch(url, words, format="json", HTTP_IF_MATCH="*")
    line = {"line": plan["lines"][0]["id"], "spot": 120}
    assert do(owner, f"{url}quantities/", {"lines": [line]})["lines"][0]["spot"] == 120
    assert do(owner, f"{url}submit/")["state"] == "submitted"
    do(owner, f"{url}agree/", status=403)

    operator = client_of(StaffFactory(role="operator"))
    do(operator, f"{url}assess/", {"rating": "sufficient", "opinion": "席位充足"})
    agreed = do(operator, f"{url}agree/")

    assert (agreed["state"], agreed["reasoning"]["seats"], agreed["open_moves"]) == ("agreed", 1, [])
    assert do(owner, API, {"show": show.pk, "merchant": merchant.pk}, 201)["number"] == 2


def test_a_line_of_another_plan_is_refused(owner, show, merchant):
    plan, other = ServicePlanFactory(show=show, state="draft"), bare_show()
    line = ServicePlanFactory(show=other, state="draft").lines.get()
    body = {"lines": [{"line": line.pk, "spot": 1}]}
    assert "没有这些明细行" in str(do(owner, f"{API}{plan.pk}/quantities/", body, 400))


def test_the_page_tells_how_the_seats_follow_and_takes_changes(staff, show):
    plan = ServicePlanFactory(show=show, state="draft")
    line = plan.lines.get()
    page = f"{ADMIN}{plan.pk}/change/"
    shown = staff.get(page)
    assert "Erlang C" in shown.content.decode()

    given = {
        name: value for name, value in shown.context["adminform"].form.initial.items() if value is not None
    }
    given |= {
        "carrier": "京东物流",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "1",
        "lines-0-id": line.pk,
        "lines-0-plan": plan.pk,
        "lines-0-spot": "250",
        "lines-0-presale": "0",
        "lines-0-ships_on": "",
        "lines-0-opened_version": line.version,
    }
    answer = staff.post(page, {name: value for name, value in given.items() if value is not False})

    plan.refresh_from_db()
    assert answer.status_code == 302, answer.context["errors"]
    assert (plan.carrier, plan.lines.get().spot) == ("京东物流", 250)
    assert plan.reasoning["lines"][0]["spot"] == 250


def test_a_plan_is_begun_agreed_and_amended_on_its_pages(staff, show, merchant):
    assert (
        f'value="{merchant.pk}" selected' in staff.get(f"{ADMIN}add/?merchant={merchant.pk}").content.decode()
    )
    staff.post(f"{ADMIN}add/", {"show": show.pk, "merchant": merchant.pk})
    answer = staff.post(f"/admin/streamers/show/{show.pk}/do/ask_plans/", {"note": ""})
    assert answer.status_code == 302
    assert ServicePlan.objects.get().lines.count() == 1
    ServicePlan.objects.update(state="superseded", submitted_at=AT, decided_at=AT)

    plan = ServicePlanFactory(show=show, number=2, state="submitted", submitted_at=AT, rating="")
    verb = f"{ADMIN}{plan.pk}/do/"
    staff.post(f"{verb}assess/", {"rating": "conditional", "opinion": "晚间需加一席"})
    assert staff.post(f"{verb}agree/", {"note": ""}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.rating) == ("agreed", "conditional")
    shown = staff.get(f"{ADMIN}{plan.pk}/change/").content.decode()
    assert f"{verb}amend/" in shown
    assert f"{verb}agree/" not in shown

    staff.post(f"{verb}amend/", {"note": ""})
    assert ServicePlan.objects.filter(state="draft").values_list("number", flat=True).get() == 3


def test_what_waits_for_agreement_is_on_the_start_page(staff):
    bare_plan(state="submitted", submitted_at=AT)
    shown = staff.get("/admin/").content.decode()
    assert "待确认的服务方案" in shown
    assert f"{ADMIN}?state__exact=submitted" in shown


def test_a_list_of_six_takes_as_many_queries_as_of_one(staff, django_assert_max_num_queries):
    bare_plan()
    staff.get(ADMIN)
    with django_assert_max_num_queries(40) as one:
        staff.get(ADMIN)
    for _ in range(5):
        bare_plan()
    with django_assert_max_num_queries(40) as many:
        assert staff.get(ADMIN).status_code == 200
    assert len(many) == len(one)
