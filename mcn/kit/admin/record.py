"""The admin of one kind of record."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from mcn.audit import trail
from mcn.kit import clock, records
from mcn.kit.admin.history import told
from mcn.kit.admin.paging import EstimatedPaginator
from mcn.kit.admin.personal import RevealMixin, asks_a_person_out
from mcn.kit.admin.verbs import VerbsMixin
from mcn.kit.filters import beyond_any_id
from mcn.kit.forms import RecordForm
from mcn.kit.refusal import Refused
from mcn.kit.search import SearchField

HISTORY_PAGE = 50


class RecordAdmin(VerbsMixin, RevealMixin, ModelAdmin):
    """Lists, forms, verbs, findings and history of one kind of record."""

    form = RecordForm
    paginator: type[Paginator] = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    compressed_fields = True
    warn_unsaved_form = True
    change_form_outer_before_template = "kit/admin/change_form_top.html"
    rulebook = None
    # What makes rows appear in an empty list where nobody adds any by hand.
    empty_note: Any = ""
    editable_states: list | None = None

    def get_fieldsets(self, request, obj=None):
        """The declared fieldsets, with the hidden version in the first."""
        fieldsets = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        listed = [name for _title, options in fieldsets for name in options["fields"]]
        if "opened_version" not in listed and self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"] = [*fieldsets[0][1]["fields"], "opened_version"]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return (
            [*declared, "state"] if "state" in self._field_names() and "state" not in declared else declared
        )

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        frozen = (
            obj is not None and self.editable_states is not None and obj.state not in self.editable_states
        )
        return not frozen and super().has_change_permission(request, obj)

    def get_search_results(self, request, queryset, search_term):
        """Search by tokens where the model has a search column, else as Django does."""
        names = [name for name in self.search_fields if self._is_search_column(name)]
        if not search_term or not names:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(**{f"{names[0]}__tokens": search_term}), False

    def lookup_allowed(self, lookup, value, request=None):
        """What Django allows, save asking out personal data bit by bit, and numbers that no row can have."""
        refused = asks_a_person_out(self.model, lookup) or beyond_any_id(value)
        return not refused and super().lookup_allowed(lookup, value, request)

    def save_model(self, request, obj, form, change):
        records.save(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            records.save(row, by=request.user, at=clock.now())
        formset.save_m2m()

    def changelist_view(self, request, extra_context=None):
        """The list; numbers that no row can have, written by hand, are a bad request."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any(not number.isdecimal() or beyond_any_id(number) for number in chosen):
            raise BadRequest
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError as error:
            raise BadRequest from error

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form with the row's verbs and findings above it; a refusal comes back as a message."""
        extra = dict(extra_context or {})
        if object_id and (obj := self.get_object(request, object_id)) is not None:
            extra |= self.row_context(request, obj)
        try:
            return super().changeform_view(request, object_id, form_url, extra)
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
            return redirect(request.get_full_path())
        except ValidationError as error:
            # What only the write itself could see, such as a code that somebody took a moment ago.
            self.message_user(request, "；".join(error.messages), messages.ERROR)
            return redirect(request.get_full_path())

    def row_context(self, request, obj):
        """What stands above the form of one row."""
        report = self.rulebook.inspect(obj, on=clock.today()) if self.rulebook else None
        open_verbs = [(verb, self.verb_url(obj, verb)) for verb in self.open_verbs(request, obj)]
        reveal_url = self.reveal_url(obj) if self.may_reveal(request, obj) else ""
        return {"open_verbs": open_verbs, "report": report, "row": obj, "reveal_url": reveal_url}

    def history_view(self, request, object_id, extra_context=None):
        """The audit trail of the row, newest first."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        page = Paginator(trail.history(obj), HISTORY_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "object": obj,
            "page": page,
            "entries": told(self.model, page),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "kit/admin/history.html", context)

    def log_addition(self, request, obj, message):
        """The audit trail has it already."""

    def log_change(self, request, obj, message):
        """The audit trail has it already."""

    def log_deletions(self, request, queryset):
        """Nothing is deleted."""

    def _field_names(self):
        return {field.name for field in self.opts.concrete_fields}

    def _is_search_column(self, name):
        try:
            return isinstance(self.opts.get_field(name), SearchField)
        except FieldDoesNotExist:
            return False


class VerbsOnlyAdmin(RecordAdmin):
    """Rows that verbs alone make and change: no form of theirs is ever saved."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
