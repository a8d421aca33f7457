"""How merchants' people come in, and who they are."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, VerbsOnlyAdmin
from mcn.kit.moves import may
from merchants.actions import invitation as invitation_actions
from merchants.actions import membership as membership_actions
from merchants.models import Application, Invitation, Membership


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who works for which merchant."""

    list_display = ["user", "merchant", "role", "started_on", "ended_on"]
    list_filter = [("role", ChoicesDropdownFilter), ("merchant", AutocompleteSelectFilter)]
    list_select_related = ["user", "merchant"]
    autocomplete_fields = ["user", "merchant"]
    search_fields = ["user__username", "user__name"]
    fields = ["merchant", "user", "role", "started_on", "ended_on"]
    verbs = [Verb("end", membership_actions.end, _("End"), danger=True)]

    def get_readonly_fields(self, request, obj=None):
        return ["merchant", "user", "started_on", "ended_on"] if obj else ["ended_on"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def save_model(self, request, obj, form, change):
        by, at = request.user, clock.now()
        if change:
            membership_actions.change(obj, role=obj.role, by=by, at=at)
        else:
            membership_actions.add(obj, by=by, at=at)


@admin.register(Invitation)
class InvitationAdmin(RecordAdmin):
    """Links that let people in; the link stands on the invitation's page, to be sent by the desk."""

    list_display = ["name", "merchant", "role", "state", "expires_at", "invited_by", "accepted_by"]
    list_filter = [("state", ChoicesDropdownFilter), ("merchant", AutocompleteSelectFilter)]
    list_select_related = ["merchant", "invited_by", "accepted_by"]
    autocomplete_fields = ["merchant"]
    search_fields = ["name"]
    fields = ["name", "merchant", "role", ("state", "expires_at"), ("invited_by", "accepted_by")]
    readonly_fields = ["expires_at", "invited_by", "accepted_by"]
    change_form_before_template = "merchants/admin/invitation_link.html"
    verbs = [Verb("revoke", invitation_actions.revoke, _("Revoke"), danger=True)]

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.fields[:3]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        invitation_actions.invite(obj, by=request.user, at=clock.now())

    def row_context(self, request, obj):
        link = ""
        if may(request.user, "add", obj) and invitation_actions.is_open(obj, clock.now()):
            path = reverse("portal_invitation", args=[invitation_actions.token_of(obj)])
            link = request.build_absolute_uri(path)
        return super().row_context(request, obj) | {"link": link}


@admin.register(Application)
class ApplicationAdmin(VerbsOnlyAdmin):
    """What strangers sent from the public page."""

    empty_note = _("Sent by merchants from the public page for applications.")
    list_display = ["name", "uscc", "category", "state", "created_at"]
    list_filter = [("state", ChoicesDropdownFilter), ("category", AutocompleteSelectFilter)]
    list_select_related = ["category"]
    search_fields = ["name", "uscc"]
    fields = [
        ("name", "uscc"),
        "category",
        ("contact_name", "phone"),
        "message",
        ("state", "answer"),
        "created_at",
        "invitation",
    ]
    readonly_fields = ["created_at", "invitation"]
    verbs = [
        Verb("invite", invitation_actions.invite_applicant, _("Invite")),
        Verb("decline", invitation_actions.decline, _("Decline"), ReasonForm),
    ]

    @admin.display(description=_("invitation"))
    def invitation(self, application):
        found = application.invitations.last()
        if found is None:
            return "-"
        url = reverse("admin:merchants_invitation_change", args=[found.pk])
        return format_html('<a href="{}">{}</a>', url, found.get_state_display())
