"""The verbs of a selling-point card: success, every wrong state, who may not, and what is frozen."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mcn.audit import trail
from mcn.kit import records
from mcn.kit.refusal import Blocked, Denied, Refused, Stale, WrongState
from products.actions import card as cards
from products.actions import card_point as points
from products.models import CardVersion, SellingPoint, SetAside
from tests.factories import AT, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.cards import CardFactory, CardVersionFactory, SellingPointFactory
from tests.factories.products import ProductCredentialFactory, ProductFactory

pytestmark = pytest.mark.django_db
State = CardVersion.State
LATER = AT + datetime.timedelta(days=1)


def writer(version):
    """One of the merchant's people, who writes the card."""
    return MerchantUserFactory(merchant=version.card.product.merchant)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# --- opening


def test_open_begins_a_card_with_what_the_product_says_already():
    product = ProductFactory()
    owner = MerchantUserFactory(merchant=product.merchant)

    version = cards.open_version(product, by=owner, at=AT)

    assert (version.number, version.state) == (1, State.DRAFT)
    assert version.after_sales == product.service_promises
    assert version.shelf_life == "270天"


def test_open_copies_the_approved_version_with_its_points_and_starts_without_approval():
    approved = CardVersionFactory(state=State.APPROVED)
    paper = approved.points.get().document

    version = cards.open_version(approved.card.product, by=writer(approved), at=LATER)

    assert (version.number, version.state, version.decided_at) == (2, State.DRAFT, None)
    assert version.hazards == approved.hazards
    assert [(point.claim, point.document) for point in version.points.all()] == [
        (approved.points.get().claim, paper)
    ]
    assert fresh(approved).state == State.APPROVED


def test_open_leaves_removed_points_behind():
    approved = CardVersionFactory()
    SellingPointFactory(card_version=approved, removed_at=AT)
    approved.state = State.APPROVED
    records.save(approved, by=None, at=AT)

    assert cards.open_version(approved.card.product, by=None, at=LATER).points.count() == 1


@pytest.mark.parametrize("state", CardVersion.OPEN)
def test_open_is_refused_while_a_version_is_open(state):
    version = CardVersionFactory(state=state)

    with pytest.raises(WrongState, match="已有"):
        cards.open_version(version.card.product, by=None, at=AT)


def test_open_is_refused_to_another_merchant():
    with pytest.raises(Denied):
        cards.open_version(ProductFactory(), by=MerchantUserFactory(), at=AT)


def test_customer_service_may_read_a_card_but_not_write_it():
    version = CardVersionFactory()
    agent = MerchantUserFactory(merchant=version.card.product.merchant, role="customer_service")

    assert version in CardVersion.objects.visible_to(agent)
    with pytest.raises(Denied):
        cards.save_draft(version, words={"hazards": "x"}, by=agent, at=AT)


# --- writing


def test_save_draft_keeps_what_is_incomplete_and_counts_the_change():
    version = CardVersionFactory()
    point = version.points.get()
    seen = version.version

    cards.save_draft(
        version,
        words={"hazards": "", "promotion_to": None, "compared_price": Decimal("45.00")},
        points={point.pk: {"claim": "配料只有四样", "source": "包装"}},
        seen=seen,
        by=writer(version),
        at=AT,
    )

    assert (version.hazards, version.promotion_to, version.compared_price) == ("", None, Decimal("45.00"))
    assert (fresh(point).claim, fresh(point).source) == ("配料只有四样", "包装")
    assert version.version == seen + 1


def test_a_change_of_a_point_alone_counts_as_a_change_of_the_version():
    version = CardVersionFactory()
    seen = version.version

    cards.save_draft(version, points={version.points.get().pk: {"claim": "新的说法"}}, by=None, at=AT)

    assert version.version == seen + 1


def test_saving_what_stands_already_leaves_no_trace():
    version = CardVersionFactory()
    entries = trail.history(version).count()

    cards.save_draft(version, words={"hazards": version.hazards}, seen=version.version, by=None, at=AT)

    assert trail.history(version).count() == entries


def test_save_draft_is_stale_when_somebody_saved_meanwhile():
    version = CardVersionFactory()
    seen = version.version
    cards.save_draft(version, words={"hazards": "先写的"}, seen=seen, by=None, at=AT)

    with pytest.raises(Stale):
        cards.save_draft(version, words={"hazards": "后写的"}, seen=seen, by=None, at=AT)

    assert fresh(version).hazards == "先写的"


def test_save_draft_changes_nothing_but_words():
    version = CardVersionFactory()

    cards.save_draft(version, words={"state": State.APPROVED, "number": 9}, by=None, at=AT)

    assert (fresh(version).state, fresh(version).number) == (State.DRAFT, 1)


def test_a_point_of_another_card_is_not_written():
    version, other = CardVersionFactory(), CardVersionFactory()
    point = other.points.get()

    cards.save_draft(version, points={point.pk: {"claim": "别人的"}}, by=None, at=AT)

    assert fresh(point).claim == point.claim


def test_words_of_the_wrong_shape_are_refused_by_field():
    version = CardVersionFactory()

    with pytest.raises(ValidationError) as refused:
        cards.save_draft(version, words={"hazards": "长" * 1001}, by=None, at=AT)
    assert list(refused.value.error_dict) == ["hazards"]

    with pytest.raises(ValidationError, match="不能早于"):
        cards.save_draft(
            version,
            words={"promotion_to": version.promotion_from - datetime.timedelta(days=1)},
            by=None,
            at=AT,
        )


@pytest.mark.parametrize("reasons", [{"after_sales": "没有"}, {"unknown": "x"}, {"hazards": 1}, ["hazards"]])
def test_only_some_parts_may_be_set_aside_and_only_with_words(reasons):
    with pytest.raises(ValidationError):
        cards.save_draft(CardVersionFactory(), words={"not_applicable": reasons}, by=None, at=AT)


def test_a_point_is_proved_by_papers_of_its_own_product_alone():
    version = CardVersionFactory()
    words = {version.points.get().pk: {"credential": ProductCredentialFactory()}}

    with pytest.raises(ValidationError, match="另一个商品"):
        cards.save_draft(version, points=words, by=None, at=AT)


# --- selling points


def test_points_are_added_ordered_removed_and_brought_back():
    version = CardVersionFactory()
    first = version.points.get()
    second = points.add_point(version, claim="第二条", by=writer(version), at=AT)
    third = points.add_point(version, by=None, at=AT)
    standing = version.points.filter(removed_at=None)

    points.reorder_points(version, [third.pk, first.pk, second.pk], by=None, at=AT)
    assert list(standing.all()) == [third, first, second]

    points.remove_point(first, by=None, at=AT)
    assert list(standing.all()) == [third, second]

    points.restore_point(first, by=None, at=AT)
    assert list(standing.all()) == [third, first, second]


def test_a_card_has_no_more_points_than_can_be_read():
    version = CardVersionFactory(points=False)
    for _number in range(points.MOST):
        points.add_point(version, by=None, at=AT)

    with pytest.raises(Refused, match="30"):
        points.add_point(version, by=None, at=AT)


def test_evidence_is_attached_and_taken_off_again():
    version = CardVersionFactory(points=False)
    point = SellingPointFactory(card_version=version, proved=False)

    points.attach_evidence(point, pdf("检测报告.pdf"), by=writer(version), at=AT)
    proved = fresh(point)
    assert proved.document.title == "检测报告.pdf"
    assert proved.file_sha256 == proved.document.latest.sha256

    points.detach_evidence(point, by=None, at=AT)
    assert (fresh(point).document, fresh(point).file_sha256) == (None, "")


def test_new_evidence_leaves_that_of_the_approved_version_alone():
    approved = CardVersionFactory(state=State.APPROVED)
    old = approved.points.get()
    version = cards.open_version(approved.card.product, by=None, at=LATER)

    points.attach_evidence(version.points.get(), pdf(body=b"newer"), by=None, at=LATER)

    assert fresh(old).document.revisions.count() == 1
    assert version.points.get().document != old.document


def test_a_file_of_the_wrong_kind_leaves_no_trace():
    version = CardVersionFactory()
    point = SellingPointFactory(card_version=version, proved=False)
    file = pdf()
    file.file.write(b"MZ")
    file.seek(0)

    with pytest.raises(ValidationError, match="PDF"):
        points.attach_evidence(point, file, by=None, at=AT)
    assert fresh(point).document is None


# --- wrong states

NOT_EDITABLE = [state for state in State if state not in CardVersion.EDITABLE]
WRITES = {
    "save_draft": lambda version: cards.save_draft(version, words={"hazards": "x"}, by=None, at=AT),
    "add_point": lambda version: points.add_point(version, by=None, at=AT),
    "remove_point": lambda version: points.remove_point(version.points.get(), by=None, at=AT),
    "restore_point": lambda version: points.restore_point(version.points.get(), by=None, at=AT),
    "reorder_points": lambda version: points.reorder_points(version, [], by=None, at=AT),
    "attach_evidence": lambda version: points.attach_evidence(version.points.get(), pdf(), by=None, at=AT),
    "detach_evidence": lambda version: points.detach_evidence(version.points.get(), by=None, at=AT),
}


@pytest.mark.parametrize("state", NOT_EDITABLE)
@pytest.mark.parametrize("write", WRITES)
def test_words_are_refused_in_every_other_state(write, state):
    version = CardVersionFactory(state=state)

    with pytest.raises(WrongState):
        WRITES[write](version)


VERBS = {
    "submit": cards.submit,
    "withdraw": cards.withdraw,
    "approve": cards.approve,
    "send_back": lambda version, **options: cards.send_back(version, note="请补充", **options),
}


@pytest.mark.parametrize(
    ("verb", "state"),
    [(verb, state) for verb in VERBS for state in State if verb not in CardVersion.MOVES.leaving(state)],
)
def test_a_verb_is_refused_from_every_wrong_state(verb, state):
    version = CardVersionFactory(state=state)

    with pytest.raises(WrongState):
        VERBS[verb](version, by=None, at=AT)
    assert fresh(version).state == state


# --- submitting and deciding


@pytest.mark.parametrize("state", CardVersion.EDITABLE)
def test_submit_hands_a_complete_card_over_with_the_report_of_the_scan(state):
    version = CardVersionFactory(state=state)
    SellingPointFactory(card_version=version, claim="2025年同类销量领先")
    owner = writer(version)

    cards.submit(version, by=owner, at=LATER)

    assert (version.state, version.submitted_by, version.submitted_at) == (State.SUBMITTED, owner, LATER)
    report = version.scans.get()
    assert (report.outcome, version.hits, len(report.hits)) == ("needs_evidence", 1, 1)
    assert report.hits[0]["place"].startswith("point-")
    assert report.terms


def test_submit_is_refused_while_a_clause_blocks_and_leaves_no_report():
    version = CardVersionFactory(hazards="")

    with pytest.raises(Blocked, match=r"DB4401 5\.2\.3\.4 a"):
        cards.submit(version, by=None, at=AT)
    assert (fresh(version).state, version.scans.count()) == (State.DRAFT, 0)


def test_submit_is_refused_to_customer_service():
    version = CardVersionFactory()
    agent = MerchantUserFactory(merchant=version.card.product.merchant, role="customer_service")

    with pytest.raises(Denied):
        cards.submit(version, by=agent, at=AT)


def test_withdraw_gives_the_card_back_to_its_writers(reviewer):
    version = CardVersionFactory(state=State.SUBMITTED)

    cards.withdraw(version, by=writer(version), at=AT)

    assert version.state == State.DRAFT


def test_approve_is_for_good_and_supersedes_the_version_before(reviewer):
    first = CardVersionFactory(state=State.APPROVED)
    second = CardVersionFactory(card=first.card, number=2, state=State.SUBMITTED)

    cards.approve(second, by=reviewer, at=LATER)

    assert (second.state, second.decided_by, second.decided_at) == (State.APPROVED, reviewer, LATER)
    assert fresh(first).state == State.SUPERSEDED
    assert trail.history(first).first().verb == "supersede"


def test_approve_asks_the_clauses_again(reviewer):
    version = CardVersionFactory(state=State.SUBMITTED, promotion_to=AT.date())

    with pytest.raises(Blocked, match=r"DB4401 5\.2\.3\.4 g"):
        cards.approve(version, by=reviewer, at=LATER)


@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_who_submitted_it_may_not_decide_whatever_their_role(verb, reviewer, colleague):
    version = CardVersionFactory()
    cards.submit(version, by=reviewer, at=AT)

    with pytest.raises(Denied, match="同事"):
        VERBS[verb](version, by=reviewer, at=LATER)
    VERBS[verb](version, by=colleague, at=LATER)


@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_a_merchant_decides_on_no_card(verb):
    version = CardVersionFactory(state=State.SUBMITTED)

    with pytest.raises(Denied):
        VERBS[verb](version, by=writer(version), at=AT)


def test_send_back_says_what_to_mend_in_which_part(reviewer):
    version = CardVersionFactory(state=State.SUBMITTED)
    point = version.points.get()
    comments = [
        cards.Comment("请写明过敏原", CardVersion.Part.WARNINGS),
        cards.Comment("请附配料表照片", CardVersion.Part.POINTS, point),
        cards.Comment("  ", CardVersion.Part.HAZARDS),
    ]

    cards.send_back(version, note="差两处", comments=comments, by=reviewer, at=AT)

    assert version.state == State.RETURNED
    assert [(row.part, row.point, row.text) for row in version.comments.all()] == [
        ("", None, "差两处"),
        ("warnings", None, "请写明过敏原"),
        ("points", point, "请附配料表照片"),
    ]


def test_send_back_without_a_word_is_refused(reviewer):
    version = CardVersionFactory(state=State.SUBMITTED)

    with pytest.raises(ValidationError, match="修改"):
        cards.send_back(version, by=reviewer, at=AT)
    assert fresh(version).state == State.SUBMITTED


def test_approve_clean_takes_only_cards_on_which_nothing_was_found(reviewer):
    clean = CardVersionFactory(state=State.SUBMITTED)
    marked = CardVersionFactory()
    SellingPointFactory(card_version=marked, claim="2025年同类销量领先")
    cards.submit(marked, by=None, at=AT)

    cards.approve_clean(clean, by=reviewer, at=AT)
    assert clean.state == State.APPROVED
    with pytest.raises(Refused, match="逐张"):
        cards.approve_clean(marked, by=reviewer, at=AT)


# --- what is frozen


@pytest.mark.parametrize("state", CardVersion.FROZEN)
@pytest.mark.parametrize(
    "change", [{"hazards": "改了"}, {"not_applicable": {"hazards": "x"}}, {"compared_price": 1}]
)
def test_the_one_write_refuses_to_change_a_frozen_version(state, change):
    version = CardVersionFactory(state=state)
    for name, value in change.items():
        setattr(version, name, value)

    with pytest.raises(ValidationError, match="不再修改"):
        records.save(version, by=None, at=AT)


def test_the_one_write_refuses_to_change_points_of_a_frozen_version():
    version = CardVersionFactory(state=State.APPROVED)
    point = version.points.get()
    point.claim = "改了"

    with pytest.raises(ValidationError, match="不再修改"):
        records.save(point, by=None, at=AT)
    with pytest.raises(ValidationError, match="不再修改"):
        records.save(SellingPoint(card_version=version, place=2), by=None, at=AT)


RAW = {
    "words": lambda version: CardVersion.objects.filter(pk=version.pk).update(hazards="改了"),
    "number": lambda version: CardVersion.objects.filter(pk=version.pk).update(number=7),
    "decision": lambda version: CardVersion.objects.filter(pk=version.pk).update(decided_at=LATER),
    "back to draft": lambda version: CardVersion.objects.filter(pk=version.pk).update(state=State.DRAFT),
    "point": lambda version: version.points.update(claim="改了"),
    "point's evidence": lambda version: version.points.update(document=None),
    "new point": lambda version: SellingPoint.objects.bulk_create(
        [SellingPoint(card_version=version, place=2)]
    ),
    "point from elsewhere": lambda version: CardVersionFactory().points.update(card_version=version),
}


@pytest.mark.parametrize("state", CardVersion.FROZEN)
@pytest.mark.parametrize("write", RAW)
def test_the_database_refuses_to_change_a_frozen_version(write, state):
    version = CardVersionFactory(state=state)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RAW[write](version)


def test_a_draft_is_changed_by_the_same_statements():
    version = CardVersionFactory()

    RAW["words"](version)
    RAW["point"](version)

    assert fresh(version).hazards == "改了"


# --- drafts set aside


def test_what_was_typed_into_a_version_that_moved_on_is_kept_until_chosen():
    version = CardVersionFactory()
    owner = writer(version)
    cards.save_draft(version, words={"hazards": "同事写的"}, by=None, at=AT)

    cards.set_aside(version, {"hazards": "我写的", "warnings": "半句"}, by=owner, at=AT)
    kept = cards.set_aside(version, {"hazards": "我接着写的"}, by=owner, at=LATER)
    assert SetAside.objects.get().words == {"hazards": "我接着写的"}

    cards.settle(kept, words={"hazards": "我接着写的"}, by=owner, at=LATER)
    assert fresh(version).hazards == "我接着写的"
    assert fresh(kept).settled_at == LATER


def test_a_draft_may_be_set_aside_even_when_the_version_was_decided_meanwhile():
    version = CardVersionFactory(state=State.APPROVED)

    kept = cards.set_aside(version, {"hazards": "我写的"}, by=writer(version), at=AT)

    cards.settle(kept, by=None, at=AT)
    assert fresh(kept).settled_at == AT


def test_nobody_sets_a_draft_aside_for_another_merchant():
    with pytest.raises(Denied):
        cards.set_aside(CardVersionFactory(), {}, by=MerchantUserFactory(), at=AT)


# --- who sees


@pytest.mark.parametrize("model", [CardVersion, SellingPoint], ids=lambda model: model.__name__)
def test_a_strangers_card_does_not_exist(model):
    version = CardVersionFactory()

    assert model.objects.visible_to(MerchantUserFactory()).count() == 0
    assert model.objects.visible_to(writer(version)).count() == 1
    assert model.objects.visible_to(StaffFactory(role="operator")).count() == 1
    assert CardFactory._meta.model.objects.visible_to(MerchantUserFactory()).count() == 0
