"""The category tree and the kinds of papers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordTabularInline, badge
from merchants.actions import category as category_actions
from merchants.models import Category, CategoryRequirement, CredentialKind

Regime = Category.Regime


class RequirementInline(RecordTabularInline):
    """The papers that a category asks for."""

    model = CategoryRequirement
    fields = ["kind", "ended_on"]
    autocomplete_fields = ["kind"]


@admin.register(Category)
class CategoryAdmin(RecordAdmin):
    """What may be sold, and what the law asks for it."""

    list_display = [
        "code",
        "full_name",
        "regime_label",
        "streamer_qualification",
        "seven_day_return",
        "price_protection_days",
        "contact_rate",
    ]
    list_display_links = ["code", "full_name"]
    list_filter = [
        ("regime", ChoicesDropdownFilter),
        ("seven_day_return", ChoicesDropdownFilter),
        ("parent", AutocompleteSelectFilter),
    ]
    ordering = ["code"]
    search_fields = ["search"]
    search_help_text = _("Name, pinyin initials or code")
    autocomplete_fields = ["parent"]
    fields = [
        ("code", "parent"),
        ("name", "regime"),
        ("streamer_qualification", "claim_regime"),
        ("seven_day_return", "price_protection_days"),
        ("three_guarantees", "contact_rate"),
        "note",
        "source",
    ]
    inlines = [RequirementInline]
    regime_label = badge(
        "regime", _("regime"), {Regime.OPEN: "success", Regime.RESTRICTED: "warning", Regime.BANNED: "danger"}
    )

    def save_model(self, request, obj, form, change):
        category_actions.change(obj, by=request.user, at=clock.now())


@admin.register(CredentialKind)
class CredentialKindAdmin(RecordAdmin):
    """The kinds of papers."""

    list_display = ["name", "holder", "issuer", "number_hint", "long_term_possible"]
    list_filter = [("holder", ChoicesDropdownFilter)]
    search_fields = ["name", "code"]
    fields = ["code", "holder", "name", "issuer", "number_hint", "long_term_possible", "source"]


@admin.register(CategoryRequirement)
class CategoryRequirementAdmin(RecordAdmin):
    """Which category asks for which paper, the other way round."""

    list_display = ["category", "kind", "ended_on"]
    list_filter = [("category", AutocompleteSelectFilter), ("kind", AutocompleteSelectFilter)]
    list_select_related = ["category", "kind"]
    autocomplete_fields = ["category", "kind"]
    fields = ["category", "kind", "ended_on"]
