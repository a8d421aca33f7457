"""What doors ask for: the file, how its columns are matched, and how far it may go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mcn.sheets.sheet import all_sheets

MOST_SUGGESTIONS = 300
MOST_CHOICES = 20
ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv"


def importable(user):
    """The sheets that a person may import somewhere, by name."""
    return {name: sheet for name, sheet in all_sheets().items() if sheet.may_somewhere(user, "import")}


class UploadForm(forms.Form):
    """A file for one of the sheets that a person may import."""

    sheet = forms.ChoiceField(label=_("sheet"))
    scope = forms.CharField(label=_("import into"), required=False, max_length=60)
    file = forms.FileField(
        label=_("file"), help_text=_("Excel, WPS, LibreOffice or CSV"), allow_empty_file=True
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheets = importable(user)
        self.fields["sheet"].choices = [(name, sheet.label) for name, sheet in self.sheets.items()]
        self.fields["file"].widget.attrs["accept"] = ACCEPTED
        self.suggestions = list(
            dict.fromkeys(
                (value, str(label))
                for sheet in self.sheets.values()
                for value, label in sheet.scopes(user)[:MOST_SUGGESTIONS]
            )
        )
        if not self.suggestions:
            del self.fields["scope"]
        elif len(self.suggestions) <= MOST_CHOICES:
            self.fields["scope"] = self._chosen_scope()
        else:
            self.fields["scope"].widget.attrs["list"] = "scopes"
            self.fields["scope"].help_text = _("Leave empty where the file itself says it.")

    def _chosen_scope(self):
        """A choice among few places; the only one is chosen already."""
        told_by_file = [] if len(self.suggestions) == 1 else [("", _("as the file says"))]
        return forms.ChoiceField(
            label=_("import into"),
            choices=[*told_by_file, *self.suggestions],
            required=False,
            error_messages={"invalid_choice": _("There is no such place to import into.")},
        )


class MatchForm(forms.Form):
    """Which of the sheet's columns each title of the file stands for."""

    remember = forms.BooleanField(
        label=_("use this for every file with these titles"), required=False, initial=True
    )

    def __init__(self, *args, job, **kwargs):
        super().__init__(*args, **kwargs)
        columns = job.declared.columns
        choices = [("", _("keep as additional information"))]
        choices += [(column.name, f"{column.label}{' *' if column.required else ''}") for column in columns]
        for place, (title, name) in enumerate(zip(job.titles, job.names, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=title or f"({place + 1})", choices=choices, initial=name, required=False
            )

    @property
    def columns(self):
        """The fields of the titles, without the rest."""
        return [field for field in self if field.name.startswith("column_")]

    @property
    def names(self):
        """The chosen names, in the order of the titles."""
        return [value for key, value in self.cleaned_data.items() if key.startswith("column_")]


class ConfirmForm(forms.Form):
    """How far the file may go."""

    all_or_nothing = forms.BooleanField(
        label=_("All or nothing: if a row turns out wrong meanwhile, import none"), required=False
    )
