"""Contacts and lines of business on pages of their own, with their history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from mcn.kit.privacy import keyed_hash
from merchants.actions import contact as contact_actions
from merchants.actions import merchant as merchant_actions
from merchants.models import BusinessLine, Contact


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    """Whom to call; found by the whole phone number or e-mail, shown masked."""

    list_display = ["masked_name", "merchant", "duty", "position", "masked_phone", "ended_on"]
    list_filter = [("duty", ChoicesDropdownFilter), ("merchant", AutocompleteSelectFilter)]
    list_select_related = ["merchant"]
    search_fields = ["phone_hash"]
    search_help_text = _("The whole phone number, name or e-mail")
    autocomplete_fields = ["merchant"]
    fields = ["merchant", "duty", "name", "position", "phone", "email", "ended_on"]
    readonly_fields = ["ended_on"]
    verbs = [Verb("end", contact_actions.end, _("End"), danger=True)]

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        found = keyed_hash(search_term)
        columns = ("phone_hash", "name_hash", "email_hash")
        wanted = queryset.none()
        for column in columns:
            wanted |= queryset.filter(**{column: found})
        return wanted, False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def save_model(self, request, obj, form, change):
        verb = contact_actions.change if change else contact_actions.add
        verb(obj, by=request.user, at=clock.now())


@admin.register(BusinessLine)
class BusinessLineAdmin(RecordAdmin):
    """In what merchants deal."""

    list_display = ["merchant", "category", "ended_on"]
    list_filter = [("merchant", AutocompleteSelectFilter), ("category", AutocompleteSelectFilter)]
    list_select_related = ["merchant", "category"]
    autocomplete_fields = ["merchant", "category"]
    fields = ["merchant", "category", "ended_on"]
    readonly_fields = ["ended_on"]
    verbs = [Verb("give_up", merchant_actions.give_up, _("Give up"), danger=True)]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.pk = merchant_actions.declare(obj.merchant, obj.category, by=request.user, at=clock.now()).pk
