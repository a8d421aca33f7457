"""People and their roles."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from mcn.accounts.models import User
from mcn.accounts.roles import ROLE_LABELS
from mcn.kit.admin import RecordAdmin

# What the libraries register writes past the audit trail; people mind their own second factor and tokens.
admin.site.unregister([AuthToken, Authenticator, EmailAddress, Group])


def label_of(group):
    """A role as people call it."""
    return str(ROLE_LABELS.get(group.name, group.name))


@admin.register(User)
class UserAdmin(DjangoUserAdmin, RecordAdmin):
    """A person: name, roles, language, and whether they may log in."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    change_form_outer_before_template = None
    list_display = ["username", "name", "roles", "is_staff", "is_active", "last_login"]
    list_filter = ["groups", "is_staff", "is_active"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "language"]}),
        (_("Roles"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "password1", "password2", "is_staff"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Roles are few: all of them are shown, by the names people use."""
        field = super().formfield_for_manytomany(
            db_field, request, **kwargs, widget=UnfoldAdminCheckboxSelectMultipleWidget
        )
        field.label, field.label_from_instance = _("Roles"), label_of
        return field

    @admin.display(description=_("roles"))
    def roles(self, user):
        return "、".join(label_of(group) for group in user.groups.all())


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ModelAdmin):
    """A role and its permissions; the shipped roles are brought in step at every start."""

    list_display = ["label", "name"]

    @admin.display(description=_("role"))
    def label(self, group):
        return label_of(group)
