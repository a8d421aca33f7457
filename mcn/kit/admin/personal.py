"""Personal data in the admin: masked wherever it is shown, seen in clear field by field with a reason."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from mcn.kit import clock
from mcn.kit.privacy import EncryptedField, KeyedHashField, PersonalDateField, mask, reveal
from mcn.kit.refusal import Refused


def secret_columns(model):
    """The encrypted columns of a model."""
    return [column for column in model._meta.concrete_fields if isinstance(column, EncryptedField)]


def asks_a_person_out(model, lookup):
    """Whether a lookup such as ``streamer__born_on__gte`` reaches personal data or the hash of it."""
    for name in lookup.split(LOOKUP_SEP):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if isinstance(field, EncryptedField | KeyedHashField | PersonalDateField):
            return True
        if not field.is_relation or field.related_model is None:
            return False
        model = field.related_model
    return False


def masked(column):
    """A read-only column that shows an encrypted one masked."""

    @admin.display(description=column.verbose_name)
    def shown(row):
        return mask(getattr(row, column.attname))

    return shown


class MasksMixin:
    """Shows encrypted columns masked where they are read; where they are edited, ``RecordForm`` does."""

    formfield_overrides = {EncryptedField: {"widget": UnfoldAdminTextInputWidget}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # By name, because the admin's templates join the names of a row of fields.
        self.masked = {column.name: f"masked_{column.name}" for column in secret_columns(self.opts.model)}
        for column in secret_columns(self.opts.model):
            setattr(self, self.masked[column.name], masked(column))

    def get_fieldsets(self, request, obj=None):
        fieldsets = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        if self._only_read(request, obj):
            for _title, options in fieldsets:
                shown = [self.masked.get(name, name) for name in flatten(options["fields"])]
                options["fields"] = list(dict.fromkeys(shown))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, *self.masked.values()] if self._only_read(request, obj) else declared

    def _only_read(self, request, obj):
        return self.masked and obj is not None and not self.has_change_permission(request, obj)


class RevealForm(forms.Form):
    """Which field to see in clear, and why."""

    field = forms.ChoiceField(label=gettext_lazy("field"), widget=UnfoldAdminSelectWidget)
    why = forms.CharField(label=gettext_lazy("reason"), max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(column.name, column.verbose_name) for column in columns]


class RevealMixin(MasksMixin):
    """Gives a row with personal data a page that shows one field in clear: one audit entry each time."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        view = self.admin_site.admin_view(never_cache(self.reveal_view))
        return [path("<path:object_id>/reveal/", view, name=name), *super().get_urls()]

    def may_reveal(self, request, obj):
        """Whether this person may see anything of the row in clear."""
        permission = f"{self.opts.app_label}.reveal_{self.opts.model_name}"
        return bool(self.masked) and request.user.has_perm(permission)

    def reveal_url(self, obj):
        """The page that shows a field of a row in clear."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_reveal", args=[obj.pk])

    def reveal_view(self, request, object_id):
        """Ask for the reason, then show the value on the answer to this very request and nowhere else."""
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_view_permission(request, obj) or not self.may_reveal(request, obj):
            raise Http404
        form = RevealForm(secret_columns(self.model), request.POST or None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("See personal data in clear"),
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "form": form,
            "back_url": self.change_url(obj),
        }
        if request.method == "POST" and form.is_valid():
            context |= self._revealed(obj, request.user, **form.cleaned_data)
        return TemplateResponse(request, "kit/admin/reveal.html", context)

    def _revealed(self, obj, by, field, why):
        label = self.model._meta.get_field(field).verbose_name
        try:
            return {"label": label, "value": reveal(obj, field, by=by, at=clock.now(), why=why) or "-"}
        except Refused as no:
            return {"refusal": no}
