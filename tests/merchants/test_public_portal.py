"""The pages that need no account: what may not be sold, an application, an invitation's link."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.accounts.models import User
from merchants.actions.invitation import token_of
from merchants.models import Application, Invitation, Membership, Merchant
from merchants.portal.public import APPLICATIONS_AN_HOUR
from tests.factories import AT
from tests.factories.accounts import PASSWORD, StaffFactory, UserFactory
from tests.factories.merchants import (
    ApplicationFactory,
    CategoryFactory,
    InvitationFactory,
    MembershipFactory,
    MerchantFactory,
    uscc,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


def text(answer):
    return answer.content.decode()


def application(number=70_001, **values):
    given = {
        "name": "佛山测试食品有限公司",
        "uscc": uscc(number),
        "contact_name": "陈经理",
        "phone": "13700137000",
    }
    return given | values


def newcomer(**values):
    given = {
        "kind": "company",
        "name": "佛山测试食品有限公司",
        "uscc": uscc(70_002),
        "person": "陈经理",
        "username": "foshan",
        "password": PASSWORD,
    }
    return given | values


def link(invitation):
    return reverse("portal_invitation", args=[token_of(invitation)])


@pytest.mark.clause("DB4401 5.6.2.3", "DB4401 5.5.1.2")
def test_everybody_can_read_what_may_not_be_sold(client: Client):
    CategoryFactory(name="烟草制品", regime="banned", note="含电子烟")
    CategoryFactory(name="药品", regime="restricted")
    CategoryFactory(name="毛巾")
    found = text(client.get("/portal/catalogue/"))
    for said in ("烟草制品", "含电子烟", "禁止销售", "药品", "限制销售"):
        assert said in found
    assert "毛巾" not in found


def test_an_application_is_received_and_makes_no_account(client: Client):
    answer = client.post("/portal/apply/", application(), follow=True)
    assert "申请已收到" in text(answer)
    assert Application.objects.get().phone == "13700137000"
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"uscc": "914401010000000000"}, "校验"),
        ({"phone": "123"}, "电话"),
        ({"name": ""}, "必填"),
        ({"message": "长" * 1001}, "1000"),
    ],
)
def test_a_wrong_application_is_refused_and_kept_on_the_page(client: Client, changed, said):
    answer = client.post("/portal/apply/", application(**changed))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "陈经理" in text(answer)
    assert not Application.objects.exists()


def test_one_address_does_not_flood_the_desk(client: Client):
    for number in range(APPLICATIONS_AN_HOUR):
        assert client.post("/portal/apply/", application(70_100 + number)).status_code == 302
    answer = client.post("/portal/apply/", application(70_200))
    assert answer.status_code == 429
    assert Application.objects.count() == APPLICATIONS_AN_HOUR


def test_a_link_opens_an_account_with_a_new_merchant(client: Client):
    invitation = InvitationFactory(application=ApplicationFactory(uscc=uscc(70_002)))
    assert uscc(70_002) in text(client.get(link(invitation)))

    answer = client.post(link(invitation), newcomer(), follow=True)

    merchant = Merchant.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("portal_home", args=[merchant.code])
    assert Membership.objects.get().user.username == "foshan"
    assert "欢迎加入" in text(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "1234567890"}, "数字"),
        ({"username": "taken"}, "已存在"),
        ({"username": "bad name"}, "用户名"),
        ({"uscc": "123"}, "18"),
        ({"uscc": ""}, "统一社会信用代码"),
        ({"person": ""}, "必填"),
    ],
)
def test_a_refused_newcomer_leaves_nothing_and_loses_nothing(client: Client, changed, said):
    UserFactory(username="taken")
    invitation = InvitationFactory()
    answer = client.post(link(invitation), newcomer(**changed))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "佛山测试食品有限公司" in text(answer)
    assert User.objects.count() == 1
    assert not Merchant.objects.exists()
    assert Invitation.objects.get().state == "open"


def test_a_colleague_joins_by_a_link(client: Client):
    merchant = MerchantFactory(papers=False)
    invitation = InvitationFactory(merchant=merchant, role="editor")
    account = {key: newcomer()[key] for key in ("person", "username", "password")}
    answer = client.post(link(invitation), account)
    assert answer["Location"] == reverse("portal_home", args=[merchant.code])
    assert Membership.objects.get().role == "editor"


def test_who_has_an_account_joins_a_second_merchant(client: Client):
    member = MembershipFactory(merchant=MerchantFactory(papers=False))
    client.force_login(member.user, backend=BACKEND)
    second = MerchantFactory(papers=False)
    client.post(link(InvitationFactory(merchant=second)), {})
    assert set(Merchant.objects.visible_to(member.user)) == {member.merchant, second}


def test_a_used_link_is_useless(client: Client):
    invitation = InvitationFactory()
    client.post(link(invitation), newcomer())
    other = Client()
    assert "链接已失效" in text(other.get(link(invitation)))
    answer = other.post(link(invitation), newcomer(username="second", uscc=uscc(70_003)))
    assert answer.status_code == 409
    assert User.objects.count() == 1


def test_an_expired_link_is_useless(client: Client):
    invitation = InvitationFactory(expires_at=AT)
    assert client.post(link(invitation), newcomer()).status_code == 409
    assert not User.objects.exists()


def test_a_made_up_link_is_not_there(client: Client):
    InvitationFactory()
    for token in ("1", "MQ", "MQ:aaaaaa:bbbbbb"):
        assert client.get(reverse("portal_invitation", args=[token])).status_code == 404


def test_staff_do_not_join(client: Client):
    client.force_login(StaffFactory(role="merchant_desk"), backend=BACKEND)
    answer = client.post(link(InvitationFactory(merchant=MerchantFactory(papers=False))), {})
    assert answer.status_code == 403
    assert not Membership.objects.exists()
