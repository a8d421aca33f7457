"""How streamers come in."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from mcn.kit.moves import may
from mcn.kit.qr import qr_image
from streamers.actions import invitation as invitation_actions
from streamers.models import StreamerInvitation


@admin.register(StreamerInvitation)
class StreamerInvitationAdmin(RecordAdmin):
    """Links that let streamers in; link and code stand on the page, to be sent by the manager."""

    list_display = ["name", "engagement", "state", "expires_at", "invited_by", "streamer"]
    list_filter = [("state", ChoicesDropdownFilter), ("engagement", ChoicesDropdownFilter)]
    list_select_related = ["invited_by", "streamer"]
    autocomplete_fields = ["streamer"]
    search_fields = ["name"]
    fields = [("name", "engagement"), "streamer", ("state", "expires_at"), "invited_by"]
    readonly_fields = ["expires_at", "invited_by"]
    change_form_before_template = "streamers/admin/link.html"
    verbs = [Verb("revoke", invitation_actions.revoke, _("Revoke"), danger=True)]

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.fields[:2]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        invitation_actions.invite(obj, by=request.user, at=clock.now())

    def row_context(self, request, obj):
        link = ""
        if may(request.user, "add", obj) and invitation_actions.is_open(obj, clock.now()):
            path = reverse("streamer_invitation", args=[invitation_actions.token_of(obj)])
            link = request.build_absolute_uri(path)
        help_text = _("Send this link to the person, or let them scan the code; it lets one person in, once.")
        shown = {"link": link, "qr": qr_image(link) if link else "", "link_help": help_text}
        return super().row_context(request, obj) | shown
