"""Who runs live rooms, with their papers and the licences that their business needs."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.identity import compact
from mcn.kit.privacy import keyed_hash
from streamers.actions import entity_requirement as requirement_actions
from streamers.actions import live_entity as entity_actions
from streamers.admin.credential import CredentialAdmin
from streamers.admin.expiry import PaperFilter
from streamers.admin.inlines import ReadInline
from streamers.admin.paper_inlines import CredentialInline
from streamers.admin.room_forms import EntityPaperForm
from streamers.models import EntityPaper, EntityRequirement, LiveEntity, Room
from streamers.rules.live_entity import ENTITY


class EntityPaperInline(CredentialInline):
    """The papers and whether they were verified."""

    model = EntityPaper
    template_before = "streamers/admin/add_entity_paper.html"
    fields = ["kind", "permit", "number", "valid_from", "valid_to", "long_term", "verified", "ended_on"]
    readonly_fields = ["verified"]
    related = ["permit", "entity"]


class EntityRequirementInline(ReadInline):
    """The licences that its business, or some goods, need."""

    model = EntityRequirement
    template_before = "streamers/admin/add_entity_requirement.html"
    fields = ["permit", "category", "valid_from", "valid_to", "source"]
    related = ["permit", "category"]


class EntityRoomInline(ReadInline):
    """The rooms that it runs."""

    model = Room
    fields = ["title", "platform", "account", "state"]
    related = ["platform"]


@admin.register(LiveEntity)
class LiveEntityAdmin(RecordAdmin):
    """The firms and people that run rooms."""

    rulebook = ENTITY
    list_display = ["name", "kind", "operation", "uscc", "merchant", "streamer", "ended_on"]
    list_filter = [("kind", ChoicesDropdownFilter), ("operation", ChoicesDropdownFilter)]
    list_select_related = ["merchant", "streamer"]
    search_fields = ["name"]
    search_help_text = _("Name; or the whole credit code or ID number")
    autocomplete_fields = ["merchant", "streamer"]
    fieldsets = [
        (None, {"fields": [("kind", "operation"), "name", "uscc"]}),
        (_("Natural person"), {"fields": [("person_name", "document_type"), "id_number"]}),
        (_("Whose it is"), {"fields": [("merchant", "streamer"), "ended_on"]}),
    ]
    readonly_fields = ["ended_on"]
    inlines = [EntityPaperInline, EntityRequirementInline, EntityRoomInline]
    verbs = [Verb("end", entity_actions.end, _("Ended"), ReasonForm, danger=True)]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def open_verbs(self, request, obj):
        return super().open_verbs(request, obj) if obj.ended_on is None else []

    def get_search_results(self, request, queryset, search_term):
        """By the name, or by a whole credit code or ID number, looked up by its keyed hash."""
        if not search_term:
            return queryset, False
        code = compact(search_term)
        whole = Q(uscc=code) | Q(id_number_hash=keyed_hash(code))
        return queryset.filter(Q(name__icontains=search_term) | whole), False

    def save_model(self, request, obj, form, change):
        verb = entity_actions.change if change else entity_actions.add
        verb(obj, by=request.user, at=clock.now())


@admin.register(EntityPaper)
class EntityPaperAdmin(CredentialAdmin):
    """Business licences, identity documents and licences for lines of business."""

    owner = "entity"
    form = EntityPaperForm
    list_display = ["entity", "kind", "permit", "number", "valid_from", "valid_to", "verified", "ended_on"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("entity", AutocompleteSelectFilter),
        PaperFilter,
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["entity", "permit"]
    search_fields = ["number", "entity__name"]
    autocomplete_fields = ["entity"]
    fields = [
        "entity",
        ("kind", "permit"),
        "settles_duties",
        ("number", "issuer"),
        ("valid_from", "valid_to"),
        "long_term",
        "file",
        "files",
        ("verified", "verified_by", "verified_on"),
        ("submitted_by", "ended_on"),
    ]
    readonly_fields = ["files", "verified", "verified_by", "verified_on", "submitted_by", "ended_on"]


@admin.register(EntityRequirement)
class EntityRequirementAdmin(RecordAdmin):
    """The licences that entities need for what they do, or for goods that they show."""

    list_display = ["entity", "permit", "category", "valid_from", "valid_to", "source"]
    list_filter = [("entity", AutocompleteSelectFilter)]
    list_select_related = ["entity", "permit", "category"]
    autocomplete_fields = ["entity", "category"]
    fields = ["entity", "permit", "category", ("valid_from", "valid_to"), "source"]

    def save_model(self, request, obj, form, change):
        verb = requirement_actions.change if change else requirement_actions.add
        verb(obj, by=request.user, at=clock.now())
