"""The merchant's form of a card: it saves itself, loses nothing, and lets nobody else in."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mcn.kit import records
from products.actions import card as cards
from products.models import Card, CardVersion, SetAside
from products.portal.card_form import stored
from tests.factories import AT, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.cards import CardFactory, CardVersionFactory, SellingPointFactory
from tests.factories.merchants import MembershipFactory, MerchantFactory
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db
State = CardVersion.State
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def writer(version, role="owner"):
    return client_of(MerchantUserFactory(merchant=version.card.product.merchant, role=role))


def url(page, version, **more):
    return reverse(page, kwargs={"pk": version.pk, **more})


def sent(version, **changes):
    """What a browser sends of the form, with something typed."""
    return stored(version) | {"seen": version.version} | changes


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# --- saving itself


def test_the_form_saves_itself_and_says_when():
    version = CardVersionFactory()

    answer = writer(version).post(url("card_save", version), sent(version, hazards="改过的"), **HTMX)

    assert answer.status_code == 200
    assert "已保存 10:00" in answer.content.decode()
    assert fresh(version).hazards == "改过的"
    assert f'name="seen" value="{version.version + 1}"' in answer.content.decode()


def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_saved():
    version = CardVersionFactory()
    typed = sent(
        version, warnings="新的警示", hazards="长" * 1001, compared_price="abc", promotion_to="2026-01-01"
    )

    answer = writer(version).post(url("card_save", version), typed, **HTMX)

    said = answer.content.decode()
    assert 'id="errors-hazards"' in said
    assert "促销结束日不能早于开始日" in said
    saved = fresh(version)
    assert (saved.warnings, saved.hazards, saved.compared_price) == (
        "新的警示",
        version.hazards,
        version.compared_price,
    )


@pytest.mark.parametrize("typed", ["", " ", "2026-0", "不知道", "39.901", "-1", "1e9", "9" * 30])
@pytest.mark.parametrize("name", ["promotion_to", "compared_price"])
def test_half_typed_dates_and_prices_never_break_a_save(name, typed):
    version = CardVersionFactory()

    answer = writer(version).post(
        url("card_save", version), sent(version, hazards="改过", **{name: typed}), **HTMX
    )

    assert answer.status_code == 200
    assert fresh(version).hazards == "改过"


def test_a_part_is_set_aside_and_taken_back():
    version = CardVersionFactory()
    client = writer(version)

    client.post(
        url("card_save", version), sent(version, **{"hazards-na": "on", "hazards-reason": "电子券"}), **HTMX
    )
    assert fresh(version).not_applicable == {"hazards": "电子券"}

    client.post(url("card_save", version), sent(version, seen=version.version + 1), **HTMX)
    assert fresh(version).not_applicable == {}
    assert fresh(version).hazards == version.hazards


def test_points_are_written_with_the_form():
    version = CardVersionFactory()
    point = version.points.get()
    key = f"point-{point.pk}"
    typed = {f"{key}-claim": "新的说法", f"{key}-beyond_papers": "on", f"{key}-source": "年度榜单"}

    writer(version).post(url("card_save", version), sent(version, **typed), **HTMX)

    assert (fresh(point).claim, fresh(point).beyond_papers, fresh(point).source) == (
        "新的说法",
        True,
        "年度榜单",
    )


def test_a_post_of_some_fields_leaves_the_others_alone():
    version = CardVersionFactory(not_applicable={"warnings": "无"})

    writer(version).post(
        url("card_save", version), {"seen": version.version, "hazards": "只发这一个"}, **HTMX
    )

    saved = fresh(version)
    assert (saved.hazards, saved.accident, saved.not_applicable) == (
        "只发这一个",
        version.accident,
        {"warnings": "无"},
    )
    assert saved.points.get().claim == version.points.get().claim


def test_a_save_asks_no_more_queries_for_more_points():
    version = CardVersionFactory()
    client = writer(version)

    def queries():
        now = fresh(version)
        with CaptureQueriesContext(connection) as captured:
            client.post(url("card_save", version), sent(now), **HTMX)
        return len(captured)

    one = queries()
    for _number in range(3):
        SellingPointFactory(card_version=version)

    # An unchanged point costs its lock and its comparison, nothing else.
    assert queries() - one <= 3 * 6


# --- two tabs, another person, a session that ended


def test_two_tabs_lose_nothing_the_later_one_is_kept_and_shown():
    version = CardVersionFactory()
    client = writer(version)
    first, second = sent(version, hazards="第一个标签页"), sent(version, hazards="第二个标签页")

    assert client.post(url("card_save", version), first, **HTMX).status_code == 200
    late = client.post(url("card_save", version), second, **HTMX)

    assert late.status_code == 412
    assert "已另存" in late.content.decode()
    assert fresh(version).hazards == "第一个标签页"
    assert SetAside.objects.get().words["hazards"] == "第二个标签页"
    both = client.get(url("card_choose", version)).content.decode()
    assert "第一个标签页" in both
    assert "第二个标签页" in both
    assert "对比并选择" in client.get(url("card", version)).content.decode()


@pytest.mark.parametrize(("choice", "counts"), [("mine", "我写的"), ("theirs", "同事写的")])
def test_the_person_chooses_which_text_counts(choice, counts):
    version = CardVersionFactory()
    client = writer(version)
    typed = sent(version, hazards="我写的")
    cards.save_draft(version, words={"hazards": "同事写的", "accident": "也改了"}, by=None, at=AT)
    client.post(url("card_save", version), typed, **HTMX)

    client.post(url("card_choose", version), {"hazards": choice, "seen": fresh(version).version})

    assert fresh(version).hazards == counts
    assert fresh(version).accident == "也改了"
    assert SetAside.objects.get().settled_at is not None


def test_words_for_a_point_that_was_removed_meanwhile_come_back_as_a_new_point():
    version = CardVersionFactory()
    client = writer(version)
    key = f"point-{version.points.get().pk}-claim"
    typed = sent(version, **{key: "还在写的卖点"})
    point = version.points.get()
    point.removed_at = AT
    records.save(point, by=None, at=AT)
    cards.save_draft(version, words={"accident": "改了"}, by=None, at=AT)
    client.post(url("card_save", version), typed, **HTMX)

    client.post(url("card_choose", version), {key: "mine", "seen": fresh(version).version})

    assert list(version.points.filter(removed_at=None).values_list("claim", flat=True)) == ["还在写的卖点"]


def test_without_a_script_a_late_save_leads_to_both_texts():
    version = CardVersionFactory()
    client = writer(version)
    typed = sent(version, hazards="我写的")
    cards.save_draft(version, words={"hazards": "同事写的"}, by=None, at=AT)

    answer = client.post(url("card", version), typed)

    assert answer.url == url("card_choose", version)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.SUPERSEDED])
def test_what_was_typed_into_a_version_that_was_submitted_meanwhile_is_kept(state):
    version = CardVersionFactory(state=state)
    typed = sent(version, hazards="还在写")

    answer = writer(version).post(url("card_save", version), typed, **HTMX)

    assert answer.status_code == 409
    assert SetAside.objects.get().words["hazards"] == "还在写"
    assert fresh(version).hazards == version.hazards


def test_what_was_typed_before_the_session_ended_is_saved_after_signing_in_again():
    version = CardVersionFactory()
    user = MerchantUserFactory(merchant=version.card.product.merchant)
    client = Client()

    out = client.post(url("card_save", version), sent(version, hazards="登录过期后写的"), **HTMX)
    assert out.status_code == 401
    assert "登录已过期" in out.content.decode()
    assert out["HX-Retarget"] == "#saved"
    assert fresh(version).hazards == version.hazards

    client.force_login(user)
    client.get(url("card", version))
    assert fresh(version).hazards == "登录过期后写的"


def test_what_was_typed_before_the_session_ended_is_set_aside_where_somebody_saved_since():
    version = CardVersionFactory()
    client = Client()
    client.post(url("card", version), sent(version, hazards="登录过期后写的"))
    cards.save_draft(version, words={"hazards": "同事写的"}, by=None, at=AT)

    client.force_login(MerchantUserFactory(merchant=version.card.product.merchant))
    client.get(url("card", version))

    assert fresh(version).hazards == "同事写的"
    assert SetAside.objects.get().words["hazards"] == "登录过期后写的"


def test_what_a_stranger_typed_does_not_reach_the_card():
    version = CardVersionFactory()
    client = Client()
    client.post(url("card", version), sent(version, hazards="陌生人"))

    client.force_login(MerchantUserFactory())

    assert client.get(url("card", version)).status_code == 404
    assert fresh(version).hazards == version.hazards


# --- the buttons, without any script


def press(client, version, button, **typed):
    now = fresh(version)
    return client.post(url("card", version), sent(now, do=button, **typed))


def test_every_button_saves_the_form_first():
    version = CardVersionFactory()
    client = writer(version)
    first = version.points.get()

    press(client, version, "add", hazards="先保存")
    assert fresh(version).hazards == "先保存"
    second = version.points.last()

    press(client, version, f"up-{second.pk}")
    assert list(version.points.all()) == [second, first]
    press(client, version, f"down-{second.pk}")
    assert list(version.points.all()) == [first, second]
    press(client, version, f"remove-{second.pk}")
    assert fresh(second).removed_at == AT
    press(client, version, f"restore-{second.pk}")
    assert fresh(second).removed_at is None
    press(client, version, f"detach-{first.pk}")
    assert fresh(first).document is None


@pytest.mark.parametrize("button", ["remove-x", "up-", "detach-999999", "nosuch", "restore-²"])
def test_a_button_of_nothing_is_no_error_of_ours(button):
    version = CardVersionFactory()

    assert press(writer(version), version, button).status_code in (302, 404)


def test_a_file_is_sent_with_the_form():
    version = CardVersionFactory(points=False)
    point = SellingPointFactory(card_version=version, proved=False)

    press(writer(version), version, "save", **{f"point-{point.pk}-file": pdf("报告.pdf")})

    assert fresh(point).document.title == "报告.pdf"


def test_a_file_is_taken_as_soon_as_it_is_chosen_and_a_wrong_one_is_told():
    version = CardVersionFactory(points=False)
    point = SellingPointFactory(card_version=version, proved=False)
    client = writer(version)
    where = url("card_evidence", version, point_pk=point.pk)
    wrong = pdf()
    wrong.file.write(b"MZ")
    wrong.seek(0)

    told = client.post(where, {f"point-{point.pk}-file": wrong}, **HTMX).content.decode()
    assert "PDF" in told
    assert fresh(point).document is None
    client.post(where, {f"point-{point.pk}-file": pdf("报告.pdf")}, **HTMX)
    assert fresh(point).document.title == "报告.pdf"


def test_submit_sends_a_complete_card_to_the_reviewers():
    version = CardVersionFactory()

    press(writer(version), version, "submit")

    assert fresh(version).state == State.SUBMITTED


def test_submit_is_refused_with_the_list_of_what_to_do_and_all_that_was_typed_is_saved():
    version = CardVersionFactory()

    answer = press(writer(version), version, "submit", hazards="", warnings="改过的")

    assert answer.status_code == 422
    assert 'href="#hazards"' in answer.content.decode()
    assert (fresh(version).state, fresh(version).warnings) == (State.DRAFT, "改过的")


def test_a_card_is_taken_back_and_opened_anew():
    version = CardVersionFactory(state=State.SUBMITTED)
    client = writer(version)
    client.post(url("card_withdraw", version))
    assert fresh(version).state == State.DRAFT

    approved = CardVersionFactory(state=State.APPROVED)
    answer = writer(approved).post(reverse("card_open", args=[approved.card.product_id]))
    opened = approved.card.versions.get(number=2)
    assert answer.url == url("card", opened)


# --- the live scan


def test_the_scan_answers_with_the_words_marked_and_what_to_say_instead():
    version = CardVersionFactory()

    answer = (
        writer(version)
        .post(url("card_scan", version, name="hazards"), {"hazards": "这是国家级<配方>"}, **HTMX)
        .content.decode()
    )

    assert '<mark class="banned">国家级</mark>' in answer
    assert "绝对化用语" in answer
    assert "建议" in answer
    assert "&lt;配方&gt;" in answer


def test_the_scan_of_harmless_words_is_silent_and_cheap(django_assert_max_num_queries):
    version = CardVersionFactory()
    client = writer(version)
    where = url("card_scan", version, name="hazards")
    client.post(where, {"hazards": "小心烫口"}, **HTMX)

    with django_assert_max_num_queries(6):
        answer = client.post(where, {"hazards": "小心烫口"}, **HTMX)
    assert answer.content.decode().strip() == ""


# --- reading, printing, listing


def test_an_approved_version_is_read_not_written():
    version = CardVersionFactory(state=State.APPROVED)

    page = writer(version).get(url("card", version)).content.decode()

    assert version.hazards in page
    assert "<textarea" not in page
    assert "新建版本" in page


def test_the_reviewers_words_stand_beside_the_parts(reviewer):
    version = CardVersionFactory(state=State.SUBMITTED)
    said = [cards.Comment("请写明过敏原", CardVersion.Part.WARNINGS)]
    cards.send_back(version, note="差一处", comments=said, by=reviewer, at=AT)
    client = writer(version)

    for page in (url("card", version), url("card_versions", version)):
        shown = client.get(page).content.decode()
        assert "请写明过敏原" in shown
        assert "差一处" in shown


@pytest.mark.parametrize("who", [writer, lambda version: client_of(StaffFactory(role="operator"))])
def test_merchants_and_staff_print_the_card_on_one_page(who):
    version = CardVersionFactory(state=State.APPROVED)
    client = who(version)

    page, file = client.get(url("card_print", version)), client.get(url("card_pdf", version))

    assert version.hazards in page.content.decode()
    assert "审核通过" in page.content.decode()
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF-")
    assert file.content.count(b"/Type /Page\n") == 1


def test_a_card_that_is_not_approved_says_so_on_paper():
    version = CardVersionFactory()

    assert "不得用于直播" in writer(version).get(url("card_print", version)).content.decode()


def test_the_list_says_what_to_do_next_in_as_many_queries_for_many():
    merchant = MerchantFactory()
    client = client_of(MerchantUserFactory(merchant=merchant))

    def make(**values):
        return CardVersionFactory(card=CardFactory(product=ProductFactory(merchant=merchant)), **values)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("portal_cards", args=[merchant.code]))
        return len(captured), answer.content.decode()

    make(hazards="", state=State.DRAFT)
    make(state=State.APPROVED)
    queries()
    few, page = queries()
    assert "还差 1 项" in page
    for _number in range(3):
        make()
        make(state=State.SUBMITTED)
    many, page = queries()
    assert "审核中" in page
    assert many == few


def test_the_list_is_searched_and_narrowed():
    merchant = MerchantFactory()
    client = client_of(MerchantUserFactory(merchant=merchant))
    wanted = ProductFactory(merchant=merchant, name="陈皮红豆沙")
    CardVersionFactory(
        card=CardFactory(product=ProductFactory(merchant=merchant, name="荔枝干")), state=State.APPROVED
    )
    where = reverse("portal_cards", args=[merchant.code])

    assert wanted.name in client.get(where, {"q": "cphds"}).content.decode()
    assert "荔枝干" not in client.get(where, {"q": "cphds"}).content.decode()
    assert "荔枝干" not in client.get(where, {"state": "todo"}).content.decode()
    assert "没有找到" in client.get(where, {"state": "submitted"}).content.decode()


# --- who is let in

PAGES = ["card", "card_choose", "card_versions", "card_print", "card_pdf"]
POSTS = [("card_save", {}), ("card_withdraw", {}), ("card", {}), ("card_scan", {"name": "hazards"})]


@pytest.mark.parametrize("name", PAGES)
def test_a_strangers_page_does_not_exist(name):
    stranger = client_of(MerchantUserFactory())

    assert stranger.get(url(name, CardVersionFactory())).status_code == 404


@pytest.mark.parametrize(("name", "more"), POSTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_strangers_post_changes_nothing(name, more):
    version = CardVersionFactory()

    answer = client_of(MerchantUserFactory()).post(
        url(name, version, **more), sent(version, hazards="x"), **HTMX
    )

    assert answer.status_code == 404
    assert fresh(version).hazards == version.hazards


def test_a_strangers_product_gets_no_card():
    product = ProductFactory()

    answer = client_of(MerchantUserFactory()).post(reverse("card_open", args=[product.pk]))

    assert answer.status_code == 404
    assert not Card.objects.exists()


def test_customer_service_reads_and_is_refused_to_write():
    version = CardVersionFactory()
    agent = writer(version, role="customer_service")

    assert "<textarea" not in agent.get(url("card", version)).content.decode()
    assert agent.post(url("card_save", version), sent(version, hazards="x"), **HTMX).status_code == 403
    assert agent.post(url("card", version), sent(version, hazards="x")).status_code == 403
    assert fresh(version).hazards == version.hazards


def test_a_person_of_two_merchants_sees_the_cards_of_both():
    version = CardVersionFactory()
    user = MerchantUserFactory()
    MembershipFactory(user=user, merchant=version.card.product.merchant)

    assert client_of(user).get(url("card", version)).status_code == 200
