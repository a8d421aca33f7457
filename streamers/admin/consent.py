"""What lets somebody of 16 or 17 go before the camera: asked for, followed, and noted as taken back."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminFileFieldWidget

from mcn.evidence.admin import PersonalFilesMixin
from mcn.evidence.models import validate_upload
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordForm, Verb
from mcn.kit.moves import may
from mcn.kit.qr import qr_image
from mcn.kit.refusal import Refused
from streamers.actions import consent as consent_actions
from streamers.admin.expiry import ExpiryFilter
from streamers.admin.files import files_of
from streamers.models import Consent
from streamers.rules.consent_text import usual_scope


class AskForm(RecordForm):
    """Whom to ask, for what and how long; the span is filled in where it is left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"valid_from", "valid_to"} & self.fields.keys():
            self.fields[name].required = False
            self.fields[name].help_text = _("Empty: from today to the last day before the person is of age.")
        self.initial.setdefault("scope", usual_scope())

    def clean(self):
        cleaned = super().clean()
        if streamer := cleaned.get("streamer"):
            given = cleaned.get("valid_from"), cleaned.get("valid_to")
            try:
                span = consent_actions.span_for(streamer, *given, on=clock.today())
            except Refused as no:
                raise ValidationError({"streamer": str(no)}) from no
            cleaned["valid_from"], cleaned["valid_to"] = span
        return cleaned


class RevocationForm(ReasonForm):
    """What the guardian said and how, with the paper where there is one."""

    paper = forms.FileField(
        label=_("the guardian's paper"),
        required=False,
        validators=[validate_upload],
        widget=UnfoldAdminFileFieldWidget,
    )


@admin.register(Consent)
class ConsentAdmin(PersonalFilesMixin, RecordAdmin):
    """Asked for here or by the applicant, signed by the guardian through a link of their own."""

    form = AskForm
    list_display = ["streamer", "relation", "state", "valid_from", "valid_to", "signed_at", "revoked_at"]
    list_filter = [
        ExpiryFilter,
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["streamer"]
    search_fields = ["streamer__code", "streamer__stage_name"]
    autocomplete_fields = ["streamer"]
    fields = [
        "streamer",
        ("guardian_name", "relation"),
        "guardian_phone",
        "scope",
        ("valid_from", "valid_to"),
    ]
    told = [
        ("guardian_document_type", "guardian_id_number"),
        ("signed_at", "revoked_at"),
        "files",
        ("asked_by", "expires_at"),
        "comment",
        ("text_version", "text_sha256"),
        "text",
    ]
    readonly_fields = [
        "guardian_document_type",
        "signed_at",
        "revoked_at",
        "files",
        "asked_by",
        "expires_at",
        "comment",
        "text_version",
        "text_sha256",
        "text",
    ]
    change_form_before_template = "streamers/admin/link.html"
    verbs = [
        Verb(
            "revoke",
            consent_actions.revoke,
            _("Record a revocation"),
            RevocationForm,
            help=_("For a guardian who took the consent back by phone or on paper. It counts at once."),
            danger=True,
        ),
        Verb("cancel", consent_actions.cancel, _("Withdraw the link"), danger=True),
    ]

    @admin.display(description=_("files"))
    def files(self, consent):
        return files_of(consent) or "-"

    def get_fields(self, request, obj=None):
        return [*self.fields, ("state",), *self.told] if obj else self.fields

    def get_changeform_initial_data(self, request):
        return {"scope": usual_scope()} | super().get_changeform_initial_data(request)

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        consent_actions.ask(obj, by=request.user, at=clock.now())

    def row_context(self, request, obj):
        waits = obj.state == Consent.State.ASKED and consent_actions.is_open(obj, clock.now())
        link = ""
        if waits and may(request.user, "add", obj):
            link = request.build_absolute_uri(reverse("guardian", args=[consent_actions.token_of(obj)]))
        help_text = _("Send this link to the guardian, or let them scan the code; nobody else may sign.")
        shown = {"link": link, "qr": qr_image(link) if link else "", "link_help": help_text}
        return super().row_context(request, obj) | shown
