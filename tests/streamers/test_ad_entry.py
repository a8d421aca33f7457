"""The register of advertisements: who answers for goods shown, reviewed by another, kept afterwards."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mcn.evidence import retention
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock, records
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import ad_entry as ad_actions
from streamers.models import AdEntry, LiveEntity, Show
from streamers.rules import go_live
from streamers.rules.ad_entry import CHECKS, keep_until
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.ads import advertise
from tests.factories.retention import LegalHoldFactory
from tests.factories.rooms import LiveEntityFactory, RoomFactory
from tests.factories.shows import ShowCastFactory, ShowFactory
from tests.factories.streamers import StreamerFactory
from tests.kit.api_suite import client_of
from tests.streamers.portal import browser, text

pytestmark = pytest.mark.django_db
CITED = {check.clauses[0] for check in CHECKS}
State = AdEntry.State
API = "/api/v1/ad-entries/"


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


@pytest.fixture
def lawyer():
    return StaffFactory(role="compliance")


def found(show):
    """What the register has against a show."""
    report = go_live.report(show)
    return [(row.clause, row.message) for row in report.blockers if row.clause in CITED]


@pytest.mark.clause("DB4401 5.2.2.2", "DB4401 5.2.2.3", "DB4401 5.3.2.1", "DB4401 5.4.2.1", "DB4401 5.1.2.2")
def test_each_part_in_a_show_says_who_answers_for_what(operator):
    show = ShowFactory(ads=False)

    [entry] = ad_actions.register(show, by=operator, at=AT)

    item, [host] = show.items.get(), [row.streamer for row in show.cast.all()]
    marketer = show.crew.get(role="marketer").person
    assert (entry.advertiser, entry.operator) == (item.product.merchant.name, show.room.entity.name)
    assert entry.publisher == f"{show.room.entity.name}、{host}、{marketer}"
    assert (entry.endorsers, entry.accepted_by) == (str(host), operator)
    assert ad_actions.register(show, by=operator, at=AT) == []


@pytest.mark.clause("DB4401 5.2.2.1")
def test_a_streamer_in_a_room_of_their_own_is_advertiser_operator_and_publisher(operator):
    host = StreamerFactory()
    entity = LiveEntityFactory(natural=True, streamer=host)
    show = ShowFactory(room=RoomFactory(entity=entity), cast=host, ads=False)

    [entry] = ad_actions.register(show, by=operator, at=AT)

    assert [entity.name in said for said in (entry.advertiser, entry.operator, entry.publisher)] == [True] * 3


@pytest.mark.clause("DB4401 5.1.2.1")
def test_a_merchant_in_its_own_room_is_advertiser_operator_and_publisher(operator):
    show = ShowFactory(ads=False)
    merchant = show.items.get().product.merchant
    LiveEntity.objects.update(name=merchant.name, uscc=merchant.uscc, operation=LiveEntity.Operation.SELF)

    [entry] = ad_actions.register(show, by=operator, at=AT)

    assert (entry.advertiser, entry.operator) == (merchant.name, merchant.name)
    assert merchant.name in entry.publisher.split("、")


@pytest.mark.clause("DB4401 5.1.2.3", "DB4401 5.2.2.4", "DB4401 5.3.2.3", "DB4401 5.4.2.2", "DB4401 5.1.2.2")
def test_nothing_is_shown_that_was_not_accepted_and_reviewed_by_another(operator, lawyer):
    show = ShowFactory(ads=False)
    assert found(show) == [("DB4401 5.1.2.3", "尚未登记广告业务")]

    [entry] = ad_actions.register(show, by=operator, at=AT)
    assert found(show) == [("DB4401 5.1.2.3", "广告业务：已承接，待审核")]
    with pytest.raises(Denied):
        ad_actions.review(entry, by=StaffFactory(role="operator"), at=AT)

    ad_actions.refuse(entry, note="功效宣称缺依据", by=lawyer, at=AT)
    assert found(show) == [("DB4401 5.1.2.3", "广告业务：未通过")]
    ad_actions.accept(entry, by=operator, at=AT)
    ad_actions.review(entry, by=lawyer, at=AT)
    assert found(show) == []


@pytest.mark.clause("DB4401 5.1.2.3")
def test_who_accepted_does_not_review(lawyer):
    entry = AdEntry.objects.get(show=ShowFactory())
    entry.state, entry.accepted_by = State.ACCEPTED, lawyer
    records.save(entry, by=None, at=AT)

    for verb in (ad_actions.review, ad_actions.refuse, ad_actions.exempt):
        with pytest.raises(Denied):
            verb(entry, note="看过", by=lawyer, at=AT)


@pytest.mark.clause("DB4401 5.4.2.1", "DB4401 5.2.2.1", "DB4401 5.2.2.2", "DB4401 5.3.2.1")
def test_another_streamer_or_marketer_since_the_review_blocks_until_it_is_accepted_anew(operator):
    show = ShowFactory()
    ShowCastFactory(show=show)
    assert found(show) == [("DB4401 5.4.2.1", "审核后，广告责任主体有变更")]
    advertise(show)
    assert found(show) == []

    marketer = show.crew.get(role="marketer")
    marketer.removed_at = AT
    records.save(marketer, by=None, at=AT)
    assert found(show) == [("DB4401 5.4.2.1", "审核后，广告责任主体有变更")]


@pytest.mark.clause("DB4401 5.1.2.3")
def test_a_changed_card_is_reviewed_anew(operator):
    entry = AdEntry.objects.get(show=ShowFactory())
    entry.card_version = None
    records.save(entry, by=None, at=AT)

    assert found(entry.show) == [("DB4401 5.1.2.3", "广告审核后，卖点卡已变更")]


@pytest.mark.clause("DB4401 5.2.2.3", "DB4401 5.3.2.2")
def test_whoever_recommends_in_person_stands_there_as_endorser_and_a_figure_does_not(lawyer):
    entry = AdEntry.objects.get(show=ShowFactory())
    entry.endorsers = ""
    records.save(entry, by=None, at=AT)
    assert found(entry.show) == [("DB4401 5.2.2.3", "主播真人推荐，登记簿未列代言人")]

    figure = ShowFactory(cast=StreamerFactory(virtual=True))
    assert (AdEntry.objects.get(show=figure).endorsers, found(figure)) == ("", [])


@pytest.mark.clause("DB4401 5.1.2.3")
@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_who_answered_is_taken_off_after_three_years_unless_the_room_is_held(operator, held):
    sync_retention(at=AT)
    entry = AdEntry.objects.get(show=ShowFactory())
    Show.objects.update(state=Show.State.ENDED)
    ad_actions.archive(entry, by=operator, at=AT)
    if held:
        LegalHoldFactory(subject=entry.show.room)
    last = clock.add_months(DAY, 36)

    for shift, gone in [(-1, False), (0, False), (1, not held)]:
        on = last + datetime.timedelta(days=shift)
        at = datetime.datetime.combine(on, datetime.time(3, 40), clock.SHANGHAI)
        retention.run(on=on, by=None, at=at)
        entry.refresh_from_db()
        assert (entry.purged_at == at, entry.advertiser == "—") == (gone, gone)
    assert entry.product_name


@pytest.mark.clause("DB4401 5.1.2.3", "DB4401 5.2.2.2")
def test_an_entry_is_archived_after_its_show_and_kept_for_its_term(operator):
    sync_retention(at=AT)
    entry = AdEntry.objects.get(show=ShowFactory())
    with pytest.raises(Refused, match="直播尚未结束"):
        ad_actions.archive(entry, by=operator, at=AT)
    Show.objects.update(state=Show.State.ENDED)
    with pytest.raises(ValidationError, match="超出商家资料"):
        ad_actions.archive(entry, beyond_material=True, by=operator, at=AT)

    assert keep_until(entry, DAY) is None
    ad_actions.archive(entry, beyond_material=True, note="口播增加功效", file=pdf(), by=operator, at=AT)

    assert (entry.state, entry.beyond_material, entry.document.latest.number) == (State.ARCHIVED, True, 1)
    assert keep_until(entry, DAY) >= DAY.replace(year=DAY.year + 3)
    with pytest.raises(WrongState):
        ad_actions.register(entry.show, by=operator, at=AT)


def test_an_entry_is_mended_while_nobody_has_reviewed_it(operator, lawyer):
    [entry] = ad_actions.register(ShowFactory(ads=False), by=operator, at=AT)
    entry.endorsers = "S0001 小鹿、特邀嘉宾"
    ad_actions.change(entry, by=operator, at=AT)
    ad_actions.review(entry, by=lawyer, at=AT)

    with pytest.raises(WrongState):
        ad_actions.change(entry, by=operator, at=AT)


def test_five_goods_are_registered_in_as_many_queries_as_two(operator, django_assert_max_num_queries):
    few, many = ShowFactory(items=2, ads=False), ShowFactory(items=5, ads=False, starts_at=AT)
    with django_assert_max_num_queries(40) as asked:
        ad_actions.register(few, by=operator, at=AT)

    with django_assert_max_num_queries(len(asked)):
        ad_actions.register(many, by=operator, at=AT + datetime.timedelta(minutes=1))


def test_the_back_office_registers_reviews_and_archives(operator, lawyer):
    show = ShowFactory(ads=False)
    add, listed = reverse("admin:streamers_adentry_add"), reverse("admin:streamers_adentry_changelist")
    client = browser(operator)
    assert show.code in text(client.get(f"{add}?show={show.pk}"))
    answer = client.post(add, {"show": show.pk}, follow=True)
    entry = AdEntry.objects.get()
    assert entry.advertiser in text(answer)

    page = reverse("admin:streamers_adentry_change", args=[entry.pk])
    assert entry.publisher in text(client.get(page))
    assert browser(StaffFactory(role="auditor")).get(add).status_code == 403
    browser(lawyer).post(listed, {"action": "review", "_selected_action": [entry.pk]})
    entry.refresh_from_db()
    assert entry.state == State.REVIEWED


def test_programs_register_review_and_read(operator, lawyer):
    show = ShowFactory(ads=False)
    staff = client_of(operator)

    made = staff.post(API, {"show": show.pk}, format="json")
    assert (made.status_code, made.json()) == (201, {"show": show.pk, "entries": 1})
    entry = AdEntry.objects.get()
    assert staff.post(f"{API}{entry.pk}/review/", {}, format="json").status_code == 403
    reviewed = client_of(lawyer).post(f"{API}{entry.pk}/review/", {}, format="json").json()
    assert (reviewed["state"], reviewed["advertiser"]) == ("reviewed", entry.advertiser)
    assert (
        staff.patch(f"{API}{entry.pk}/", {"endorsers": "无"}, format="json", HTTP_IF_MATCH="*").status_code
        == 409
    )
    assert client_of(UserFactory()).get(f"{API}{entry.pk}/").status_code == 404
