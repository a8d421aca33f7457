"""Live rooms: what stands in the way of a show there, the lease, and what viewers are told throughout."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from mcn.evidence.admin import HoldAdmin, revision_links
from mcn.evidence.forms import BlacklistForm, HoldForm
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from streamers.actions import room as room_actions
from streamers.actions import room_notice as notice_actions
from streamers.admin.credential import CredentialAdmin, FilesMixin
from streamers.admin.expiry import PaperFilter
from streamers.admin.files import state_labels
from streamers.admin.inlines import ReadInline
from streamers.admin.paper_inlines import CredentialInline
from streamers.admin.room_forms import RoomForm, RoomLeaseForm, RoomNoticeForm
from streamers.models import Room, RoomHold, RoomLease, RoomNotice, VenueKind
from streamers.rules.room import OPENING

State = Room.State


class LeaseInline(CredentialInline):
    """The leases and deeds."""

    model = RoomLease
    template_before = "streamers/admin/add_room_lease.html"
    fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term", "verified", "ended_on"]
    readonly_fields = ["verified"]


class NoticeInline(ReadInline):
    """What viewers can read, and when it was last seen."""

    model = RoomNotice
    template_before = "streamers/admin/add_room_notice.html"
    fields = ["kind", "where", "link", "seen_by", "seen_on", "ended_on"]
    related = ["seen_by"]


class HoldInline(ReadInline):
    """What stops the room, or stopped it."""

    model = RoomHold
    fields = ["kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    related = ["placed_by"]


@admin.register(Room)
class RoomAdmin(FilesMixin, RecordAdmin):
    """The accounts from which shows go out."""

    form = RoomForm
    rulebook = OPENING
    list_display = ["title", "platform", "account", "entity", "venue_kind", "is_virtual", "state_label"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("platform", AutocompleteSelectFilter),
        ("entity", AutocompleteSelectFilter),
        "is_virtual",
    ]
    list_select_related = ["platform", "entity", "venue_kind"]
    search_fields = ["search"]
    search_help_text = _("Title, account or place")
    autocomplete_fields = ["entity", "technician"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("platform", "account"),
                    "entity",
                    ("title", "cover_text"),
                    "file",
                    "files",
                    ("state", "submitted_by"),
                ]
            },
        ),
        (_("Place"), {"fields": [("venue", "venue_kind"), "sound", "equipment"]}),
        (
            _("Virtual scene"),
            {"fields": ["is_virtual", "scene_label", ("technician", "technician_name")]},
        ),
    ]
    readonly_fields = ["files", "submitted_by"]
    inlines = [LeaseInline, NoticeInline, HoldInline]
    editable_states = [state for state in State if state != State.CLOSED]
    verbs = [
        Verb("approve", room_actions.approve, _("Open for shows"), bulk=True),
        Verb("suspend", room_actions.suspend, _("Suspend"), ReasonForm, danger=True),
        Verb("hold", room_actions.hold, _("Put on hold"), HoldForm, danger=True),
        Verb("blacklist", room_actions.blacklist, _("Blacklist"), BlacklistForm, danger=True),
        Verb("close", room_actions.close, _("Close for good"), ReasonForm, danger=True),
    ]

    @display(description=_("state"), ordering="state", label=state_labels(State))
    def state_label(self, room):
        return room.state, room.get_state_display()

    @admin.display(description=_("cover"))
    def files(self, room):
        return revision_links(room.cover) or "-"

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        verb = room_actions.change if change else room_actions.add
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


@admin.register(RoomLease)
class RoomLeaseAdmin(CredentialAdmin):
    """By which papers rooms use their places, with what runs out when."""

    owner = "room"
    form = RoomLeaseForm
    list_display = ["room", "kind", "number", "issuer", "valid_from", "valid_to", "verified", "ended_on"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("room", AutocompleteSelectFilter),
        PaperFilter,
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["room"]
    search_fields = ["number", "issuer"]
    autocomplete_fields = ["room"]
    fields = [
        "room",
        "kind",
        ("number", "issuer"),
        ("valid_from", "valid_to"),
        "long_term",
        "file",
        "files",
        ("verified", "verified_by", "verified_on"),
        ("submitted_by", "ended_on"),
    ]
    readonly_fields = ["files", "verified", "verified_by", "verified_on", "submitted_by", "ended_on"]


@admin.register(RoomNotice)
class RoomNoticeAdmin(FilesMixin, RecordAdmin):
    """What viewers of rooms can read throughout, each with its picture or link."""

    owner = "room"
    form = RoomNoticeForm
    list_display = ["room", "kind", "where", "seen_by", "seen_on", "ended_on"]
    list_filter = [("kind", ChoicesDropdownFilter), ("room", AutocompleteSelectFilter)]
    list_select_related = ["room", "seen_by"]
    search_fields = ["where", "room__title"]
    autocomplete_fields = ["room"]
    fields = ["room", "kind", ("where", "link"), "file", "files", ("seen_by", "seen_on"), "ended_on"]
    readonly_fields = ["files", "seen_by", "seen_on", "ended_on"]
    verbs = [Verb("withdraw", notice_actions.withdraw, _("Shown no more"), danger=True)]

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return [name for name in self.fields if name != "file"] if obj else self.fields[:4]

    def save_model(self, request, obj, form, change):
        notice_actions.add(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


@admin.register(RoomHold)
class RoomHoldAdmin(HoldAdmin):
    """Which rooms are stopped, for what and until when."""


@admin.register(VenueKind)
class VenueKindAdmin(RecordAdmin):
    """Kinds of places, and from which of them no show may go out, with effect from a day."""

    list_display = ["name", "code", "forbidden_from", "forbidden_to", "clause", "needs_lease"]
    list_filter = ["needs_lease"]
    search_fields = ["name", "code"]
    fields = [("code", "name"), "needs_lease", ("forbidden_from", "forbidden_to"), ("clause", "source")]
