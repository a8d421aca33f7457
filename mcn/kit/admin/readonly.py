"""Rows that people read and never change."""

from unfold.admin import ModelAdmin

from mcn.kit.admin.paging import EstimatedPaginator


class ReadOnlyAdmin(ModelAdmin):
    """Lists and shows; nothing can be added, changed or removed."""

    show_full_result_count = False
    paginator = EstimatedPaginator

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
