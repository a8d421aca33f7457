"""What was looked through before shows: the record, and the page on which a show's items are answered."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import VerbsOnlyAdmin, badge
from streamers.actions import show_check as show_check_actions
from streamers.actions.show_check import Answer, lack
from streamers.admin.show_page import ShowPageMixin
from streamers.models import ShowCheck
from streamers.rules.show_check import statuses, words

Outcome = ShowCheck.Outcome
OUTCOME_LABELS = {"good": "success", "bad": "danger"}


class ChecksForm(forms.Form):
    """All items of a show in one form: those without an outcome were not looked at now."""

    rest_good = forms.BooleanField(
        label=gettext_lazy("I looked at all other open items and found them good"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    def __init__(self, show, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.show, self.statuses = show, statuses(show)
        for row in self.statuses:
            self.fields |= _item_fields(row.item)

    def rows(self):
        """Each item with what it is about, how it stands, and its bound fields, for the table."""
        for row in self.statuses:
            fields = [self[f"{row.item}_{part}"] for part in ("outcome", "note", "file")]
            yield {"status": row, "words": words(self.show, row.item), "cells": [fields[:1], fields[1:]]}

    def clean(self):
        answers = [answer for row in self.statuses if (answer := self._answer(row))]
        for answer in answers:
            if said := lack(answer):
                part = "note" if answer.item not in ShowCheck.ALWAYS or answer.note else "outcome"
                self.add_error(f"{answer.item}_{'note' if answer.outcome == Outcome.BAD else part}", said)
        if not answers and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."))
        return {"answers": answers}

    def _answer(self, row):
        given = {part: self.cleaned_data.get(f"{row.item}_{part}") for part in ("outcome", "note", "file")}
        if not given["outcome"] and self.cleaned_data.get("rest_good") and not row.status.settled:
            given["outcome"] = Outcome.GOOD
        return Answer(row.item, **given) if given["outcome"] else None


def _item_fields(item):
    always = item in ShowCheck.ALWAYS
    outcomes = [choice for choice in Outcome.choices if not always or choice[0] != Outcome.NOT_APPLICABLE]
    return {
        f"{item}_outcome": forms.ChoiceField(
            label=_("outcome"),
            choices=[("", _("not looked at")), *outcomes],
            required=False,
            widget=UnfoldAdminSelectWidget,
        ),
        f"{item}_note": forms.CharField(
            label=_("note"),
            max_length=500,
            required=False,
            widget=UnfoldAdminTextInputWidget(attrs={"placeholder": _("note")}),
        ),
        f"{item}_file": file_field(label=_("evidence"), required=False),
    }


class CountsFilter(DropdownFilter):
    """The rows that no later one superseded."""

    title = gettext_lazy("still counts")
    parameter_name = "counts"

    def lookups(self, request, model_admin):
        return [("now", gettext_lazy("counts now"))]

    def queryset(self, request, queryset):
        return queryset.filter(superseded_at=None) if self.value() == "now" else queryset


@admin.register(ShowCheck)
class ShowCheckAdmin(ShowPageMixin, VerbsOnlyAdmin):
    """The append-only record; items are answered on the page of their show."""

    empty_note = gettext_lazy("Made on the page of a show, under “Look through”.")
    list_display = ["show", "item", "outcome_label", "note", "checked_by", "checked_at", "counts"]
    list_filter = [
        ("item", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        CountsFilter,
    ]
    list_select_related = ["show", "checked_by"]
    search_fields = ["show__code", "show__title"]
    search_help_text = gettext_lazy("Number or title of the show")
    fields = [("show", "item"), ("outcome", "note"), "files", ("checked_by", "checked_at"), "superseded_at"]
    readonly_fields = ["files", "checked_by", "checked_at", "superseded_at"]
    show_template = "streamers/admin/show_checks.html"
    show_title = gettext_lazy("Look through before the show")
    outcome_label = badge("outcome", gettext_lazy("outcome"), OUTCOME_LABELS)

    @admin.display(description=gettext_lazy("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=gettext_lazy("still counts"), boolean=True)
    def counts(self, row):
        return row.superseded_at is None

    def show_form(self, request, show):
        return ChecksForm(show, request.POST or None, request.FILES or None)

    def show_act(self, request, show, form):
        made = show_check_actions.check(
            show, answers=form.cleaned_data["answers"], by=request.user, at=clock.now()
        )
        return _("Items recorded: %(count)s") % {"count": len(made)}
