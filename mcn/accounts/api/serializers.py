"""Logging in, and oneself."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mcn.accounts.backends import places_of
from mcn.accounts.models import User
from mcn.accounts.roles import ROLE_LABELS
from mcn.kit.api.serializers import ChildSerializer, Input


class LoginInput(Input):
    """Name and password, with the code of the second factor where one is set up."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    code = serializers.CharField(max_length=20, required=False)


class TokenSerializer(serializers.Serializer):
    """A token for the header ``Authorization: Token ...``; it is shown this once."""

    token = serializers.CharField()
    expiry = serializers.DateTimeField()


class RoleSerializer(serializers.Serializer):
    """A job among the staff."""

    name = serializers.CharField()
    label = serializers.CharField()


class PlaceSerializer(serializers.Serializer):
    """A row that the person works for, and as what."""

    model = serializers.CharField()
    id = serializers.IntegerField()
    label = serializers.CharField()
    role = serializers.CharField()
    role_label = serializers.CharField()


class MeSerializer(ChildSerializer):
    """Oneself: the roles among the staff, the memberships outside, and the language spoken."""

    roles = serializers.SerializerMethodField()
    memberships = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "username", "name", "is_staff", "language", "roles", "memberships"]
        read_only_fields = ["username", "name", "is_staff"]

    @extend_schema_field(RoleSerializer(many=True))
    def get_roles(self, user):
        names = user.groups.order_by("name").values_list("name", flat=True)
        return [{"name": name, "label": ROLE_LABELS.get(name, name)} for name in names]

    @extend_schema_field(PlaceSerializer(many=True))
    def get_memberships(self, user):
        return places_of(user)
