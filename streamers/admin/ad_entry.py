"""The register of advertisements: a show's goods put on it, reviewed by another, archived after the show."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import NoteForm, ReasonForm, RecordAdmin, Verb, badge
from mcn.kit.refusal import Refused
from streamers.actions import ad_entry as ad_actions
from streamers.models import AdEntry, Show
from streamers.rules.ad_entry import keep_until

STATE_LABELS = {
    "accepted": "info",
    "reviewed": "success",
    "refused": "danger",
    "exempt": "",
    "archived": "",
}


class RegisterForm(forms.Form):
    """The show whose goods are put on the register."""

    show = forms.ModelChoiceField(
        Show.objects.filter(state__in=Show.OPEN), label=_("show"), widget=UnfoldAdminSelectWidget
    )


class ArchiveForm(NoteForm):
    """What came of it in the show."""

    beyond_material = forms.BooleanField(
        label=_("went beyond the merchant's material"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    file = file_field(label=_("files"), required=False)


REGISTER = Verb(
    "register",
    ad_actions.register,
    _("Put a show's goods on the register"),
    RegisterForm,
    help=_("Each product becomes an entry with who answers for it; what changed since is accepted anew."),
)


@admin.register(AdEntry)
class AdEntryAdmin(RecordAdmin):
    """Who answers for which advertisement, and whether it may be shown."""

    list_display = [
        "product_name",
        "show",
        "advertiser",
        "operator",
        "publisher",
        "endorsers",
        "state_label",
        "accepted_by",
        "reviewed_by",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("show", AutocompleteSelectFilter),
        "beyond_material",
        ("accepted_at", RangeDateTimeFilter),
    ]
    list_select_related = ["show", "accepted_by", "reviewed_by"]
    search_fields = ["product_name", "advertiser", "show__code"]
    search_help_text = _("Product, advertiser or show number")
    fieldsets = [
        (None, {"fields": ["show", ("product_name", "card_version"), ("state", "comment")]}),
        (
            _("Who answers for it"),
            {"fields": ["advertiser", "operator", "publisher", "endorsers", "beyond_material"]},
        ),
        (
            _("Acceptance, review, archive"),
            {
                "fields": [
                    ("accepted_by", "accepted_at"),
                    ("reviewed_by", "reviewed_at"),
                    ("archived_at", "kept_until"),
                    "files",
                ]
            },
        ),
    ]
    readonly_fields = [
        "show",
        "product_name",
        "card_version",
        "comment",
        "beyond_material",
        "accepted_by",
        "accepted_at",
        "reviewed_by",
        "reviewed_at",
        "archived_at",
        "kept_until",
        "files",
    ]
    editable_states = [AdEntry.State.ACCEPTED]
    verbs = [
        Verb("review", ad_actions.review, _("Found in order"), bulk=True),
        Verb("refuse", ad_actions.refuse, _("Refuse"), ReasonForm, danger=True),
        Verb("exempt", ad_actions.exempt, _("No advertisement"), ReasonForm),
        Verb("accept", ad_actions.accept, _("Accept anew")),
        Verb("archive", ad_actions.archive, _("Archive"), ArchiveForm, bulk=True),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    @admin.display(description=_("kept until"))
    def kept_until(self, entry):
        return keep_until(entry, clock.today()) or "-"

    @admin.display(description=_("files"))
    def files(self, entry):
        return file_links(entry) or "-"

    def add_view(self, request, form_url="", extra_context=None):
        """Entries are not typed in: a show's goods are put on the register together."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RegisterForm(request.POST or None, initial={"show": request.GET.get("show")})
        listed, refusal = reverse("admin:streamers_adentry_changelist"), None
        if request.method == "POST" and form.is_valid():
            show = form.cleaned_data["show"]
            try:
                done = ad_actions.register(show, by=request.user, at=clock.now())
            except Refused as no:
                refusal = no
            else:
                said = gettext("%(show)s: %(count)s products put on the register.")
                self.message_user(request, said % {"count": len(done), "show": show}, messages.SUCCESS)
                return redirect(f"{listed}?show__id__exact={show.pk}")
        context = {
            **self.admin_site.each_context(request),
            "title": REGISTER.label,
            "opts": self.opts,
            "verb": REGISTER,
            "form": form,
            "media": self.media + form.media,
            "refusal": refusal,
            "back_url": listed,
        }
        return TemplateResponse(
            request, REGISTER.template, context, status=refusal.status if refusal else 200
        )

    def save_model(self, request, obj, form, change):
        ad_actions.change(obj, by=request.user, at=clock.now())
