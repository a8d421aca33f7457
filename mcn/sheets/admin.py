"""Spreadsheets at the admin's door: upload, match, preview, confirm, result, templates, exports of lists."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, RecordAdmin
from mcn.sheets import exports, xlsx
from mcn.sheets.forms import UploadForm, importable
from mcn.sheets.models import ImportJob, ImportPage, Mapping
from mcn.sheets.resources import SafeXLSX, SheetResource
from mcn.sheets.screens import TONES, screen
from mcn.sheets.sheet import all_sheets, sheet_named
from mcn.sheets.steps import STEPS, take
from mcn.sheets.template import template

UNFOLD_LABEL = {"good": "success", "info": "info", "warn": "warning", "bad": "danger"}


class AdminUploadForm(UploadForm):
    """The upload as the admin draws it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, widget in (
            ("sheet", UnfoldAdminSelectWidget(choices=self.fields["sheet"].choices)),
            ("scope", UnfoldAdminTextInputWidget()),
            ("file", UnfoldAdminFileFieldWidget()),
        ):
            if name in self.fields:
                widget.attrs |= self.fields[name].widget.attrs
                widget.is_required = self.fields[name].required
                self.fields[name].widget = widget


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnlyAdmin):
    """Imports, each with a page that follows it from the file to the result."""

    list_display = [
        "name",
        "sheet_label",
        "scope",
        "state_label",
        "rows",
        "created",
        "updated",
        "unchanged",
        "refused",
        "created_by",
        "created_at",
    ]
    list_filter = [("state", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["created_by"]
    search_fields = ["name", "scope"]

    @admin.display(description=_("sheet"), ordering="sheet")
    def sheet_label(self, job):
        return job.declared.label

    @display(
        description=_("state"),
        ordering="state",
        label={state.value: UNFOLD_LABEL.get(tone, "") for state, tone in TONES.items()},
    )
    def state_label(self, job):
        return job.state, job.get_state_display()

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, request):
        return bool(importable(request.user))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def get_urls(self):
        pages = {
            "<int:pk>/progress/": (self.progress_view, "progress"),
            "<int:pk>/errors.xlsx": (self.faults_view, "faults"),
            "<int:pk>/sent/": (self.sent_view, "sent"),
            "template/<slug:name>.xlsx": (self.template_view, "template"),
        }
        own = [
            path(address, self.admin_site.admin_view(view), name=f"sheets_importjob_{name}")
            for address, (view, name) in pages.items()
        ]
        for step in STEPS:
            view = self.admin_site.admin_view(require_POST(partial(self.step_view, step=step)))
            own.append(path(f"<int:pk>/{step}/", view, name=f"sheets_importjob_{step}"))
        return own + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file in and hand it to a worker."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AdminUploadForm(
            request.POST or None, request.FILES or None, user=request.user, initial=request.GET.dict()
        )
        if request.method == "POST" and form.is_valid():
            job = take(form, by=request.user, at=clock.now())
            if job:
                return redirect("admin:sheets_importjob_change", job.pk)
        context = self._context(request, _("Import a spreadsheet")) | {"form": form}
        return TemplateResponse(request, "sheets/admin/upload.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of one import."""
        job = self._job(request, object_id)
        context = self._context(request, str(job)) | {"original": job} | self._screen(request, job)
        lines = request.htmx and request.htmx.target == "lines"
        answer = TemplateResponse(
            request,
            "sheets/_lines.html" if lines else "sheets/admin/job.html",
            context | {"badge": "kit-badge"},
        )
        answer.headers["Vary"] = "HX-Request, Cookie"
        return answer

    def progress_view(self, request, pk):
        """The bar alone; when there is nothing left to wait for, the page is loaded anew."""
        job = self._job(request, pk)
        if not job.is_running:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return TemplateResponse(request, "sheets/_progress.html", self._screen(request, job))

    def step_view(self, request, pk, step):
        """Match, confirm or cancel, then show the page again with what was refused."""
        job = self._job(request, pk)
        for said in STEPS[step](job, request.POST, by=request.user, at=clock.now()):
            self.message_user(request, said, messages.ERROR)
        return redirect("admin:sheets_importjob_change", pk)

    def faults_view(self, request, pk):
        """The error workbook."""
        job = self._job(request, pk)
        return exports.faults(job, to=request.user)

    def sent_view(self, request, pk):
        """The file as it was sent."""
        job = self._job(request, pk)
        return exports.sent(job, to=request.user)

    def template_view(self, request, name):
        """The template of a sheet."""
        sheet = importable(request.user).get(name)
        if sheet is None:
            raise Http404
        answer = HttpResponse(template(sheet), content_type=xlsx.CONTENT_TYPE)
        answer.headers["Content-Disposition"] = exports.attachment(f"{sheet.label}.xlsx")
        return answer

    def _job(self, request, pk):
        job = self.get_queryset(request).filter(pk=pk).first() if str(pk).isdecimal() else None
        if job is None:
            raise Http404
        return job

    def _context(self, request, title):
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _screen(self, request, job):
        may_import = job.declared.may(request.user, "import", job.scope)
        shown = screen(job, request.GET, may_import=may_import)
        return shown | {
            "progress_url": reverse("admin:sheets_importjob_progress", args=[job.pk]),
            "gives_files": job.gives_files_to(request.user),
        }


@admin.register(ImportPage)
class ImportPageAdmin(ReadOnlyAdmin):
    """What became of each stretch of rows."""

    empty_note = _("Made when a file is imported.")
    list_display = ["job", "run", "number", "created", "updated", "unchanged", "refused"]
    list_select_related = ["job"]

    def has_module_permission(self, request):
        return False


@admin.register(Mapping)
class MappingAdmin(RecordAdmin):
    """The mappings that people saved, to look at and correct."""

    empty_note = _("Saved when you correct the columns of an import.")
    list_display = ["sheet", "scope", "shown_titles", "updated_at"]
    list_filter = ["sheet"]
    fields = ["sheet", "scope", "titles", "names"]
    readonly_fields = ["sheet", "scope", "titles"]

    @admin.display(description=_("column titles"))
    def shown_titles(self, mapping):
        return "、".join(filter(None, mapping.titles))[:120]

    def has_add_permission(self, request):
        return False


def export_chosen(model_admin, request, queryset):
    """The rows that were ticked, as a workbook."""
    sheet = sheet_named(model_admin.sheet_name)
    chosen = SheetResource(sheet, by=request.user, at=clock.now()).export(
        queryset=sheet.seen_by(request.user, queryset)
    )
    answer = HttpResponse(SafeXLSX().export_data(chosen), content_type=xlsx.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = exports.attachment(f"{sheet.label}.xlsx")
    return answer


class SheetAdminMixin:
    """Gives the list of a model its way in and out by spreadsheet: `sheet_name = "products"`.

    The export is the list as it is filtered now, and goes out as a stream.
    """

    sheet_name = ""
    change_list_template = "sheets/admin/change_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export.<str:kind>", view, name=name), *super().get_urls()]

    def export_view(self, request, kind):
        """The rows of the list as a file."""
        sheet = sheet_named(self.sheet_name)
        if kind not in exports.KINDS:
            raise Http404
        if not sheet.may(request.user, "export"):
            raise PermissionDenied
        listed = self.get_changelist_instance(request).get_queryset(request)
        rows = sheet.seen_by(request.user, listed)
        return exports.answer(sheet, rows, kind, on=clock.today())

    def get_actions(self, request):
        actions = super().get_actions(request)
        sheet = all_sheets().get(self.sheet_name)
        if sheet and sheet.may(request.user, "export"):
            actions["export_chosen"] = (export_chosen, "export_chosen", _("Export the chosen rows"))
        return actions

    def changelist_view(self, request, extra_context=None):
        sheet = all_sheets().get(self.sheet_name)
        links = []
        if sheet and sheet.may(request.user, "export"):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
            links = [
                (kind, f"{reverse(name, args=[kind])}?{request.GET.urlencode()}") for kind in exports.KINDS
            ]
        may_import = sheet and self.sheet_name in importable(request.user)
        upload = f"{reverse('admin:sheets_importjob_add')}?{urlencode({'sheet': self.sheet_name})}"
        extra = {"export_links": links, "import_url": upload if may_import else ""}
        return super().changelist_view(request, {**(extra_context or {}), **extra})
