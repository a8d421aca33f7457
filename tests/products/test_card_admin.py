"""The reviewers' door to cards: the queue, the page that compares and decides, bulk approval."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.actions import card as cards
from products.admin.card_review import sides
from products.models import CardVersion
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.cards import CardFactory, CardVersionFactory, SellingPointFactory
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db
State = CardVersion.State
QUEUE = reverse("admin:products_cardversion_changelist")
LATER = AT + datetime.timedelta(days=2)


@pytest.fixture(autouse=True)
def two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def office(reviewer):
    client = Client()
    client.force_login(reviewer)
    return client


def page_of(version):
    return reverse("admin:products_cardversion_change", args=[version.pk])


def text(answer):
    return answer.content.decode()


def submitted(name="岭南鸡蛋卷", **values):
    return CardVersionFactory(
        card=CardFactory(product=ProductFactory(name=name)), state=State.SUBMITTED, **values
    )


def test_the_queue_shows_what_waits_with_merchant_and_time(office):
    waiting = submitted("陈皮红豆沙")
    CardVersionFactory(card=CardFactory(product=ProductFactory(name="荔枝干")))

    shown = text(office.get(QUEUE))

    assert "陈皮红豆沙" in shown
    assert str(waiting.card.product.merchant) in shown
    assert "2\xa0日" in shown
    assert "荔枝干" not in shown
    assert "荔枝干" in text(office.get(QUEUE, {"queue": "draft"}))
    assert "荔枝干" in text(office.get(QUEUE, {"queue": "all"}))


def test_the_longest_waiting_comes_first(office):
    newer, older = CardVersionFactory(), CardVersionFactory()
    cards.submit(newer, by=None, at=AT)
    cards.submit(older, by=None, at=AT - datetime.timedelta(days=3))

    assert list(office.get(QUEUE).context["cl"].result_list) == [older, newer]


@pytest.mark.parametrize("asked", ["陈皮", "cphds", "CHEN"])
def test_the_queue_is_searched_by_words_pinyin_and_initials(office, asked):
    submitted("陈皮红豆沙")
    submitted("荔枝干")

    shown = text(office.get(QUEUE, {"q": asked}))

    assert "陈皮红豆沙" in shown
    assert "荔枝干" not in shown


def test_the_queue_asks_no_more_queries_for_more_cards(office):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            office.get(QUEUE)
        return len(captured)

    submitted()
    queries()
    few = queries()
    for _number in range(4):
        submitted()

    assert queries() == few


def test_the_page_sets_both_versions_side_by_side_and_marks_what_differs_and_what_was_hit(office):
    before = CardVersionFactory(state=State.APPROVED)
    version = cards.open_version(before.card.product, by=None, at=AT)
    cards.save_draft(version, words={"promotion_rules": "每罐立减12元，两罐再减5元"}, by=None, at=AT)
    SellingPointFactory(card_version=version, claim="2025年同类销量领先")
    cards.submit(version, by=None, at=AT)

    shown = text(office.get(page_of(version)))

    assert "每罐立减1<del>0</del>元" in shown
    assert "每罐立减1<ins>2</ins>元" in shown
    assert 'class="needs_evidence"' in shown
    assert reverse("file", args=[version.points.first().evidence.pk]) in shown
    assert "此版本没有" in shown


def test_a_first_version_stands_alone(office):
    shown = text(office.get(page_of(submitted())))

    assert "<ins>" not in shown
    assert "此前通过的" not in shown


def test_the_reviewer_approves_on_the_page(office, reviewer):
    version = submitted()

    answer = office.post(page_of(version), {"decision": "approve", "note": "可以"})

    assert answer.url == QUEUE
    version.refresh_from_db()
    assert (version.state, version.decided_by) == (State.APPROVED, reviewer)


def test_the_reviewer_sends_back_with_words_on_parts_and_points(office):
    version = submitted()
    point = version.points.get()
    said = {"note": "", "warnings": "请写明过敏原", f"point-{point.pk}": "请附照片"}

    office.post(page_of(version), {"decision": "send_back", **said})

    version.refresh_from_db()
    assert version.state == State.RETURNED
    found = {(row.part, row.point_id, row.text) for row in version.comments.all()}
    assert found == {("warnings", None, "请写明过敏原"), ("points", point.pk, "请附照片")}


def test_sending_back_without_a_word_keeps_the_page_and_says_so(office):
    version = submitted()

    answer = office.post(page_of(version), {"decision": "send_back", "note": " "})

    assert "请写明需要修改什么" in text(answer)
    version.refresh_from_db()
    assert version.state == State.SUBMITTED


def test_what_was_typed_stays_when_the_decision_is_refused(office, reviewer):
    version = CardVersionFactory()
    cards.submit(version, by=reviewer, at=AT)

    answer = office.post(
        page_of(version), {"decision": "approve", "note": "我自己看过了", "warnings": "很好"}
    )

    assert answer.status_code == 403
    assert "我自己看过了" in text(answer)
    assert "很好" in text(answer)
    version.refresh_from_db()
    assert version.state == State.SUBMITTED


def test_an_approved_card_offers_no_decision_and_takes_none(office):
    version = CardVersionFactory(state=State.APPROVED)

    assert 'name="decision"' not in text(office.get(page_of(version)))
    office.post(page_of(version), {"decision": "send_back", "note": "晚了"})

    version.refresh_from_db()
    assert (version.state, version.comments.count()) == (State.APPROVED, 0)


def test_who_only_reads_is_offered_no_decision():
    version = submitted()
    client = Client()
    client.force_login(StaffFactory(role="auditor"))

    assert 'name="decision"' not in text(client.get(page_of(version)))
    client.post(page_of(version), {"decision": "approve", "note": ""})

    version.refresh_from_db()
    assert version.state == State.SUBMITTED


def test_many_are_approved_at_once_but_only_where_nothing_was_found(office):
    clean, marked = submitted(), CardVersionFactory()
    SellingPointFactory(card_version=marked, claim="2025年同类销量领先")
    cards.submit(marked, by=None, at=AT)

    chosen = {"action": "approve", "_selected_action": [clean.pk, marked.pk]}
    answer = office.post(QUEUE, chosen, follow=True)

    clean.refresh_from_db()
    marked.refresh_from_db()
    assert (clean.state, marked.state) == (State.APPROVED, State.SUBMITTED)
    assert "逐张审核" in text(answer)


def test_the_cards_are_listed_by_product_with_their_versions(office):
    version = CardVersionFactory(state=State.APPROVED)

    shown = text(office.get(reverse("admin:products_card_changelist")))
    page = text(office.get(reverse("admin:products_card_change", args=[version.card_id])))

    assert version.card.product.name in shown
    assert page_of(version) in shown
    assert page_of(version) in page


def test_a_version_that_is_not_there_leads_back(office):
    assert office.get(reverse("admin:products_cardversion_change", args=[999])).status_code == 302


def test_pieces_put_together_are_the_text_again():
    hits = [{"start": 2, "end": 5, "outcome": "banned"}, {"start": 7, "end": 9, "outcome": "banned"}]

    left, right = sides("甲国家级乙丙", "甲乙国家级丙丁最好", hits)

    assert "".join(piece.text for piece in left.pieces) == "甲国家级乙丙"
    assert "".join(piece.text for piece in right.pieces) == "甲乙国家级丙丁最好"
    assert "".join(piece.text for piece in right.pieces if piece.hit) == "国家级最好"
