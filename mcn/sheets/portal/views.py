"""Spreadsheets at the portal's door: the same steps as in the admin, for one's own imports."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mcn.kit import clock
from mcn.sheets import exports, xlsx
from mcn.sheets.forms import UploadForm, importable
from mcn.sheets.models import ImportJob
from mcn.sheets.screens import TONES, screen
from mcn.sheets.sheet import all_sheets
from mcn.sheets.steps import STEPS, take
from mcn.sheets.template import template

SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    """Send a file, fetch a template, or look at the files sent before."""
    if not importable(request.user):
        raise PermissionDenied
    form = UploadForm(
        request.POST or None, request.FILES or None, user=request.user, initial=request.GET.dict()
    )
    if request.method == "POST" and form.is_valid():
        job = take(form, by=request.user, at=clock.now())
        if job:
            return redirect("sheets_import", job.pk)
    mine = ImportJob.objects.visible_to(request.user).filter(created_by=request.user)[:SHOWN]
    jobs = [(job, TONES[job.state]) for job in mine]
    exportable = [sheet for sheet in all_sheets().values() if sheet.name in form.sheets]
    return render(
        request, "sheets/portal/imports.html", {"form": form, "jobs": jobs, "exportable": exportable}
    )


@login_required
@require_safe
def job(request, pk):
    """The page of one import; a click on its lines gets that part alone."""
    found = _mine(request, pk)
    template_name = "sheets/_lines.html" if request.htmx.target == "lines" else "sheets/portal/job.html"
    answer = render(request, template_name, _screen(request, found) | {"badge": "badge"})
    answer.headers["Vary"] = "HX-Request, Cookie"
    return answer


@login_required
@require_safe
def progress(request, pk):
    """The bar alone; when there is nothing left to wait for, the page is loaded anew."""
    found = _mine(request, pk)
    if not found.is_running:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "sheets/_progress.html", _screen(request, found))


@login_required
@require_POST
def step(request, pk, name):
    """Match, confirm or cancel, then show the page again with what was refused."""
    if name not in STEPS:
        raise Http404
    found = _mine(request, pk)
    for said in STEPS[name](found, request.POST, by=request.user, at=clock.now()):
        messages.error(request, said)
    return redirect("sheets_import", pk)


@login_required
@require_safe
def faults(request, pk):
    """The error workbook."""
    found = _mine(request, pk)
    return exports.faults(found, to=request.user)


@login_required
@require_safe
def template_of(request, name):
    """The template of a sheet."""
    sheet = importable(request.user).get(name)
    if sheet is None:
        raise Http404
    answer = HttpResponse(template(sheet), content_type=xlsx.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = exports.attachment(f"{sheet.label}.xlsx")
    return answer


@login_required
@require_safe
def export(request, name, kind):
    """One's own rows as a file."""
    sheet = all_sheets().get(name)
    if sheet is None or kind not in exports.KINDS or not sheet.may_somewhere(request.user, "export"):
        raise Http404
    rows = sheet.export_queryset(request.user, request.GET)
    return exports.answer(sheet, rows, kind, on=clock.today())


def _mine(request, pk):
    return get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)


def _screen(request, found):
    may_import = found.declared.may(request.user, "import", found.scope)
    shown = screen(found, request.GET, may_import=may_import)
    return shown | {"progress_url": reverse("sheets_progress", args=[found.pk])}
