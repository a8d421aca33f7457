"""Rows that are edited on their parent's page."""

from unfold.admin import StackedInline, TabularInline

from mcn.kit.admin.personal import MasksMixin
from mcn.kit.forms import RecordForm


class RecordInlineMixin(MasksMixin):
    """Children are added and changed, never deleted."""

    form = RecordForm

    extra = 0
    can_delete = False
    show_change_link = True
    tab = True

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """What verbs alone write, such as the state, is shown and not edited."""
        declared = super().get_readonly_fields(request, obj)
        written_by_verbs = [field.name for field in self.opts.concrete_fields if not field.editable]
        return [*declared, *(name for name in written_by_verbs if name not in declared)]


class RecordTabularInline(RecordInlineMixin, TabularInline):
    """Children as rows of a table."""


class RecordStackedInline(RecordInlineMixin, StackedInline):
    """Children one below the other."""
