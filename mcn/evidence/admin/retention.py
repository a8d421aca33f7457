"""How long records are kept, what stops their removal, and what each night removed."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from mcn.evidence import legal_holds, retention
from mcn.evidence.admin.proof import file_links
from mcn.evidence.forms import file_field
from mcn.evidence.models import LegalHold, RetentionRule, RetentionRun
from mcn.evidence.models.legal_hold import holdable
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, ReasonForm, RecordAdmin, RecordForm, Verb

HOLD_LABELS = {"active": "danger", "lifted": "success"}


@admin.register(RetentionRule)
class RetentionRuleAdmin(RecordAdmin):
    """A rule changes by a new row with effect from a day; what was in force stays readable."""

    list_display = ["retention_class", "clause", "kept_for", "adopted", "valid_from", "source"]
    list_filter = [("retention_class", ChoicesDropdownFilter)]
    fields = ["retention_class", "clause", ("length", "unit"), "adopted", "valid_from", "source"]

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("kept for"))
    def kept_for(self, rule):
        return f"{rule.length} {rule.get_unit_display()}"


class LegalHoldForm(RecordForm):
    """On what, by its number as people know it, and why."""

    subject_model = forms.ChoiceField(label=_("kind of what is kept"), widget=UnfoldAdminSelectWidget)
    file = file_field(label=_("evidence"), required=False)

    class Meta:
        model = LegalHold
        fields = ["subject_model", "subject_code", "ground", "reference", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "subject_model" in self.fields:
            self.fields["subject_model"].choices = [
                (label, apps.get_model(label)._meta.verbose_name) for label in holdable()
            ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("subject_model") and cleaned.get("subject_code"):
            legal_holds.subject_named(cleaned["subject_model"], cleaned["subject_code"])
        return cleaned


@admin.register(LegalHold)
class LegalHoldAdmin(RecordAdmin):
    """While one stands, nothing of its subject is removed, and the clock of its term stands still."""

    form = LegalHoldForm
    list_display = ["subject_code", "kind", "ground", "reference", "state_label", "placed_on", "lifted_on"]
    list_filter = [("state", ChoicesDropdownFilter), ("ground", ChoicesDropdownFilter)]
    search_fields = ["subject_code", "reference"]
    search_help_text = _("Number of what is kept, or reference")
    readonly_fields = ["kind", "files", "placed_by", "placed_on", "lifted_by", "lifted_on"]
    verbs = [Verb("lift", legal_holds.lift, _("Lift"), ReasonForm)]

    @display(description=_("state"), ordering="state", label=HOLD_LABELS)
    def state_label(self, hold):
        return hold.state, hold.get_state_display()

    @admin.display(description=_("kind of what is kept"))
    def kind(self, hold):
        return apps.get_model(hold.subject_model)._meta.verbose_name

    @admin.display(description=_("evidence"))
    def files(self, hold):
        return file_links(hold) or "-"

    def get_fields(self, request, obj=None):
        if obj is None:
            return [("subject_model", "subject_code"), ("ground", "reference"), "reason", "file"]
        placed, lifted = ("placed_by", "placed_on"), ("lifted_by", "lifted_on")
        return [("kind", "subject_code"), ("ground", "reference"), "reason", "files", placed, lifted]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        legal_holds.place(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    """The report of each night, and what the next would remove."""

    empty_note = _("Written every night, and whenever somebody tries a removal without doing it.")
    list_display = ["on", "ran_at", "seen", "held", "removed", "failed"]
    fields = ["on", "ran_at", "ran_by", ("seen", "held", "removed", "failed")]
    list_before_template = "evidence/admin/dry_run_link.html"
    change_form_after_template = "evidence/admin/_retention_report.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.dry_run)
        return [path("dry-run/", view, name="evidence_retentionrun_dry_run"), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        run = self.get_object(request, object_id)
        extra = {**(extra_context or {}), "report": run.report if run else None}
        return super().changeform_view(request, object_id, form_url, extra)

    def dry_run(self, request):
        """What the next run would remove, as things stand; nothing is changed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = clock.now()
        report = retention.run(on=clock.business_day(at), by=request.user, at=at, dry_run=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What would be removed now"),
            "opts": self.opts,
            "report": report,
        }
        return TemplateResponse(request, "evidence/admin/dry_run.html", context)
