"""Surveys of consumers: what is asked, the links, and what came back."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter

from aftersales.actions import survey as survey_actions
from aftersales.admin.opinion_forms import FindingsForm, InviteForm
from aftersales.models import Survey, SurveyInvitation, SurveyQuestion
from aftersales.rules.survey import standing
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin, badge
from mcn.kit.moves import may
from mcn.kit.qr import qr_image


class SurveyQuestionInline(RecordTabularInline):
    """What is asked, in its order; settled once the survey is open."""

    model = SurveyQuestion
    fields = ["place", "kind", "text", "options", "required", "satisfaction"]
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return (obj is None or obj.editable) and request.user.has_perm("aftersales.add_survey")

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.editable) and request.user.has_perm("aftersales.change_survey")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.view_survey")


@admin.register(Survey)
class SurveyAdmin(RecordAdmin):
    """One questionnaire after each kind of service, and what came back."""

    list_display = ["title", "service", "state_label", "good_days"]
    list_filter = [("state", ChoicesDropdownFilter), ("service", ChoicesDropdownFilter)]
    search_fields = ["title"]
    fieldsets = [
        (None, {"fields": [("title", "service"), "intro", ("good_days", "state")]}),
        (_("What came of it"), {"fields": ["findings", "measures"]}),
    ]
    readonly_fields = ["findings", "measures"]
    inlines = [SurveyQuestionInline]
    editable_states = [Survey.State.DRAFT]
    change_form_before_template = "aftersales/admin/survey.html"
    verbs = [
        Verb(
            "publish",
            survey_actions.publish,
            _("Open for answers"),
            help=_("The questions cannot change afterwards, so that the answers can be compared."),
        ),
        Verb(
            "invite",
            survey_actions.invite,
            _("Make a link"),
            InviteForm,
            help=_("After complaints links are made by themselves; here for whom you want to ask besides."),
        ),
        Verb("close", survey_actions.close, _("Close with the findings"), FindingsForm),
    ]
    state_label = badge("state", _("state"), {"draft": "", "open": "success", "closed": "info"})

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj) if obj else super().get_fieldsets(request, obj)[:1]

    def open_verbs(self, request, obj):
        fits = {"invite": obj.state == Survey.State.OPEN}
        return [verb for verb in super().open_verbs(request, obj) if fits.get(verb.name, True)]

    def row_context(self, request, obj):
        told = standing(obj) if obj.state != Survey.State.DRAFT else None
        return super().row_context(request, obj) | {"standing": told}

    def save_model(self, request, obj, form, change):
        survey_actions.change(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        rows = formset.save(commit=False)
        survey_actions.change(form.instance, rows, by=request.user, at=clock.now())
        formset.save_m2m()


@admin.register(SurveyInvitation)
class SurveyInvitationAdmin(VerbsOnlyAdmin):
    """Links, each with its code to be sent or scanned; the answers name nobody."""

    empty_note = _("Made after complaints by themselves, or on the page of a survey.")
    list_display = ["label", "survey", "invited_at", "expires_at", "answered_at", "satisfaction"]
    list_filter = [("survey", RelatedDropdownFilter), ("invited_at", RangeDateTimeFilter)]
    list_select_related = ["survey"]
    search_fields = ["label"]
    fields = [
        ("survey", "label"),
        ("invited_at", "expires_at"),
        ("answered_at", "satisfaction"),
        "invited_by",
        ("merchant", "product"),
        ("streamer", "show"),
    ]
    change_form_before_template = "aftersales/admin/survey_link.html"

    def row_context(self, request, obj):
        link = ""
        if survey_actions.is_open(obj, clock.now()) and may(request.user, "invite", obj.survey):
            link = request.build_absolute_uri(survey_actions.link_of(obj))
        shown = {
            "link": link,
            "qr": qr_image(link) if link else "",
            "link_help": _("Send this link to the consumer, or let them scan the code; it takes one answer."),
            "answers": obj.answers.select_related("question").order_by("question__place", "id"),
        }
        return super().row_context(request, obj) | shown
