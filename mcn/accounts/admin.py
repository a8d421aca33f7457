"""People and their roles."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from mcn.accounts.models import User
from mcn.accounts.roles import ROLE_LABELS
from mcn.kit.admin import RecordAdmin

admin.site.unregister(Group)


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

    @admin.display(description=_("roles"))
    def roles(self, user):
        return "、".join(str(ROLE_LABELS.get(group.name, group.name)) for group in user.groups.all())


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ModelAdmin):
    """A role and its permissions; the shipped roles are brought in step at every start."""

    list_display = ["label", "name"]

    @admin.display(description=_("role"))
    def label(self, group):
        return ROLE_LABELS.get(group.name, group.name)
