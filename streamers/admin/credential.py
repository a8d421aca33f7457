"""What the pages of a streamer's papers share: the file, whether it was verified, and who may mend it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from streamers.actions import credential as credential_actions

VERIFY = Verb("verify", credential_actions.verify, _("Verify"), bulk=True)
WITHDRAW = Verb("withdraw", credential_actions.withdraw, _("Withdraw"), danger=True)


class FilesMixin:
    """Shows a row's files, the newest first, and keeps whose it is once it is made."""

    owner = "streamer"

    @admin.display(description=_("files"))
    def files(self, row):
        return file_links(row) or "-"

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, self.owner] if obj else declared


class CredentialAdmin(FilesMixin, RecordAdmin):
    """A paper that is uploaded, verified by a colleague, and withdrawn."""

    list_select_related = ["streamer"]
    autocomplete_fields = ["streamer"]
    verbs = [VERIFY, WITHDRAW]

    @admin.display(description=_("verified"), boolean=True)
    def verified(self, paper):
        return paper.is_verified

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        changes = self.has_change_permission(request, obj)
        return fields if changes else [name for name in fields if name != "file"]

    def save_model(self, request, obj, form, change):
        verb = credential_actions.change if change else credential_actions.add
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
