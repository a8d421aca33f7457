"""The verbs of a row as buttons, each with a page of its own, and as bulk actions on a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminTextareaWidget

from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.refusal import Refused

SHOWN_REFUSALS = 5
# By which a list knows again what was ticked on it, and that the form for all of it was filled in.
TICKED = ["action", "_selected_action", "select_across", "index"]
ANSWERED = "_answered"


class NoteForm(forms.Form):
    """What most verbs ask for: an optional note that goes into the audit trail."""

    note = forms.CharField(
        label=gettext_lazy("note"), required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class ReasonForm(NoteForm):
    """For verbs that somebody will ask about: the note is a must."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = gettext_lazy("reason")


@dataclass(frozen=True)
class Verb:
    """A verb at the admin's door: the action it calls with the cleaned form, and how its button looks."""

    name: str
    action: Callable
    label: Any
    form: Callable[..., forms.Form] = NoteForm
    help: Any = ""
    danger: bool = False
    bulk: bool = False
    template: str = "kit/admin/verb.html"
    about_row: bool = False
    needs: str = ""
    told: Callable[..., str] | None = None  # what to add to the message, from what the action returned

    @property
    def permission(self):
        """The verb whose permission it needs: its own, unless it is another way of doing that one."""
        return self.needs or self.name

    def form_for(self, row, data, files):
        """The bound form; one that is about the row is given it."""
        return self.form(data, files, row=row) if self.about_row else self.form(data, files)

    def act(self, row, *, by, cleaned):
        """Call the action on a row; the moment is now."""
        return self.action(row, by=by, at=clock.now(), **cleaned)


class VerbsMixin:
    """Gives a ModelAdmin its verbs: buttons for what may follow, a page for each, and bulk actions."""

    verbs: list = []

    def open_verbs(self, request, obj):
        """The verbs that this person may use on this row now."""
        leaving = (
            obj.MOVES.leaving(obj.state) if hasattr(obj, "MOVES") else [verb.name for verb in self.verbs]
        )
        return [
            verb
            for verb in self.verbs
            if self._may_follow(verb, obj, leaving) and may(request.user, verb.permission, obj)
        ]

    def _may_follow(self, verb, obj, leaving):
        return verb.name in leaving or (hasattr(obj, "MOVES") and verb.name not in obj.MOVES.table)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/do/<slug:verb_name>/", view, name=name), *super().get_urls()]

    def verb_url(self, obj, verb):
        """The page of a verb for a row."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(name, args=[obj.pk, verb.name])

    def verb_view(self, request, object_id, verb_name):
        """Ask for what the verb needs, do it, and say what happened or why not; nothing typed is lost."""
        obj = self.get_object(request, object_id)
        verb = next((verb for verb in self.verbs if verb.name == verb_name), None)
        if obj is None or verb is None or not self.has_view_permission(request, obj):
            raise Http404
        form = verb.form_for(obj, request.POST or None, request.FILES or None)
        form.initial.update(request.GET.dict())
        refusal = None
        if request.method == "POST" and form.is_valid():
            try:
                done = verb.act(obj, by=request.user, cleaned=form.cleaned_data)
            except Refused as no:
                refusal = no
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                said = _("%(verb)s: %(row)s") % {"verb": verb.label, "row": obj}
                if verb.told:
                    said = f"{said} · {verb.told(done)}"
                self.message_user(request, said, messages.SUCCESS)
                return redirect(self.change_url(obj))
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "verb": verb,
            "form": form,
            "media": self.media + form.media,
            "refusal": refusal,
            "back_url": self.change_url(obj),
        }
        status = refusal.status if refusal else 200
        return TemplateResponse(request, verb.template, context, status=status)

    def change_url(self, obj):
        """The row's own page."""
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]
        )

    def get_actions(self, request):
        actions = super().get_actions(request)
        for verb in self.verbs:
            if verb.bulk and request.user.has_perm(
                f"{self.opts.app_label}.{verb.permission}_{self.opts.model_name}"
            ):
                actions[verb.name] = (self._bulk(verb), verb.name, verb.label)
        return actions

    def _bulk(self, verb):
        def act_on_all(model_admin, request, queryset):
            answered = ANSWERED in request.POST
            form = verb.form(request.POST if answered else {}, request.FILES if answered else {})
            if not form.is_valid():
                return self._ask_for_all(request, verb, form if answered else verb.form(), queryset)
            done, refused = 0, []
            for row in queryset:
                try:
                    verb.act(row, by=request.user, cleaned=form.cleaned_data)
                    done += 1
                except Refused as no:
                    refused.append(f"{row}：{no}")
                except ValidationError as error:
                    refused.append(f"{row}：{'；'.join(error.messages)}")
            self._tell(request, verb, done, refused)
            return None

        return act_on_all

    def _ask_for_all(self, request, verb, form, queryset):
        """Ask once for what a verb needs of all rows that were ticked; the ticks come along."""
        kept = [(name, value) for name in TICKED for value in request.POST.getlist(name)]
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "about": _("Rows ticked: %(count)s") % {"count": queryset.count()},
            "opts": self.opts,
            "verb": verb,
            "form": form,
            "kept": [*kept, (ANSWERED, "1")],
            "media": self.media + form.media,
            "back_url": request.get_full_path(),
        }
        return TemplateResponse(request, "kit/admin/verb_many.html", context)

    def _tell(self, request, verb, done, refused):
        if done:
            said = ngettext("%(verb)s: %(count)s row done.", "%(verb)s: %(count)s rows done.", done)
            self.message_user(request, said % {"verb": verb.label, "count": done}, messages.SUCCESS)
        for line in refused[:SHOWN_REFUSALS]:
            self.message_user(request, line, messages.ERROR)
        if len(refused) > SHOWN_REFUSALS:
            more = len(refused) - SHOWN_REFUSALS
            said = ngettext("%(count)s more row was refused.", "%(count)s more rows were refused.", more)
            self.message_user(request, said % {"count": more}, messages.ERROR)
