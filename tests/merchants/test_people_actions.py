"""How merchants' people come in, change places and leave."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mcn.accounts.models import User
from mcn.audit.models import Entry
from mcn.kit.privacy import keyed_hash, reveal
from mcn.kit.refusal import Denied, Refused, WrongState
from merchants.actions import contact as contact_actions
from merchants.actions import invitation as invitation_actions
from merchants.actions import membership as membership_actions
from merchants.models import Application, Contact, Invitation, Membership, Merchant
from tests.factories import AT, DAY
from tests.factories.accounts import PASSWORD, MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.merchants import (
    ApplicationFactory,
    ContactFactory,
    InvitationFactory,
    MembershipFactory,
    MerchantFactory,
    uscc,
)

NEXT_WEEK = AT + invitation_actions.GOOD_FOR
NEW = {"username": "foshan", "name": "陈经理", "password": PASSWORD}


@pytest.fixture
def desk():
    return StaffFactory(role="merchant_desk")


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def owner(merchant):
    return MerchantUserFactory(merchant=merchant)


def draft():
    return Merchant(name="佛山测试食品有限公司", uscc=uscc(60_001))


def test_an_application_becomes_an_invitation_and_a_draft(desk):
    application = invitation_actions.apply(ApplicationFactory.build(), at=AT)
    assert not User.objects.exclude(pk=desk.pk).exists(), "an application makes no account"

    invitation = invitation_actions.invite_applicant(application, by=desk, at=AT)
    assert (application.state, invitation.role, invitation.expires_at) == ("invited", "owner", NEXT_WEEK)

    found = invitation_actions.find(invitation_actions.token_of(invitation))
    user, merchant = invitation_actions.accept_as_new(found, **NEW, at=AT, merchant=draft())

    assert user.check_password(PASSWORD)
    assert (merchant.state, merchant.code) == (Merchant.State.DRAFT, "M0001")
    assert Membership.objects.get().role == Membership.Role.OWNER
    assert Invitation.objects.get().accepted_by == user


def test_a_firm_applies_once_at_a_time():
    first = ApplicationFactory()
    with pytest.raises(Refused, match="已收到"):
        invitation_actions.apply(ApplicationFactory.build(uscc=first.uscc), at=AT)


def test_an_application_is_declined_with_a_reason(desk):
    application = ApplicationFactory()
    with pytest.raises(ValidationError):
        invitation_actions.decline(application, note="", by=desk, at=AT)
    invitation_actions.decline(application, note="类目暂不招商", by=desk, at=AT)

    with pytest.raises(WrongState):
        invitation_actions.invite_applicant(application, by=desk, at=AT)
    assert not Invitation.objects.exists()


def test_an_owner_invites_a_colleague(merchant, owner):
    made = Invitation(merchant=merchant, name="小张", role=Membership.Role.EDITOR)
    invitation_actions.invite(made, by=owner, at=AT)

    user = UserFactory()
    assert invitation_actions.accept(made, user=user, at=AT) == merchant
    assert user.has_perm("merchants.change_merchant", merchant)
    assert Merchant.objects.visible_to(user).get() == merchant


def test_only_owners_and_the_desk_invite(merchant, desk):
    for other in (
        MerchantUserFactory(merchant=merchant, role="editor"),
        MerchantUserFactory(),
        UserFactory(),
    ):
        with pytest.raises(Denied):
            invitation_actions.invite(Invitation(merchant=merchant, name="小张"), by=other, at=AT)
    with pytest.raises(Denied):
        invitation_actions.invite(Invitation(name="新商家"), by=MerchantUserFactory(), at=AT)
    invitation_actions.invite(Invitation(name="新商家"), by=desk, at=AT)


def test_a_link_lets_one_person_in_once(merchant):
    made = InvitationFactory(merchant=merchant)
    invitation_actions.accept(made, user=UserFactory(), at=AT)
    with pytest.raises(Refused, match="已使用"):
        invitation_actions.accept(made, user=UserFactory(), at=AT)


def test_a_link_expires_and_can_be_revoked(merchant, owner):
    made = InvitationFactory(merchant=merchant, expires_at=NEXT_WEEK)
    assert invitation_actions.is_open(made, NEXT_WEEK - datetime.timedelta(seconds=1))
    with pytest.raises(Refused):
        invitation_actions.accept(made, user=UserFactory(), at=NEXT_WEEK)

    invitation_actions.revoke(made, by=owner, at=AT)
    with pytest.raises(Refused):
        invitation_actions.accept(made, user=UserFactory(), at=AT)


@pytest.mark.parametrize("token", ["", "1", "abc:def:ghi", "MQ:1tXXXX:AAAA"])
def test_a_made_up_link_finds_nothing(token):
    InvitationFactory()
    assert invitation_actions.find(token) is None


def test_staff_do_not_slip_into_a_merchant(merchant, desk):
    with pytest.raises(Denied):
        invitation_actions.accept(InvitationFactory(merchant=merchant), user=desk, at=AT)


@pytest.mark.parametrize(
    ("changed", "field"), [({"password": "12345678"}, "password"), ({"username": "taken"}, "username")]
)
def test_a_refused_account_leaves_nothing(merchant, changed, field):
    UserFactory(username="taken")
    made = InvitationFactory(merchant=merchant)
    with pytest.raises(ValidationError) as no:
        invitation_actions.accept_as_new(made, **NEW | changed, at=AT)
    assert field in no.value.message_dict
    assert User.objects.count() == 1
    assert Invitation.objects.get().state == "open"


def test_a_refused_merchant_leaves_no_account():
    made = InvitationFactory()
    with pytest.raises(ValidationError):
        invitation_actions.accept_as_new(made, **NEW, at=AT, merchant=Merchant(name="甲", uscc="123"))
    assert not User.objects.exists()


def test_a_person_serves_several_merchants(merchant, owner):
    other = MerchantFactory(papers=False)
    MembershipFactory(user=owner, merchant=other, role="editor")
    assert set(Merchant.objects.visible_to(owner)) == {merchant, other}


def test_a_membership_that_ended_shows_nothing(merchant, owner, desk):
    editor = MerchantUserFactory(merchant=merchant, role="editor")
    membership_actions.end(editor.memberships.get(), by=owner, at=AT)

    assert not Merchant.objects.visible_to(editor).exists()
    assert not editor.has_perm("merchants.change_merchant", merchant)
    with pytest.raises(Refused):
        membership_actions.end(editor.memberships.get(), by=desk, at=AT)


def test_a_merchant_keeps_an_owner(merchant, owner):
    own = owner.memberships.get()
    with pytest.raises(Refused, match="至少"):
        membership_actions.end(own, by=owner, at=AT)
    with pytest.raises(Refused, match="至少"):
        membership_actions.change(own, role="editor", by=owner, at=AT)

    MerchantUserFactory(merchant=merchant)
    membership_actions.change(own, role="editor", by=owner, at=AT)
    assert Membership.objects.get(pk=own.pk).role == "editor"


def test_an_editor_changes_no_roles(merchant, owner):
    editor = MerchantUserFactory(merchant=merchant, role="editor")
    with pytest.raises(Denied):
        membership_actions.change(editor.memberships.get(), role="owner", by=editor, at=AT)


def test_a_person_joins_a_merchant_once(merchant, owner, desk):
    with pytest.raises(ValidationError, match="成员"):
        membership_actions.add(
            Membership(user=owner, merchant=merchant, role="editor", started_on=DAY), by=desk, at=AT
        )


def test_a_contact_is_added_changed_and_ended(merchant, owner):
    contact = contact_actions.add(ContactFactory.build(merchant=merchant), by=owner, at=AT)
    contact.position = "总监"
    contact_actions.change(contact, by=owner, at=AT)

    contact_actions.end(contact, by=owner, at=AT)
    contact.refresh_from_db()
    assert contact.ended_on == DAY
    with pytest.raises(Refused):
        contact_actions.change(contact, by=owner, at=AT)


def test_a_phone_number_stands_once_for_a_duty(merchant, owner):
    ContactFactory(merchant=merchant)
    with pytest.raises(ValidationError, match="已有"):
        contact_actions.add(ContactFactory.build(merchant=merchant), by=owner, at=AT)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"phone": "1380013"}, "phone"), ({"email": "not an address"}, "email"), ({"name": ""}, "name")],
)
def test_a_contact_that_cannot_be_reached_is_refused(merchant, owner, values, field):
    with pytest.raises(ValidationError) as no:
        contact_actions.add(ContactFactory.build(merchant=merchant, **values), by=owner, at=AT)
    assert field in no.value.message_dict


def test_personal_data_lies_encrypted_and_is_found_by_its_hash(merchant):
    ContactFactory(merchant=merchant, name="李经理", phone="13900139000")
    assert Contact.objects.get(phone_hash=keyed_hash("139 0013 9000")).name == "李经理"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email FROM merchants_contact")
        (row,) = cursor.fetchall()
    assert not {"李经理", "13900139000", "shangwu@example.com"} & set(row)
    assert all(value.startswith("dev$") for value in row)


def test_the_trail_tells_no_personal_data(merchant, owner):
    contact_actions.add(ContactFactory.build(merchant=merchant), by=owner, at=AT)
    told = " ".join(f"{entry.label} {entry.changes}" for entry in Entry.objects.all())
    for secret in ("李经理", "13900139000", "shangwu@example.com", "13800138000", "体育西路", "王小明"):
        assert secret not in told


def test_a_look_in_clear_needs_permission_and_reason(merchant, desk, owner):
    contact = ContactFactory(merchant=merchant)
    assert reveal(contact, "phone", by=desk, at=AT, why="联系补充资料") == "13900139000"
    assert Entry.objects.filter(verb="reveal", by=desk, why="联系补充资料").count() == 1

    with pytest.raises(Denied):
        reveal(contact, "phone", by=desk, at=AT, why=" ")
    with pytest.raises(Denied):
        reveal(contact, "phone", by=owner, at=AT, why="看看")
    assert Entry.objects.filter(verb="reveal").count() == 1


def test_applicants_data_lies_encrypted():
    application = ApplicationFactory()
    assert Application.objects.get(phone_hash=keyed_hash("13700137000")) == application
