"""People who log in."""

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from mcn.accounts.models import User
from mcn.accounts.roles import sync_roles
from tests.factories import RecordFactory
from tests.factories.merchants import MembershipFactory, MerchantFactory

PASSWORD = "a long enough pass phrase"


class UserFactory(RecordFactory):
    """Somebody without any role."""

    username = factory.Sequence(lambda number: f"user{number}")
    name = factory.Sequence(lambda number: f"用户{number}")

    class Meta:
        model = User

    @factory.lazy_attribute
    def password(self):
        return make_password(PASSWORD)


class StaffFactory(UserFactory):
    """A member of staff with one role: ``StaffFactory(role="merchant_desk")``."""

    class Meta:
        model = User
        exclude = ["role"]

    role = "merchant_desk"
    username = factory.LazyAttributeSequence(lambda user, number: f"{user.role}{number}")
    is_staff = True

    @factory.post_generation
    def groups(self, create, extracted, **kwargs):
        """Join the role's group, made with its permissions when the first of the staff comes."""
        role = self.username.rstrip("0123456789")
        group = Group.objects.filter(name=role, permissions__isnull=False).first() or sync_roles()[role]
        self.groups.add(group)


class MerchantUserFactory(UserFactory):
    """A merchant's person: ``MerchantUserFactory(merchant=merchant, role="editor")``; else an owner."""

    class Meta:
        model = User
        exclude = ["role"]

    role = "owner"
    username = factory.LazyAttributeSequence(lambda user, number: f"{user.role}{number}")

    @factory.post_generation
    def merchant(self, create, extracted, **kwargs):
        """Join the merchant given, or a new one, with the role that the user's name begins with."""
        role = self.username.rstrip("0123456789")
        MembershipFactory(user=self, merchant=extracted or MerchantFactory(), role=role)
