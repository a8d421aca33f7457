"""The matrix: for each clause that blocks, a show wrong in that one thing is stopped by that clause alone.

A few shows that are right are built once; each row of ``MATRIX`` breaks one of them inside a savepoint.
"""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from mcn.agency.figures import sync_figures
from merchants.models import (
    Agreement,
    BusinessLine,
    Category,
    Contact,
    Merchant,
    MerchantCredential,
    MerchantVerification,
)
from merchants.rules import admission
from merchants.rules import submission as merchant_submission
from merchants.rules.facts import digest as merchant_digest
from products.models import Product, ProductCredential, ProductVerification, Sample, Sku
from products.rules import listing, submission
from products.rules.facts import digest as product_digest
from streamers.actions import show as show_actions
from streamers.models import (
    AdEntry,
    CapacityRecord,
    CastReview,
    Consent,
    Contract,
    CrewMember,
    Design,
    EntityPaper,
    IdentityReport,
    LiveEntity,
    Offer,
    PlanLine,
    Rehearsal,
    Room,
    RoomNotice,
    RunItem,
    Script,
    ServicePlan,
    Show,
    ShowCast,
    ShowCheck,
    Streamer,
    StreamerVerification,
    TrainingRecord,
    VirtualProfile,
    VirtualRight,
)
from streamers.rules import (
    ad_entry,
    ad_penalty,
    age,
    cast_review,
    conduct,
    contract,
    go_live,
    hold,
    hosting,
    identity_report,
    live_entity,
    preparation,
    qualification,
    rehearsal,
    room,
    run_sheet,
    script,
    service_plan,
    show_cast,
    show_check,
    training,
    verification,
    virtual,
)
from streamers.rules.go_live import GO_LIVE
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.ads import advertise
from tests.factories.cards import CardVersionFactory
from tests.factories.conduct import ConductMeasureFactory, CorrectionFactory
from tests.factories.merchants import (
    BusinessLineFactory,
    CategoryFactory,
    MerchantHoldFactory,
)
from tests.factories.preparation import prepare
from tests.factories.products import ProductHoldFactory
from tests.factories.rooms import (
    EntityRequirementFactory,
    LiveEntityFactory,
    RoomFactory,
    RoomHoldFactory,
    venue_kind,
)
from tests.factories.shows import EVENING, ShowFactory
from tests.factories.streamer_papers import (
    AdPenaltyFactory,
    LikenessConsentFactory,
    QualificationFactory,
    SpecialismFactory,
)
from tests.factories.streamers import (
    CHILD,
    MINOR,
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    StreamerFactory,
    StreamerHoldFactory,
)

YESTERDAY = DAY - datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
MADE_READY = [ShowCheck, CastReview, Rehearsal, IdentityReport, Script]


def minor():
    """Somebody of seventeen whose father consented and who lives on their own labour."""
    streamer = StreamerFactory(born_on=MINOR)
    CapacityRecordFactory(streamer=streamer)
    ConsentFactory(streamer=streamer)
    return streamer


def figure_room():
    """A real place in which a virtual streamer stands, and viewers are told."""
    made = RoomFactory()
    made.notices.create(kind=RoomNotice.Kind.VIRTUAL, where="画面左上角", seen_on=DAY)
    return made


SHOWS = {
    "plain": ShowFactory,
    "minor": lambda: ShowFactory(cast=minor()),
    "figure": lambda: ShowFactory(cast=StreamerFactory(virtual=True), room=figure_room()),
    "scene": lambda: ShowFactory(room=RoomFactory(virtual=True)),
    "person": lambda: ShowFactory(room=RoomFactory(entity=LiveEntityFactory(natural=True))),
}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The right shows, built once; gone again after the last row."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("files"))
            sync_figures(at=AT)
            yield {name: build() for name, build in SHOWS.items()}
        transaction.set_rollback(True)


@pytest.fixture
def shows(built):
    """The right shows, as they were built, whatever the row before broke."""
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


def put(model, **values):
    """A change to all rows of a model, as if it had come about some other way."""
    return lambda show: model.objects.update(**values)


def made(factory, **values):
    """A further row; what is callable is asked of the show."""
    return lambda show: factory(
        **{name: value(show) if callable(value) else value for name, value in values.items()}
    )


def ready(wrong):
    """The wrong thing, known when the show was made ready: nothing is stale because of it."""

    def both(show):
        wrong(show)
        for model in MADE_READY:
            model.objects.filter(show=show).delete()
        prepare(show)

    return both


def read_from_a_version_under_review(show):
    card = show.items.get().card_version.card
    show.items.update(card_version=CardVersionFactory(card=card, number=2, state="submitted"))
    show.ad_entries.all().delete()
    advertise(show)


def streamer_of(show):
    return show.cast.get().streamer


def product_of(show):
    return show.items.get().product


def merchant_of(show):
    return product_of(show).merchant


def entity_of(show):
    return show.room.entity


def drop(model, **which):
    """Rows that are not there."""
    return lambda show: model.objects.filter(**which).delete()


def of_the_streamer(**values):
    """Something about the streamer that was so when it was verified."""

    def wrong(show):
        Streamer.objects.update(**values)
        for row in StreamerVerification.objects.filter(streamer=streamer_of(show)):
            row.digest = verification.digest(Streamer.objects.get(pk=row.streamer_id), row.item, DAY)
            row.save()

    return ready(wrong)


def of_the_merchant(wrong):
    """Something about the merchant that was so when it was verified."""

    def verified(show):
        wrong(show)
        for row in MerchantVerification.objects.filter(merchant=merchant_of(show)):
            row.digest = merchant_digest(row.merchant, row.item)
            row.save()

    return verified


def in_category(**values):
    """The product in a category of its own below that for which its merchant was admitted."""

    def moved(show):
        product = product_of(show)
        code = f"{product.category.code}.below"
        values.pop("code", None)
        product.category = CategoryFactory(code=code, **values)
        Product.objects.filter(pk=product.pk).update(category=product.category)

    return ready(moved)


def no_lines(show):
    """A merchant that gave up every line, and one of which goods of no category are sold."""
    BusinessLine.objects.update(ended_on=YESTERDAY)


def needing_a_report(show):
    """A report that was withdrawn, and that the standard is verified without."""
    ProductCredential.objects.update(ended_on=YESTERDAY)
    verified_again(show, ProductVerification.Item.STANDARD)


def struck_through(show):
    Sku.objects.update(list_price=Decimal("99.00"))
    verified_again(show, ProductVerification.Item.PRICE)


def verified_again(show, item):
    """An item of the product, verified on the facts as they stand now."""
    product = product_of(show)
    now = product_digest(product, item)
    ProductVerification.objects.filter(product=product, item=item).update(digest=now)


def with_another_licence(show):
    """A licence of somebody else, verified all the same."""
    paper = MerchantCredential.objects.get(merchant=merchant_of(show), kind__code="business_licence")
    paper.number = "91440101000000000X"
    MerchantCredential.objects.filter(pk=paper.pk).update(number=paper.number, verified_digest=paper.digest)


def with_another_entity_licence(show):
    paper = EntityPaper.objects.get(entity=entity_of(show))
    paper.number = "91440101000000000X"
    EntityPaper.objects.filter(pk=paper.pk).update(number=paper.number, verified_digest=paper.digest)


def unreported(show):
    """A verified qualification of which the platform of an account was not told."""
    SpecialismFactory(streamer=streamer_of(show))
    PlatformAccountFactory(streamer=streamer_of(show))
    QualificationFactory(streamer=streamer_of(show))
    reverify(show)


def unknown_account(show):
    PlatformAccountFactory(streamer=streamer_of(show), real_name_on=None)
    reverify(show)


def reverify(show):
    of_the_streamer()(show)


def presold_too_early(show):
    for model in (Offer, PlanLine):
        model.objects.update(presale=5, ships_on=YESTERDAY)


def of_the_past(show):
    """A show after the promotion on its card."""
    later = EVENING + datetime.timedelta(days=9)
    Show.objects.update(starts_at=later, ends_at=later + datetime.timedelta(hours=2))


def forbidden(ground):
    """A place of a kind that a clause forbids."""

    def moved(show):
        kind = venue_kind(code="forbidden", name="禁播场所", clause=ground, forbidden_from=DAY)
        Room.objects.update(venue_kind=kind)

    return ready(moved)


def notice_gone(kind):
    return lambda show: RoomNotice.objects.filter(kind=kind).update(ended_on=DAY)


NOTICES = zip(
    [room.says_who_sells, room.says_where_to_turn_to, room.says_where_to_report],
    ["sellers", "after_sales", "reporting"],
    strict=True,
)
COOPERATION = Agreement.Kind.COOPERATION
# Each check that blocks, with what makes it alone block; a third names another show than the plain one.
MATRIX = [
    (show_cast.is_led_by_a_host, ready(put(ShowCast, role="guest"))),
    (show_cast.is_spoken_by_the_qualified, put(Show, theme="medicine")),
    (run_sheet.has_products_in_order, ready(put(RunItem, removed_at=EVENING))),
    (run_sheet.reads_from_approved_cards, ready(read_from_a_version_under_review)),
    (run_sheet.shows_no_promotion_that_is_over, ready(of_the_past)),
    (run_sheet.offers_something_of_each, put(Offer, spot=0)),
    (run_sheet.promises_no_more_than_declared, put(Sku, stock=99)),
    (run_sheet.ships_presold_goods_after_the_show, presold_too_early),
    (run_sheet.compares_with_a_price_that_was_charged, put(Offer, compared_price=Decimal("99.00"))),
    (run_sheet.links_to_the_goods, ready(put(Offer, link=""))),
    (
        live_entity.holds_what_the_goods_need,
        made(EntityRequirementFactory, entity=entity_of, category=lambda show: product_of(show).category),
    ),
    (room.virtual_streamer_is_seen_labelled, notice_gone("virtual"), "figure"),
    (room.show_is_announced_with_nothing_banned, ready(put(Show, title="全网最低价"))),
    (service_plan.has_every_merchant_agree_on_a_plan, put(ServicePlan, state="returned")),
    (service_plan.CHECKS[1], put(PlanLine, spot=99)),
    (service_plan.CHECKS[2], put(ServicePlan, seats=0, seats_trained=0)),
    (ad_entry.is_on_the_register, put(AdEntry, state="accepted")),
    (ad_entry.says_who_answers, put(AdEntry, parties="others")),
    (ad_entry.names_its_endorsers, put(AdEntry, endorsers="")),
    (preparation.has_a_plan, put(Show, plan=" ")),
    (preparation.has_a_contingency_plan, put(Show, contingency="")),
    (preparation.has_its_marketer_and_equipment_keeper, drop(CrewMember, role="equipment")),
    (preparation.has_somebody_who_knows_the_goods, drop(CrewMember, role="product")),
    (preparation.has_somebody_who_knows_the_law, drop(CrewMember, role="law")),
    (show_check.was_reviewed_for_compliance, drop(ShowCheck, item="clothing")),
    (show_check.was_reviewed_as_a_scene, drop(ShowCheck, item="venue")),
    (show_check.had_its_links_tried, drop(ShowCheck, item="links")),
    (show_check.has_its_equipment_ready, drop(ShowCheck, item="equipment")),
    (cast_review.was_reviewed_by_its_streamers, drop(CastReview)),
    (script.has_its_words_approved, put(Script, state="submitted")),
    (script.promises_nobody_results, put(Show, plan="本场保证销量破百万。")),
    (rehearsal.had_its_virtual_streamer_checked, drop(Rehearsal), "figure"),
    (identity_report.told_the_platform_who_streams, drop(IdentityReport)),
    (room.room_is_open, put(Room, state="suspended")),
    (room.room_is_not_held, made(RoomHoldFactory, room=lambda show: show.room)),
    *[(check, forbidden(check.clauses[0])) for check in room.FORBIDDEN_PLACES],
    (room.virtual_scene_is_labelled, ready(put(Room, scene_label="")), "scene"),
    (room.virtual_scene_has_its_technician, put(Room, technician_name=""), "scene"),
    (room.virtual_scene_is_seen_labelled, notice_gone("virtual"), "scene"),
    (room.shows_its_licences, notice_gone("licences")),
    *[(check, notice_gone(kind)) for check, kind in NOTICES],
    (room.title_and_cover_say_nothing_banned, ready(put(Room, title="全网最低价"))),
    (live_entity.entity_runs_rooms, put(LiveEntity, ended_on=YESTERDAY)),
    (live_entity.person_is_identified, put(EntityPaper, valid_to=YESTERDAY), "person"),
    (live_entity.firm_holds_its_business_licence, with_another_entity_licence),
    (live_entity.is_bound_by_an_agreement, put(LiveEntity, operation="self")),
    (live_entity.holds_what_its_business_needs, made(EntityRequirementFactory, entity=entity_of)),
    (hosting.is_active, put(Streamer, state="suspended")),
    (verification.gives_the_real_name, of_the_streamer(name_hash="")),
    (verification.gives_phone_and_address, of_the_streamer(address_hash="")),
    (verification.stands_verified_in_every_item, drop(StreamerVerification, item="record")),
    (verification.knows_the_guardian, drop(StreamerVerification, item="guardian"), "minor"),
    (verification.is_verified_again_in_time, put(StreamerVerification, next_due_on=YESTERDAY)),
    (age.is_of_working_age, put(Streamer, born_on=CHILD)),
    (age.has_the_guardians_consent, put(Consent, valid_to=YESTERDAY), "minor"),
    (age.has_full_civil_capacity, drop(CapacityRecord), "minor"),
    (
        ad_penalty.is_not_barred_by_a_penalty,
        made(AdPenaltyFactory, id_number=lambda show: streamer_of(show).id_number),
    ),
    (hold.is_not_held, made(StreamerHoldFactory, streamer=streamer_of)),
    (training.passed_the_induction, put(TrainingRecord, session=None)),
    (verification.is_known_to_the_platforms_by_real_name, unknown_account),
    (qualification.holds_a_paper_in_each_field, made(SpecialismFactory, streamer=streamer_of)),
    (
        qualification.holds_verified_papers_in_each_field,
        lambda show: [
            SpecialismFactory(streamer=streamer_of(show)),
            QualificationFactory(streamer=streamer_of(show), verified=False),
        ],
    ),
    (qualification.reported_its_papers_to_the_platforms, unreported),
    (contract.is_bound_by_a_contract, put(Contract, valid_to=YESTERDAY)),
    (virtual.says_what_label_is_shown, drop(VirtualProfile), "figure"),
    (virtual.names_its_technician, put(VirtualProfile, technician_name=""), "figure"),
    (virtual.holds_the_right_to_its_image, put(VirtualRight, valid_to=YESTERDAY), "figure"),
    (virtual.says_whose_likeness_and_voice_it_uses, put(VirtualProfile, voice_of_a_person=None), "figure"),
    (
        virtual.has_the_consents_of_their_owners,
        made(LikenessConsentFactory, streamer=streamer_of, state="declared"),
        "figure",
    ),
    (virtual.has_its_designs_approved, put(Design, state="submitted"), "figure"),
    (
        conduct.answers_for_its_points,
        made(
            ConductMeasureFactory,
            violation__streamer=streamer_of,
            violation__confirmed=False,
            streamer=streamer_of,
        ),
    ),
    (
        conduct.corrects_in_time,
        made(CorrectionFactory, violation__streamer=streamer_of, streamer=streamer_of, due_on=YESTERDAY),
    ),
    (listing.has_passed_review, put(Product, state="delisted")),
    (submission.has_something_to_sell, put(Sku, on_sale=False)),
    (submission.has_a_category, ready(put(Product, category=None))),
    (submission.is_not_banned, in_category(regime="banned")),
    (submission.carries_the_papers_of_its_category, ready(needing_a_report)),
    (submission.has_a_basis_for_its_struck_through_price, ready(struck_through)),
    (listing.stands_verified_in_every_item, drop(ProductVerification, item="origin")),
    (listing.is_under_quality_control, drop(ProductVerification, item="measurement")),
    (listing.is_cleared_where_sale_is_restricted, put(Category, regime="restricted")),
    (
        listing.comes_in_harmless_packaging,
        lambda show: ProductVerification.objects.filter(item="packaging").update(outcome="bad"),
    ),
    (listing.was_tried_before_it_was_chosen, put(Sample, tried_on=None)),
    (listing.sells_what_the_sample_showed, put(Sample, same_as_sold=False)),
    (listing.is_not_on_hold, made(ProductHoldFactory, product=product_of)),
    (
        listing.is_sold_in_a_line_of_its_merchant,
        lambda show: BusinessLine.objects.filter(category=product_of(show).category).update(
            ended_on=YESTERDAY
        ),
    ),
    (listing.is_sold_with_the_permits_of_its_category, in_category(requires=["food_licence"])),
    (admission.is_admitted, put(Merchant, state="suspended")),
    (merchant_submission.holds_a_good_licence, put(MerchantCredential, valid_to=YESTERDAY)),
    (merchant_submission.holds_a_licence_of_its_own, with_another_licence),
    (
        merchant_submission.names_its_legal_representative,
        of_the_merchant(put(Merchant, legal_representative="")),
    ),
    (merchant_submission.gives_its_address, of_the_merchant(put(Merchant, address=""))),
    (merchant_submission.gives_its_phone_number, of_the_merchant(put(Merchant, phone=""))),
    (merchant_submission.names_a_contact, of_the_merchant(put(Contact, ended_on=YESTERDAY))),
    (merchant_submission.declares_its_lines_of_business, no_lines),
    (
        merchant_submission.sells_nothing_banned,
        made(
            BusinessLineFactory,
            merchant=merchant_of,
            category=lambda show: CategoryFactory(regime="banned"),
        ),
    ),
    (
        merchant_submission.holds_the_permits_of_its_lines,
        made(
            BusinessLineFactory,
            merchant=merchant_of,
            category=lambda show: CategoryFactory(requires=["food_licence"]),
        ),
    ),
    (merchant_submission.keeps_its_papers_on_file, put(MerchantCredential, document=None)),
    (admission.stands_verified_in_every_item, drop(MerchantVerification, item="credit")),
    (admission.is_verified_again_in_time, put(MerchantVerification, next_due_on=YESTERDAY)),
    (admission.holds_verified_papers, put(MerchantCredential, verified_digest="")),
    (
        admission.is_bound_by_an_agreement,
        lambda show: Agreement.objects.filter(kind=COOPERATION).update(valid_to=YESTERDAY),
    ),
    (admission.answers_for_its_advertising, put(Agreement, as_advertiser=False)),
    (admission.delivers_in_time, put(Agreement, on_delivery=False)),
    (admission.stands_by_during_shows, put(Agreement, on_attendance=False)),
    (admission.trades_lawfully, put(Agreement, on_lawful_trade=False)),
    (admission.is_not_held, made(MerchantHoldFactory, merchant=merchant_of)),
]
BLOCKING = {check for check in GO_LIVE.all_checks if check.level in ("shall", "shall not")}


def named(check):
    """A check as the test's report names it."""
    return f"{check.__module__.rsplit('.', 1)[-1]}.{check.__name__}-{check.clauses[0].replace(' ', '-')}"


def broken(book, subject, on):
    """What blocks a loaded subject, by a rulebook and its parts: the checks and the clauses they cite."""
    for check in book.checks:
        if check in BLOCKING:
            yield from ((named(check), (cited or check.clauses)[0]) for _r, _m, *cited in check(subject, on))
    for rows, part in book.parts:
        for row in rows(subject):
            yield from broken(part, row, on)


def test_each_clause_that_blocks_has_its_row():
    rows = [row[0] for row in MATRIX]

    assert {named(check) for check in BLOCKING} == {named(check) for check in rows}
    assert len(rows) == len(BLOCKING)


def test_the_right_shows_go_live(shows):
    operator, show = StaffFactory(role="operator"), shows["plain"]

    reports = go_live.reports(Show.objects.all())
    assert {name: reports[row.pk].findings for name, row in shows.items()} == {name: [] for name in SHOWS}

    show_actions.clear(show, by=operator, at=AT)
    show_actions.start(show, by=operator, at=EVENING)
    assert Show.objects.get(pk=show.pk).state == Show.State.LIVE


@pytest.mark.clause(*{check.clauses[0] for check in BLOCKING})
@pytest.mark.parametrize("row", [pytest.param(row, id=named(row[0])) for row in MATRIX])
def test_wrong_in_one_thing_it_is_stopped_by_that_clause_alone(shows, row):
    check, wrong, name = row if len(row) == 3 else (*row, "plain")
    wrong(shows[name])

    [show] = GO_LIVE.prefetch(Show.objects.filter(pk=shows[name].pk))
    [day] = go_live.days(show)

    assert set(broken(GO_LIVE, show, day)) == {(named(check), check.clauses[0])}
