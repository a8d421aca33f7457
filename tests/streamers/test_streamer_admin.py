"""The streamer managers' pages: what they show, what they mask, and that they do no more than verbs allow."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.audit.models import Entry
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Work
from streamers.admin.running_out import work as running_out
from streamers.admin.start import work
from streamers.models import CapacityRecord, Consent, PlatformAccount, Streamer, StreamerHold
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    SatisfactionSurveyFactory,
    StreamerFactory,
    StreamerHoldFactory,
    StreamerVerificationFactory,
    id_number,
    platform,
)
from tests.merchants.test_merchant_admin import form_of, text
from tests.streamers.test_hosting_rules import MINOR, changed

State = Streamer.State
NUMBER = id_number(321)
MAKE = {
    "streamer": lambda: StreamerFactory(verified=False),
    "platformaccount": PlatformAccountFactory,
    "streamerverification": StreamerVerificationFactory,
    "capacityrecord": CapacityRecordFactory,
    "streamerhold": StreamerHoldFactory,
    "satisfactionsurvey": SatisfactionSurveyFactory,
}
SECRETS = ["林晓鹿", "体育西路", "138000", "19980520", "1998-05-20", "林大山", "13700137000"]
MOST_QUERIES = 6
every_model = pytest.mark.parametrize("name", MAKE)


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


def browser(role):
    """A signed-in browser of a member of staff."""
    client = Client()
    client.force_login(StaffFactory(role=role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def manager():
    return browser("streamer_manager")


def page(name, kind, *args):
    return reverse(f"admin:streamers_{name}_{kind}", args=args)


@every_model
def test_a_list_takes_few_queries_whatever_its_length(manager, name, django_assert_max_num_queries):
    for _number in range(4):
        MAKE[name]()
    manager.get(page(name, "changelist"))
    with django_assert_max_num_queries(MOST_QUERIES + 3):  # the session, the person and their rights
        answer = manager.get(page(name, "changelist"))
    assert answer.status_code == 200
    assert not [secret for secret in SECRETS if secret in text(answer)]


@every_model
@pytest.mark.parametrize("role", ["streamer_manager", "auditor"])
def test_a_rows_page_is_there_and_masks_personal_data(name, role):
    row = MAKE[name]()
    answer = browser(role).get(page(name, "change", row.pk))
    assert answer.status_code == 200
    assert not [secret for secret in SECRETS if secret in text(answer)]


@every_model
def test_a_merchants_user_does_not_enter(name):
    client = Client()
    client.force_login(MerchantUserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in (page(name, "changelist"), page(name, "change", MAKE[name]().pk)):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    "asked",
    [NUMBER, NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:]}", "13800138000", "王小鹿", "红豆", "hd", "S0777"],
)
def test_a_streamer_is_found_by_words_and_by_whole_personal_values(manager, asked):
    known = {"id_number": NUMBER, "phone": "13800138000", "name": "王小鹿"}
    StreamerFactory(verified=False, code="S0777", stage_name="红豆", **known)
    StreamerFactory(verified=False, stage_name="绿茶", name="别的人")
    found = text(manager.get(page("streamer", "changelist"), {"q": asked}))
    assert "红豆" in found
    assert "绿茶" not in found


def test_a_part_of_a_number_finds_nobody(manager):
    StreamerFactory(verified=False, code="S0777", stage_name="红豆", id_number=NUMBER)
    for asked in (NUMBER[:14], NUMBER[6:14]):
        assert "红豆" not in text(manager.get(page("streamer", "changelist"), {"q": asked}))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"age": "minor"}, ["seventeen", "consented"]),
        ({"age": "unconsented"}, ["seventeen"]),
        ({"age": "young"}, ["child"]),
        ({"age": "adult"}, ["grown"]),
        ({"expiry": "last"}, []),
        ({"expiry": "soon"}, ["consented"]),
        ({"expiry": "expired"}, ["grown"]),
        ({"kind__exact": "natural", "state__exact": "active"}, ["grown", "child", "seventeen", "consented"]),
    ],
    ids=str,
)
def test_the_list_is_narrowed(manager, query, shown):
    grown = StreamerFactory(stage_name="grown", verified=False)
    StreamerVerificationFactory(streamer=grown, next_due_on=DAY - datetime.timedelta(days=1))
    StreamerFactory(stage_name="child", verified=False, born_on=datetime.date(2010, 3, 16))
    StreamerFactory(stage_name="seventeen", verified=False, born_on=MINOR)
    consented = StreamerFactory(stage_name="consented", verified=False, born_on=MINOR)
    ConsentFactory(streamer=consented, valid_to=DAY + datetime.timedelta(days=20))
    found = text(manager.get(page("streamer", "changelist"), query))
    assert [name for name in ("grown", "child", "seventeen", "consented") if f">{name}<" in found] == shown


def test_the_page_shows_at_a_glance_what_is_missing(manager):
    streamer = StreamerFactory(state=State.APPLIED, born_on=MINOR, verified=False)
    ConsentFactory(streamer=streamer, state=Consent.State.REVOKED)
    found = text(manager.get(page("streamer", "change", streamer.pk)))
    for said in ("2027-01-02 前为未成年人", "监护人已撤回同意", "平台账号：尚未核验", "完全民事行为能力"):
        assert said in found
    for link in (
        page("streamer", "verb", streamer.pk, "verify"),
        page("streamer", "verb", streamer.pk, "accept"),
        f"{page('consent', 'add')}?streamer={streamer.pk}",
        f"{page('capacityrecord', 'add')}?streamer={streamer.pk}",
    ):
        assert link in found
    for verb in ("activate", "resume", "check_real_name", "reopen"):
        assert page("streamer", "verb", streamer.pk, verb) not in found


@pytest.mark.parametrize("state", State)
def test_the_page_is_there_in_every_state(manager, state):
    streamer = StreamerFactory(state=state)
    answer = manager.get(page("streamer", "change", streamer.pk))
    assert answer.status_code == 200


def test_an_auditor_sees_no_verb():
    streamer = StreamerFactory(verified=False, state=State.APPLIED)
    found = text(browser("auditor").get(page("streamer", "change", streamer.pk)))
    assert page("streamer", "verb", streamer.pk, "accept") not in found


def test_a_streamer_is_entered_with_an_account(manager):
    data = form_of(manager.get(page("streamer", "add"))) | {
        "kind": "natural",
        "engagement": "signed",
        "document_type": "resident_id",
        "stage_name": "新主播",
        "name": "陈新",
        "id_number": NUMBER,
        "accounts-TOTAL_FORMS": "1",
        "accounts-0-platform": platform("douyin", "抖音").pk,
        "accounts-0-account": "xinzhubo",
    }
    answer = manager.post(page("streamer", "add"), data)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    streamer = Streamer.objects.get()
    assert (streamer.code, streamer.state, streamer.id_number) == ("S0001", State.DRAFT, NUMBER)
    assert streamer.accounts.get().account == "xinzhubo"


def test_an_odd_number_is_saved_and_told(manager):
    streamer = StreamerFactory(verified=False, state=State.DRAFT)
    path = page("streamer", "change", streamer.pk)
    data = form_of(manager.get(path)) | {"id_number": "810000199805200010"}
    answer = manager.post(path, data, follow=True)
    assert "请与证件原件核对" in " ".join(str(said) for said in answer.context["messages"])
    assert Streamer.objects.get().id_number == "810000199805200010"


def test_saving_a_page_untouched_changes_nothing(manager):
    streamer = StreamerFactory()
    path = page("streamer", "change", streamer.pk)
    before = Entry.objects.count()
    assert manager.post(path, form_of(manager.get(path))).status_code == 302
    assert Streamer.objects.get().name == "林晓鹿"
    assert Entry.objects.count() == before


def answers(**given):
    items = ("identity", "contact", "accounts", "record", "post")
    return {f"{item}_method": "document" for item in items} | given


def test_items_are_answered_from_one_form(manager):
    streamer = StreamerFactory(verified=False, state=State.APPLIED)
    path = page("streamer", "verb", streamer.pk, "verify")
    wrong = manager.post(path, answers(identity_outcome="good", identity_note="看过", record_outcome="bad"))
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == {"identity_file", "record_note"}

    good = answers(
        identity_outcome="good",
        identity_file=pdf(),
        contact_outcome="good",
        contact_note="电话核实",
        accounts_outcome="not_applicable",
        accounts_note="暂无账号",
    )
    assert manager.post(path, good).status_code == 302
    assert {row.item: row.outcome for row in streamer.verifications.all()} == {
        "identity": "good",
        "contact": "good",
        "accounts": "not_applicable",
    }


def test_the_real_name_is_checked_where_somebody_can_be_asked(manager, settings):
    settings.MCN_REAL_NAME = {**settings.MCN_REAL_NAME, "provider": "recorded"}
    streamer = StreamerFactory(verified=False, state=State.APPLIED)
    path = page("streamer", "verb", streamer.pk, "check_real_name")
    assert path in text(manager.get(page("streamer", "change", streamer.pk)))
    answer = manager.post(path, {"note": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    assert streamer.verifications.get().provider == "recorded"


def test_a_refusal_shows_its_findings(manager):
    streamer = StreamerFactory(verified=False, state=State.TRAINED)
    answer = manager.post(page("streamer", "verb", streamer.pk, "activate"), {"note": ""})
    assert answer.status_code == 422
    assert "实名身份：尚未核验" in text(answer)


def test_many_are_let_on_camera_at_once(manager):
    ready, unready = (
        StreamerFactory(state=State.TRAINED),
        StreamerFactory(state=State.TRAINED, verified=False),
    )
    data = {"action": "activate", "_selected_action": [ready.pk, unready.pk]}
    manager.post(page("streamer", "changelist"), data)
    assert [Streamer.objects.get(pk=row.pk).state for row in (ready, unready)] == ["active", "trained"]


def test_personal_data_is_seen_in_clear_only_with_a_reason(manager):
    streamer = StreamerFactory(verified=False, id_number=NUMBER)
    path = page("streamer", "reveal", streamer.pk)
    assert NUMBER not in text(manager.post(path, {"field": "id_number", "why": ""}))
    assert NUMBER in text(manager.post(path, {"field": "id_number", "why": "平台报备核对"}))
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.why) == ("reveal", "平台报备核对")
    assert browser("auditor").get(path).status_code == 404


def test_a_record_of_capacity_is_made_with_its_evidence(manager):
    streamer = StreamerFactory(verified=False, born_on=MINOR)
    path = f"{page('capacityrecord', 'add')}?streamer={streamer.pk}"
    assert str(streamer) in text(manager.get(path))
    data = {"streamer": streamer.pk, "grounds": "工资", "valid_from": "2026-03-16", "valid_to": "2026-12-31"}
    assert manager.post(path, data).status_code == 200
    assert manager.post(path, data | {"file": pdf()}).status_code == 302
    made = CapacityRecord.objects.get()
    assert made.covers(DAY)
    manager.post(page("capacityrecord", "verb", made.pk, "withdraw"), {"note": "离职"})
    assert not CapacityRecord.objects.get().covers(DAY)


def test_an_account_is_given_up_on_its_page(manager):
    account = PlatformAccountFactory()
    manager.post(page("platformaccount", "verb", account.pk, "end"), {"note": ""})
    assert PlatformAccount.objects.get().ended_on == DAY


def test_a_hold_is_placed_and_lifted_in_the_admin(manager):
    streamer = StreamerFactory()
    manager.post(page("streamer", "verb", streamer.pk, "hold"), {"reason": "待查"})
    placed = StreamerHold.objects.get()
    assert placed.holds(DAY)
    assert manager.post(page("streamerhold", "verb", placed.pk, "lift"), {"note": "查清"}).status_code == 403
    browser("streamer_manager").post(page("streamerhold", "verb", placed.pk, "lift"), {"note": "查清"})
    assert not StreamerHold.objects.get().holds(DAY)


def piles(role, source=work):
    return {str(pile.label): pile for pile in source(StaffFactory(role=role), DAY) if isinstance(pile, Work)}


def test_the_start_page_tells_what_waits_and_what_is_stopped(manager):
    StreamerFactory(verified=False, state=State.APPLIED, applied_at=AT)
    StreamerFactory(verified=False, state=State.TRAINED)
    StreamerFactory(verified=False, state=State.SUSPENDED)
    StreamerHoldFactory(streamer=StreamerFactory(verified=False, born_on=MINOR))
    appealed = StreamerHoldFactory(streamer=StreamerFactory(verified=False))
    changed(appealed, state=StreamerHold.State.APPEALED, appeal="冤枉")

    found = piles("streamer_manager")

    counted = {label: pile.count for label, pile in found.items() if pile.count}
    assert counted == {
        "待核验的主播申请": 1,
        "待办理上岗的主播": 1,
        "主播对管控的申诉": 1,
        "在岗但缺监护人同意的未成年主播": 1,
        "被管控的主播": 2,
        "已停播的主播": 1,
    }
    assert {pile.kind for pile in found.values()} == {WAITS, BLOCKED}
    for pile in found.values():
        answer = manager.get(pile.url)
        assert answer.context["cl"].queryset.count() == pile.count, pile.label


def test_what_runs_out_is_told_at_thirty_seven_and_one_days(manager):
    days = datetime.timedelta
    for left in (30, 7, 1, -1):
        streamer = StreamerFactory(born_on=MINOR)
        changed(streamer.verifications.first(), next_due_on=DAY + days(left))
        ConsentFactory(streamer=streamer, valid_to=DAY + days(left))
        CapacityRecordFactory(streamer=streamer, valid_to=DAY + days(left))
    grown = StreamerFactory()
    ConsentFactory(streamer=grown, valid_to=DAY + days(1))

    found = piles("streamer_manager", running_out)

    for words in ("主播核验", "监护人同意", "行为能力记录"):
        told = [pile for label, pile in found.items() if words in label and pile.count]
        assert sorted(pile.count for pile in told if pile.kind == EXPIRES) in ([1, 1, 1], [1, 2, 3]), words
        assert [pile.count for pile in told if pile.kind == BLOCKED] == [1], words
        for pile in told:
            assert manager.get(pile.url).status_code == 200


def test_each_step_lists_what_is_in_its_way_and_a_hold_stands_in_the_badge(manager):
    streamer = StreamerFactory(state=State.VERIFIED, trained=False)
    shown = text(manager.get(f"/admin/streamers/streamer/{streamer.pk}/change/"))
    assert "kit-lacks" in shown
    assert "未满足" in shown
    assert "/admin/streamers/trainingsession/?state__exact=planned" in shown.split("kit-lacks", 1)[1]
    assert f"/admin/streamers/contract/add/?streamer={streamer.pk}" in shown
    assert "新增合同" in shown
    assert "· 管控中" not in shown

    StreamerHoldFactory(streamer=streamer)

    assert "· 管控中" in text(manager.get(f"/admin/streamers/streamer/{streamer.pk}/change/"))


def test_accepted_and_trained_streamers_wait_for_the_camera_oldest_first():
    first = StreamerFactory(state=State.TRAINED, applied_at=AT - datetime.timedelta(days=2))
    later = StreamerFactory(state=State.VERIFIED, applied_at=AT)
    user = StaffFactory(role="streamer_manager")

    (pile,) = [one for one in work(user, DAY) if isinstance(one, Work) and one.label == "待办理上岗的主播"]

    assert [row["label"] for row in pile.rows] == [str(first), str(later)]
    client = Client()
    client.force_login(user)
    assert client.get(pile.url).context["cl"].result_count == 2
