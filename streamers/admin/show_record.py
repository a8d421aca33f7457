"""What shows went on air with, to read and to pack."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin
from mcn.kit.refusal import Refused
from streamers.models import ShowRecord
from streamers.resources import show_pack
from streamers.rules.show_pack import goods_of


@admin.register(ShowRecord)
class ShowRecordAdmin(ReadOnlyAdmin):
    """Frozen at the start of each show; its evidence pack is made here."""

    empty_note = _("Frozen by itself at the moment a show goes on air.")
    list_display = ["show", "frozen_at", "intact", "sha256"]
    list_select_related = ["show"]
    list_filter = []
    search_fields = ["show__code", "show__title", "sha256"]
    search_help_text = _("Show number, title or SHA-256")
    fields = ["show", ("frozen_at", "frozen_by"), ("intact", "purged_at"), "sha256", "packs"]
    readonly_fields = ["intact", "packs"]
    change_form_after_template = "streamers/admin/show_record.html"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("show", "frozen_by")

    def get_urls(self):
        view = self.admin_site.admin_view(self.pack)
        return [path("<int:pk>/pack/", view, name="streamers_showrecord_pack"), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra = {**(extra_context or {}), "record": record, "goods": list(goods_of(record)) if record else []}
        return super().changeform_view(request, object_id, form_url, extra)

    def pack(self, request, pk):
        """Make the evidence pack; ``?recordings=1`` puts the films in."""
        record = ShowRecord.objects.visible_to(request.user).filter(pk=pk).select_related("show").first()
        if record is None:
            raise Http404
        if not request.user.has_perm("streamers.pack_showrecord"):
            raise PermissionDenied
        try:
            films = "recordings" in request.GET
            return show_pack.download(record.show, by=request.user, at=clock.now(), with_recordings=films)
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
            return redirect(reverse("admin:streamers_showrecord_change", args=[pk]))

    @admin.display(description=_("hash"))
    def intact(self, record):
        tone, said = ("good", _("as hashed")) if record.is_intact else ("bad", _("not what was hashed"))
        return format_html('<span class="kit-badge {}">{}</span>', tone, said)

    @admin.display(description=_("evidence pack"))
    def packs(self, record):
        url = reverse("admin:streamers_showrecord_pack", args=[record.pk])
        return format_html(
            '<a class="kit-file" href="{}">{}</a> <a class="kit-file" href="{}?recordings=1">{}</a>',
            url,
            _("without recordings"),
            url,
            _("with recordings"),
        )
