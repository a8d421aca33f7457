"""Violations, measures, tiers and the whole story in the admin."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from mcn.evidence.models import Document
from streamers.actions import violation as violation_actions
from streamers.models import (
    ConductMeasure,
    Correction,
    StreamerFigures,
    TierAssessment,
    TierRuleSet,
    Violation,
    ViolationTariff,
)
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import (
    ConductMeasureFactory,
    ConductThresholdFactory,
    CorrectionFactory,
    PlatformFactory,
    StreamerFiguresFactory,
    TierAssessmentFactory,
    TierRuleSetFactory,
    ViolationCodeFactory,
    ViolationFactory,
)
from tests.factories.streamers import StreamerFactory, StreamerHoldFactory


def login(role):
    client = Client()
    client.force_login(StaffFactory(role=role))
    return client


@pytest.fixture
def officer():
    return login("compliance")


@pytest.fixture
def manager():
    return login("streamer_manager")


def page(model, row=None, verb=""):
    where = f"/admin/streamers/{model}/"
    if row is None:
        return where
    return f"{where}{row.pk}/do/{verb}/" if verb else f"{where}{row.pk}/change/"


def test_a_report_is_entered_with_its_file_and_takes_the_tariff():
    client = login("operator")
    given = {
        "streamer": StreamerFactory().pk,
        "code": ViolationCodeFactory().pk,
        "happened_at_0": "2026-03-16",
        "happened_at_1": "09:30:15",
        "place": "抖音 官方直播间",
        "recording_second": "723",
        "description": "口播称“七天见效”",
        "file": pdf(),
    }

    answer = client.post("/admin/streamers/violation/add/", given)

    violation = Violation.objects.get()
    assert answer.status_code == 302
    assert (violation.points, violation.recording_second, violation.state) == (6, 723, "reported")
    assert violation.reported_by.username.startswith("operator")
    assert Document.objects.get(owner_model="streamers.violation").owner_id == violation.pk
    assert client.get(page("violation", violation)).status_code == 200


def test_the_officer_confirms_and_the_verbs_are_buttons(officer):
    violation = ViolationFactory()
    shown = officer.get(page("violation", violation)).content.decode()
    assert "确认违规" in shown
    assert "撤销违规" not in shown

    given = {"severity": "serious", "points": "6", "action": "take_down", "note": ""}
    answer = officer.post(page("violation", violation, "confirm"), given)

    violation.refresh_from_db()
    assert (answer.status_code, violation.state) == (302, "confirmed")


def test_other_points_without_a_reason_come_back_on_the_form(officer):
    violation = ViolationFactory()
    given = {"severity": "minor", "points": "1", "action": "remind", "note": ""}

    answer = officer.post(page("violation", violation, "confirm"), given)

    assert "请说明原因" in answer.content.decode()
    violation.refresh_from_db()
    assert violation.state == "reported"


def test_who_reported_is_refused_on_the_page_and_in_bulk():
    client = login("streamer_manager")
    me = get_user_model().objects.get(username__startswith="streamer_manager")
    own = ViolationFactory(reported_by=me)
    other = ViolationFactory()

    bulk = {"action": "confirm_as_reported", "_selected_action": [own.pk, other.pk]}
    answer = client.post(page("violation"), bulk, follow=True)

    assert set(Violation.objects.values_list("pk", "state")) == {
        (own.pk, "reported"),
        (other.pk, "confirmed"),
    }
    assert "请由同事处理" in answer.content.decode()


def test_an_operator_may_not_confirm():
    client = login("operator")
    violation = ViolationFactory()
    assert client.post(page("violation", violation, "confirm"), {}).status_code in (200, 403)
    client.post(page("violation"), {"action": "confirm_as_reported", "_selected_action": [violation.pk]})

    violation.refresh_from_db()
    assert violation.state == "reported"


def test_appeal_and_answer_on_the_pages(officer):
    violation = ViolationFactory(
        confirmed=True, appeal_until=datetime.date(2099, 1, 1), decided_by=StaffFactory()
    )
    officer.post(
        page("violation", violation, "appeal"), {"appeal": "有报告", "note": "来电", "file": pdf("r.pdf")}
    )
    officer.post(page("violation", violation, "overturn"), {"note": "报告属实"})

    violation.refresh_from_db()
    assert (violation.state, violation.answer) == ("overturned", "报告属实")
    assert "r.pdf" in officer.get(page("violation", violation)).content.decode()


def test_a_colleagues_report_is_decided_on_and_not_rewritten(officer):
    violation = ViolationFactory(reported_by=StaffFactory(role="operator"))
    shown = officer.get(page("violation", violation)).content.decode()
    assert 'name="description"' not in shown
    assert page("violation", violation, "confirm") in shown


def test_a_confirmed_violation_is_only_read(officer):
    violation = ViolationFactory(confirmed=True)
    given = {"description": "改写"}

    assert officer.post(page("violation", violation), given).status_code == 403
    assert "口播称" in officer.get(page("violation", violation)).content.decode()


def test_measures_and_corrections_are_decided_on_their_pages(officer):
    measure, correction = ConductMeasureFactory(), CorrectionFactory()

    officer.post(page("conductmeasure", measure, "take"), {"note": ""})
    officer.post(page("correction", correction, "close"), {"note": "已当场更正"})

    measure.refresh_from_db()
    correction.refresh_from_db()
    assert (measure.state, measure.hold.kind) == (ConductMeasure.State.TAKEN, "hold")
    assert correction.state == Correction.State.CLOSED


def test_a_tariff_is_added_from_a_day_on(officer):
    code = ViolationCodeFactory()
    old = code.tariffs.get()
    given = {
        "clause": code.clause,
        "name": code.name,
        "told": code.told,
        "place": "1",
        "opened_version": code.version,
        "tariffs-TOTAL_FORMS": "2",
        "tariffs-INITIAL_FORMS": "1",
        "tariffs-0-id": old.pk,
        "tariffs-0-code": code.pk,
        "tariffs-0-valid_from": "2020-01-01",
        "tariffs-0-severity": "serious",
        "tariffs-0-points": "6",
        "tariffs-0-action": "take_down",
        "tariffs-0-source": "测试",
        "tariffs-1-code": code.pk,
        "tariffs-1-valid_from": "2026-04-01",
        "tariffs-1-severity": "grave",
        "tariffs-1-points": "12",
        "tariffs-1-action": "stop",
        "tariffs-1-source": "合规会议",
    }
    answer = officer.post(page("violationcode", code), given)

    assert answer.status_code == 302, answer.content.decode()
    assert ViolationTariff.objects.filter(code=code).count() == 2
    assert violation_actions.tariff(code, DAY) == old


def test_figures_are_entered(manager):
    platform, streamer = PlatformFactory(), StreamerFactory()
    given = {"streamer": streamer.pk, "platform": platform.pk, "day": "2026-03-01", "followers": "12000"}

    manager.post("/admin/streamers/streamerfigures/add/", given)

    figures = StreamerFigures.objects.get()
    assert (figures.followers, figures.sales, figures.source) == (12_000, None, "entered")


def test_an_assessment_explains_every_component_and_draws_the_months(officer):
    streamer = StreamerFactory()
    TierAssessmentFactory(streamer=streamer, month=datetime.date(2026, 1, 1))
    assessment = TierAssessmentFactory(streamer=streamer, inputs={"sales": None})

    shown = officer.get(page("tierassessment", assessment)).content.decode()

    assert "150,000" in shown
    assert "无数据" in shown
    assert "缺少近30天成交额" in shown
    assert "data-chart" in shown


def test_tiers_are_approved_in_bulk_and_adjusted_with_a_reason(officer):
    first, second = TierAssessmentFactory(), TierAssessmentFactory()
    bulk = {"action": "approve", "_selected_action": [first.pk, second.pk]}
    officer.post(page("tierassessment"), bulk)
    other = login("compliance")
    other.post(page("tierassessment", second, "adjust"), {"grade": "A", "note": "重点品类"})

    assert list(TierAssessment.objects.order_by("pk").values_list("state", "grade")) == [
        ("approved", "S"),
        ("adjusted", "A"),
    ]


def test_a_rule_set_is_copied_and_shows_what_is_missing(officer):
    rule_set = TierRuleSetFactory()
    officer.post(page("tierruleset", rule_set, "copy"), {"name": "2026 年下半年", "valid_from": "2026-07-01"})
    draft = TierRuleSet.objects.get(state="draft")

    assert draft.bands.count() == 9
    assert officer.get(page("tierruleset", draft)).status_code == 200
    bare = TierRuleSetFactory(parts=False, state="draft", valid_from=DAY)
    assert "没有从 0 起的分档" in officer.get(page("tierruleset", bare)).content.decode()


@pytest.mark.parametrize(
    ("model", "make"),
    [
        ("violation", ViolationFactory),
        ("correction", CorrectionFactory),
        ("conductmeasure", ConductMeasureFactory),
        ("streamerfigures", StreamerFiguresFactory),
        ("tierassessment", TierAssessmentFactory),
    ],
)
def test_a_list_of_six_takes_as_many_queries_as_of_one(officer, model, make, django_assert_max_num_queries):
    make()
    officer.get(page(model))
    with django_assert_max_num_queries(40) as one:
        officer.get(page(model))
    for _ in range(5):
        make()
    with django_assert_max_num_queries(40) as six:
        answer = officer.get(page(model))

    assert answer.status_code == 200
    assert len(six) == len(one)


def test_a_streamers_page_leads_to_the_whole_story(officer):
    violation = ViolationFactory()
    streamer = violation.streamer
    StreamerHoldFactory(streamer=streamer)
    stranger = ViolationFactory(description="别人的事")
    violation_actions.confirm(violation, by=StaffFactory(role="compliance"), at=AT, note="核实")
    story = f"/admin/streamers/streamer/{streamer.pk}/story/"

    assert story in officer.get(page("streamer", streamer)).content.decode()
    shown = officer.get(story).content.decode()

    for told in ["待确认 → 已确认", "核实", "虚假误导信息：口播称“七天见效”", "停播整改", "已确认"]:
        assert told in shown
    assert stranger.description not in shown


def test_the_story_is_paged_and_takes_constant_queries(officer, django_assert_max_num_queries):
    streamer = StreamerFactory()
    ViolationFactory(streamer=streamer, confirmed=True)
    TierAssessmentFactory(streamer=streamer)
    story = f"/admin/streamers/streamer/{streamer.pk}/story/"
    officer.get(story)
    with django_assert_max_num_queries(40) as one:
        officer.get(story)
    for _ in range(60):
        ViolationFactory(streamer=streamer, confirmed=True)
    with django_assert_max_num_queries(40) as sixty:
        answer = officer.get(story)

    assert len(sixty) == len(one)
    assert "1 / 2" in answer.content.decode()
    assert officer.get(f"{story}?p=2").status_code == 200
    assert officer.get("/admin/streamers/streamer/999999/story/").status_code == 404


def test_the_threshold_that_blacklists_by_itself_is_refused(officer):
    given = {
        "kind": "blacklist",
        "points": "24",
        "automatic": "on",
        "valid_from": "2026-01-01",
        "source": "x",
    }

    answer = officer.post("/admin/streamers/conductthreshold/add/", given)

    assert "拉黑须由人决定" in answer.content.decode()
    assert ConductThresholdFactory._meta.model.objects.count() == 0


def test_what_is_left_to_the_tariff_is_stored_as_the_tariff_says():
    client = login("operator")
    form = client.get("/admin/streamers/violation/add/").context["adminform"].form
    assert [form[name].value() for name in ("severity", "action")] == ["", ""]
    assert form.fields["severity"].choices[0] == ("", "按扣分标准")
    given = {
        "streamer": StreamerFactory().pk,
        "code": ViolationCodeFactory().pk,
        "happened_at_0": "2026-03-16",
        "happened_at_1": "09:30:15",
        "description": "口播称“七天见效”",
        "severity": "",
        "points": "",
        "action": "",
    }

    client.post("/admin/streamers/violation/add/", given)

    violation, tariff = Violation.objects.get(), ViolationTariff.objects.get()
    assert (violation.severity, violation.points, violation.action) == (
        tariff.severity,
        tariff.points,
        tariff.action,
    )
    assert violation.severity != "minor"


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("tierassessment", "请先录入或导入主播数据"),
        ("correction", "确认违规后自动生成"),
        ("conductmeasure", "达到阈值后自动生成"),
        ("attempt", "学员交卷后出现在这里"),
    ],
)
def test_an_empty_list_says_what_makes_rows_appear(model, told):
    shown = login("administrator").get(f"/admin/streamers/{model}/").content.decode()
    assert told in shown
    assert "可以新增一条" not in shown
    assert (
        "没有符合条件"
        in login("administrator").get(f"/admin/streamers/{model}/?state__exact=x").content.decode()
    )


@pytest.mark.parametrize("asked", ["5.2.3.3 d", "DB4401 5.2.3.3 D"])
def test_a_clause_named_in_full_is_found_alone(officer, asked):
    for letter in "abd":
        ViolationCodeFactory(clause=f"DB4401 5.2.3.3 {letter}")

    def found(term):
        rows = officer.get("/admin/streamers/violationcode/", {"q": term}).context["cl"].result_list
        return sorted(row.clause[-1] for row in rows)

    assert found(asked) == ["d"]
    assert found("5.2.3.3") == ["a", "b", "d"]
