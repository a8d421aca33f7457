"""What forms of every door share: how they are drawn, the version they were opened with, masks, errors."""

from django import forms
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from mcn.kit.privacy import EncryptedField, mask

CHANGED_MEANWHILE = _(
    "Somebody else changed this meanwhile. Compare with the stored row, then save again to keep yours."
)


class FormRenderer(TemplatesSetting):
    """Draws forms and fields by the templates under ``kit/forms/``; widgets stay Django's own."""

    form_template_name = "kit/forms/form.html"
    formset_template_name = "kit/forms/formset.html"
    field_template_name = "kit/forms/field.html"


def formfield(column, **options):
    """A column's form field with the input that a phone's keyboard and date picker know.

    For the ``formfield_callback`` of forms that people outside the admin use.
    """
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    elif isinstance(column, models.TextField) and not isinstance(column, EncryptedField):
        options["widget"] = forms.Textarea(attrs={"rows": 4})
    return column.formfield(**options)


def add_errors(form, error):
    """Put what a verb found wrong beside the fields it speaks of, and the rest above the form."""
    for name, messages in error.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, messages)


class RecordForm(forms.ModelForm):
    """A model form that knows the version it was opened with, and shows stored personal data masked.

    Where the row moved on meanwhile it says so and keeps what was typed. A mask that is sent back unchanged
    leaves the stored value alone; anything else replaces it.
    """

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opened_version", self.instance.version)
        for name in self.secret_fields():
            self.initial[name] = mask(getattr(self.instance, name))

    def secret_fields(self):
        """The names of its fields that are encrypted at rest."""
        columns = self._meta.model._meta.concrete_fields
        return [
            column.name
            for column in columns
            if isinstance(column, EncryptedField) and column.name in self.fields
        ]

    def clean(self):
        cleaned = super().clean()
        for name in self.secret_fields():
            stored = getattr(self.instance, name)
            if stored and cleaned.get(name) == mask(stored):
                cleaned[name] = stored
        opened_with = cleaned.pop("opened_version", None)
        if self.instance.pk and opened_with not in (None, self.instance.version):
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_version")] = self.instance.version
            raise forms.ValidationError(CHANGED_MEANWHILE, code="stale")
        return cleaned
