"""What every page of a streamer knows: whose file it is."""

from django.contrib.auth.mixins import AccessMixin
from django.shortcuts import get_object_or_404

from mcn.kit.moves import may
from streamers.models import Streamer


class StreamerMixin(AccessMixin):
    """The streamer who is signed in (``/portal/s/``); whoever is none finds no such page.

    Gives ``self.streamer``; and to templates ``streamer``, ``section`` (the entry of the navigation) and
    ``step`` (the part of the application).
    """

    section = ""
    step = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.streamer = get_object_or_404(Streamer, user=request.user.pk)
        return self.elsewhere() or super().dispatch(request, *args, **kwargs)

    def elsewhere(self):
        """The answer where the page does not fit the streamer's state; a subclass may have one."""

    def may(self, verb, row=None):
        """Whether the streamer may use a verb on a row of their own, or on their file."""
        return may(self.request.user, verb, row or self.streamer)

    def get_context_data(self, **kwargs):
        own = {"streamer": self.streamer, "section": self.section, "step": self.step}
        return super().get_context_data(**own | kwargs)
