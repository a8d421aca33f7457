"""The inbox: what one was told, the way to it, and how one wishes to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mcn.kit import clock
from mcn.kit.portal import Page, RecordPage
from mcn.notices import actions
from mcn.notices.forms import ALL, SHOWN, UNREAD, PreferenceForm
from mcn.notices.models import Preference, Receipt

ON_A_PAGE = 30
MOST_COUNTED = 99


class InboxPage(Page):
    """What one was told, the newest first."""

    template_name = "notices/portal/inbox.html"

    def get_context_data(self, **kwargs):
        shown = self.request.GET.get("show")
        rows = Receipt.objects.visible_to(self.request.user).select_related("notice")
        page = Paginator(rows.unread() if shown == UNREAD else rows, ON_A_PAGE)
        told = {
            "page": page.get_page(self.request.GET.get("page")),
            "shown": UNREAD if shown == UNREAD else ALL,
            "ways": SHOWN,
            "unread": actions.unread_count(self.request.user),
        }
        return super().get_context_data(**told | kwargs)


@login_required
@require_safe
@never_cache
def open_notice(request, pk):
    """Mark one's copy as read and go to what it is about; show it where there is no such page."""
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user).select_related("notice"), pk=pk)
    actions.read(receipt, by=request.user, at=clock.now())
    url = receipt.notice.url
    if url and url_has_allowed_host_and_scheme(url, {request.get_host()}):
        return redirect(url)
    return render(request, "notices/portal/notice.html", {"receipt": receipt})


@login_required
@require_POST
def read_all(request):
    """Mark all of one's copies as read."""
    count = actions.read_all(by=request.user, at=clock.now())
    said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("inbox")


@login_required
@require_safe
@never_cache
def unread(request):
    """The number for the badge beside the link; nothing where nothing is unread."""
    count = actions.unread_count(request.user)
    return HttpResponse("" if not count else f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count))


class WishesPage(RecordPage):
    """How one wishes to be told."""

    template_name = "notices/portal/wishes.html"
    form_class = PreferenceForm
    success_url = reverse_lazy("inbox_wishes")
    done = _("Saved: you are told this way from now on.")

    def get_object(self):
        return Preference.objects.filter(user=self.request.user).first() or Preference(user=self.request.user)

    def act(self, form):
        return actions.prefer(form.instance, by=self.request.user, at=clock.now())
