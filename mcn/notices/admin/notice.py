"""One's own inbox, and for whoever looks after it what was told to whom."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, RecordTabularInline
from mcn.notices import actions
from mcn.notices.models import Notice, Receipt


class UnreadFilter(admin.SimpleListFilter):
    """Only what is not opened yet."""

    title = pgettext_lazy("notices", "read or not")
    parameter_name = "unread"

    def lookups(self, request, model_admin):
        return [("1", pgettext("notices", "unread"))]

    def queryset(self, request, queryset):
        return queryset.unread() if self.value() else queryset


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    """What the reader was told, the newest first; a click marks it as read and leads to what it is about."""

    empty_note = _("Nobody has told you anything yet: what waits for you stands on the start page.")
    list_display = ["told", "kind_label", "told_at", "read_label"]
    list_display_links = None
    list_filter = [UnreadFilter, ("notice__kind", ChoicesDropdownFilter), ("told_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["notice"]
    list_per_page = 50
    search_fields = ["notice__title", "notice__text"]
    actions = ["mark_read"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=_("notice"))
    def told(self, receipt):
        link = '<a href="{}" class="{}">{}</a>' + ("<br><small>{}</small>" if receipt.notice.text else "{}")
        weight = "font-semibold" if receipt.unread else ""
        return format_html(link, f"{receipt.pk}/change/", weight, receipt.notice.title, receipt.notice.text)

    @admin.display(description=_("kind"), ordering="notice__kind")
    def kind_label(self, receipt):
        return receipt.notice.get_kind_display()

    @display(
        description=pgettext_lazy("notices", "read or not"),
        label={"urgent": "danger", "unread": "info", "read": ""},
    )
    def read_label(self, receipt):
        if not receipt.unread:
            return "read", pgettext("notices", "read")
        if receipt.notice.urgent:
            return "urgent", pgettext("notices", "unread, urgent")
        return "unread", pgettext("notices", "unread")

    @admin.action(description=_("Mark as read"), permissions=["view"])
    def mark_read(self, request, queryset):
        count = actions.read_all(among=queryset, by=request.user, at=clock.now())
        said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        receipt = self.get_object(request, object_id)
        if receipt is None:
            raise Http404
        return redirect("inbox_notice", receipt.pk)


class ReaderInline(RecordTabularInline):
    """Who was told, and since when they know."""

    model = Receipt
    fields = ["user", "read_at", "letter"]
    readonly_fields = fields
    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "letter")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """All that was told, with who has read it since."""

    empty_note = _("Told by the product itself: deadlines, alerts, decisions.")
    list_display = ["title", "kind", "told_at"]
    list_filter = [("kind", ChoicesDropdownFilter), ("told_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["title", "text"]
    fields = ["kind", "title", "text", "url", ("subject_model", "subject_id"), ("told_at", "once")]
    inlines = [ReaderInline]
