"""The page that tells a streamer's whole story."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit import clock
from mcn.kit.admin import Verb
from streamers.models import TierAssessment, Violation
from streamers.rules.conduct import points
from streamers.rules.story import events, story
from streamers.rules.tier_history import history_chart
from streamers.rules.tiers import measures_of

PAGE = 50
# A button among the verbs, which leads to a page of its own.
LINK = Verb("story", story, gettext_lazy("Whole story"))


class StoryMixin:
    """Gives a streamer's page the link to their whole story, and the page itself."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.story_view)
        return [path("<path:object_id>/story/", view, name="streamers_streamer_story"), *super().get_urls()]

    def row_context(self, request, obj):
        shown = super().row_context(request, obj)
        url = reverse("admin:streamers_streamer_story", args=[obj.pk])
        return shown | {"open_verbs": [*shown["open_verbs"], (LINK, url)]}

    def story_view(self, request, object_id):
        """Everything that happened, newest first, with the points and the tier of today above it."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        on = clock.today()
        page = Paginator(story(obj, request.user), PAGE).get_page(request.GET.get("p"))
        told = [(event, address_of(event)) for event in events(page)]
        assessments = TierAssessment.objects.filter(streamer=obj).select_related("streamer")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Whole story"),
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "events": told,
            "page": page,
            "points": points(Violation.objects.filter(streamer=obj).counting(on), on),
            "measures": measures_of(obj, on),
            "holds": [row for row in obj.holds.all() if row.holds(on)],
            "history_chart": history_chart(obj, assessments),
            "back_url": self.change_url(obj),
        }
        return TemplateResponse(request, "streamers/admin/story.html", context)


def address_of(event):
    """The admin's page of the row that an event is about, where it has one."""
    try:
        return reverse(f"admin:streamers_{event.model._meta.model_name}_change", args=[event.entry.row])
    except NoReverseMatch:
        return ""
