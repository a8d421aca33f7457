"""Who may hand out the link to a review finds it where the service is over, and the link leads somewhere."""

import re

import pytest
from django.core import signing
from django.urls import reverse

from aftersales.actions import review as review_actions
from aftersales.actions import survey as survey_actions
from aftersales.actions.review_link import begun, link_after
from aftersales.models import Complaint, Order, Repair, ReturnRequest
from aftersales.portal.complain import SESSION_KEY
from aftersales.portal.returns_public import SALT
from aftersales.rules.buyer import token_of
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.opinion import DimensionFactory, SurveyFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.factories.products import ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
LINK = re.compile(r"/portal/reviews/([^/\"]+)/")


@pytest.fixture
def order():
    """An order that its buyer received."""
    return OrderFactory(state="received")


def pages(order):
    """The pages on which the link to the review of an order stands, each with who looks."""
    yield reverse("buyer_order", args=[token_of(order)]), None
    yield reverse("returns_order", args=[signing.dumps(order.pk, salt=SALT)]), None
    yield reverse("admin:aftersales_order_change", args=[order.pk]), StaffFactory(role="after_sales")
    member = MerchantUserFactory(merchant=order.merchant)
    yield reverse("portal_order", args=[order.merchant.code, order.pk]), member


@pytest.mark.clause("EJAS 7.1.1", "EJAS 6.2.2.3")
def test_a_received_order_is_reviewed_by_the_link_of_each_of_its_pages(client, order):
    DimensionFactory()
    for path, user in pages(order):
        client.logout()
        if user:
            client.force_login(user)
        found = LINK.search(client.get(path).content.decode())
        assert begun(found[1]).number == order.number, path

    client.logout()
    assert client.get(found[0]).status_code == 200


def test_what_was_reviewed_is_not_asked_after_again(client, order):
    review = begun(LINK.search(link_after(order))[1])
    assert (review.merchant, review.platform) == (order.merchant, order.platform)
    review.score = 5
    review_actions.bring([(review, {})], by=None, at=AT)

    assert link_after(order) == ""
    assert not LINK.search(client.get(reverse("buyer_order", args=[token_of(order)])).content.decode())
    assert link_after(OrderFactory(state="received", platform__code="kuaishou", number=order.number))


@pytest.mark.parametrize(
    ("model", "over", "before"),
    [
        (Order, {"received_at": AT}, {"state": "closed"}),
        (ReturnRequest, {"state": "refunded"}, {"state": "arrived"}),
        (Repair, {"state": "handed_back"}, {"state": "finished"}),
        (Complaint, {"state": "answered", "answered_at": AT}, {"state": "resolved"}),
    ],
)
@pytest.mark.clause("EJAS 7.1.2")
def test_a_service_is_reviewed_once_it_is_over(order, model, over, before):
    told = {"merchant": order.merchant, "order": order, "line": order.lines.get()}
    named = {"number": "1", "platform": order.platform} if model is Order else {"code": "X000001"}
    fields = {field.name for field in model._meta.fields}
    own = {name: row for name, row in told.items() if name in fields} | named

    assert link_after(model(**own | over))
    assert link_after(model(**own | before)) == ""


def test_goods_of_one_kind_are_named_and_of_two_are_not(order):
    first, second = ProductFactory(merchant=order.merchant), ProductFactory(merchant=order.merchant)
    for product, named in ((first, first), (second, None)):
        OrderLineFactory(order=order, product=product)
        assert begun(LINK.search(link_after(order))[1]).product == named


def test_after_a_complaint_the_survey_leads_on_to_the_review_of_the_order(client, order):
    said = {"state": "answered", "outcome": "upheld", "answered_at": AT, "accepted_at": AT}
    complaint = ComplaintFactory(merchant=order.merchant, order=order, **said)
    session = client.session
    session[SESSION_KEY] = complaint.pk
    session.save()
    found = LINK.search(client.get(reverse("complain_track")).content.decode())
    assert (begun(found[1]).service, begun(found[1]).number) == ("complaint", complaint.code)

    question = SurveyFactory().questions.get()
    invitation = survey_actions.ask_after(complaint, "complaint", label="C000001", at=AT)
    page = survey_actions.link_of(invitation)
    invitation.expires_at = AT.replace(year=2099)
    invitation.save()
    thanks = client.post(page, {f"question_{question.pk}": 5}, follow=True).content.decode()
    assert begun(LINK.search(thanks)[1]).number == order.number
    assert not LINK.search(client.get("/portal/feedback/received/?review=nonsense").content.decode())
