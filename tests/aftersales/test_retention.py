"""What tells of buyers goes after its term, not a day before, never under a hold, and does not come back."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import order as order_actions
from aftersales.actions import return_evidence
from aftersales.actions import return_request as return_actions
from aftersales.actions.order_put import Told, put
from aftersales.models import ComplaintEntry
from aftersales.rules.complaint_file import sha256_of
from mcn.evidence import retention
from mcn.evidence.actions import attach
from mcn.evidence.models import Revision
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock
from tests.factories import AT, DAY, pdf, png
from tests.factories.accounts import StaffFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.knowledge import InquiryFactory
from tests.factories.opinion import MentionFactory, ReviewFactory
from tests.factories.orders import OrderFactory, ParcelFactory, TrackingEventFactory
from tests.factories.promises import InvoiceFactory
from tests.factories.retention import LegalHoldFactory
from tests.factories.returns import ASKED, RepairFactory, ReturnFactory

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)
SECRETS = ["林小满", "13800138000", "13900139000", "测试路1号", "压扁", "断电"]


@pytest.fixture(autouse=True)
def ground():
    sync_retention(at=AT)


def night(on, **given):
    at = datetime.datetime.combine(on, datetime.time(3, 40), clock.SHANGHAI)
    return retention.run(on=on, by=None, at=at, **given)["kinds"][0]


def an_order():
    parcel = ParcelFactory(order=OrderFactory(state="received"), state="received")
    TrackingEventFactory(parcel=parcel, text="派件员 13900139000")
    parcel.receipt = attach(parcel, png(), title="签收凭证", by=None, at=AT)
    parcel.save()
    return parcel.order, parcel.received_at


def a_return():
    request = ReturnFactory(reason="damaged", words="罐子压扁")
    return_evidence.give_files(request, [png()], side="buyer", by=None, at=ASKED)
    return return_actions.cancel(request, by=None, at=ASKED, note=""), ASKED


def a_repair():
    return RepairFactory(state="cancelled", fault="自动断电", asked_at=AT), AT


def an_invoice():
    invoice = InvoiceFactory(state="sent", way="page", sent_at=AT)
    invoice.document = attach(invoice, pdf(), title="发票", by=None, at=AT)
    invoice.save()
    return invoice, AT


def an_inquiry():
    return InquiryFactory(state="closed", merchant=OrderFactory(lines=0).merchant), AT


def a_review():
    return ReviewFactory(author="林小满", given_at=AT), AT


def a_mention():
    review = ReviewFactory()
    return MentionFactory(author="林小满", published_at=AT, merchant=review.merchant), AT


KINDS = {
    "ORDERS": an_order,
    "RETURNS": a_return,
    "REPAIRS": a_repair,
    "INVOICES": an_invoice,
    "INQUIRIES": an_inquiry,
    "REVIEWS": a_review,
    "MENTIONS": a_mention,
}


@pytest.mark.clause("DB4401 5.1.5.3", "LSEC 31")
@pytest.mark.parametrize("name", KINDS)
def test_what_tells_of_buyers_goes_the_day_after_its_term(settings, name, django_capture_on_commit_callbacks):
    settings.MCN_RETENTION = [f"aftersales.actions.retention.{name}"]
    row, ended_at = KINDS[name]()
    last = clock.add_months(clock.business_day(ended_at), 36)
    merchant = row.merchant if hasattr(row, "merchant") else row.order.merchant

    counted = [night(last + shift * ONE_DAY, dry_run=True) for shift in (-1, 0, 1)]
    assert [(found["seen"], found["kept"], found["removed"]) for found in counted] == [
        (1, 1, 0),
        (1, 1, 0),
        (1, 0, 1),
    ]
    held = LegalHoldFactory(subject=merchant, placed_on=last)
    found = [night(last + shift * ONE_DAY) for shift in (-1, 0, 1, 400)]
    assert not any(one["removed"] for one in found)
    assert found[-1]["held"] == 1
    held.delete()

    with django_capture_on_commit_callbacks(execute=True):
        assert night(last + ONE_DAY)["removed"] == 1
    row.refresh_from_db()
    told = str([str(getattr(row, field.attname)) for field in row._meta.concrete_fields])
    assert not [secret for secret in SECRETS if secret in told]
    files = [one.file for one in Revision.objects.filter(document__owner_model__startswith="aftersales")]
    assert not [file for file in files if file.storage.exists(file.name)]
    assert night(last + 2 * ONE_DAY)["seen"] == 0


def test_an_order_is_kept_as_long_as_anything_goes_on_about_it(settings):
    settings.MCN_RETENTION = ["aftersales.actions.retention.ORDERS"]
    order, received_at = an_order()
    request = ReturnFactory(order=order)
    long_after = clock.add_months(clock.business_day(received_at), 60)
    assert night(long_after)["kept"] == 1
    return_actions.cancel(request, by=None, at=ASKED, note="")
    last = clock.add_months(clock.business_day(ASKED), 36)

    assert (night(last)["removed"], night(last + ONE_DAY)["removed"]) == (0, 1)


def test_a_buyer_who_went_comes_back_by_no_door(settings):
    settings.MCN_RETENTION = ["aftersales.actions.retention.ORDERS"]
    order, received_at = an_order()
    night(clock.add_months(clock.business_day(received_at), 37))
    order.refresh_from_db()
    agent = StaffFactory(role="after_sales")
    own = {"merchant": order.merchant, "buyer_name": "林小满", "buyer_phone": "13800138000"}
    put(Told(order.platform, order.number, own), by=agent, at=AT)

    order.refresh_from_db()
    assert (order.buyer_name, order.buyer_phone_hash) == ("", "")
    order.buyer_name = "林小满"
    with pytest.raises(ValidationError, match="清除"):
        order_actions.change(order, by=agent, at=AT)


def test_orders_whose_term_cannot_be_over_are_counted_and_not_read(settings, django_assert_num_queries):
    settings.MCN_RETENTION = ["aftersales.actions.retention.ORDERS"]
    OrderFactory.create_batch(2, state="received", lines=0)
    with django_assert_num_queries(5):
        found = night(DAY + 900 * ONE_DAY, dry_run=True)
    assert (found["seen"], found["kept"], found["removed"]) == (2, 2, 0)


def test_the_pictures_of_a_complaint_go_with_its_words(settings, django_capture_on_commit_callbacks):
    settings.MCN_RETENTION = ["aftersales.actions.complaint_retention.COMPLAINTS"]
    complaint = ComplaintFactory(state="closed", closed_at=AT)
    document = attach(complaint, png(), title="照片", by=None, at=AT)
    entry = ComplaintEntry(complaint=complaint, number=9, kind="consumer", at=AT, document=document)
    entry.text_sha256 = sha256_of("")
    entry.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert night(clock.add_months(DAY, 36) + ONE_DAY)["removed"] == 1

    revision = Revision.objects.get(document=document)
    assert (revision.name, document.latest) == ("（已到期清除）", None)
    assert not revision.file.storage.exists(revision.file.name)


def test_a_file_that_another_row_still_needs_stays(settings, django_capture_on_commit_callbacks):
    settings.MCN_RETENTION = ["aftersales.actions.retention.INVOICES"]
    invoice, _at = an_invoice()
    other = attach(invoice, pdf(), title="同一文件", by=None, at=AT)
    Revision.objects.filter(document=other).update(file=Revision.objects.get(document=invoice.document).file)
    with django_capture_on_commit_callbacks(execute=True):
        night(clock.add_months(DAY, 36) + ONE_DAY)

    assert other.latest.file.storage.exists(other.latest.file.name)
