"""From the page of a show to all that is made ready for it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mcn.kit.admin import Verb
from mcn.kit.moves import may
from streamers.actions.preparation import OPEN, preparing
from streamers.models import IdentityReport, Rehearsal

# Buttons among the verbs, which lead to pages of their own.
PAGES = {
    "showcheck": Verb("showcheck", preparing, _("Look through before the show")),
    "castreview": Verb("castreview", preparing, _("Streamers' own product review")),
}
LISTS = {"script": Verb("script", preparing, _("Scripts"))}
FORMS = {
    Rehearsal: Verb("rehearsal", preparing, _("Record a rehearsal")),
    IdentityReport: Verb("identityreport", preparing, _("Record the identity report")),
}


class PreparationMixin:
    """Gives a show's pages the links to its checks, reviews, scripts, rehearsal and identity report."""

    def preparation(self, request, show):
        """What is made ready for a show, and what may be added to it: pairs of a link and its address."""
        for name, link in PAGES.items():
            if request.user.has_perm(f"streamers.view_{name}"):
                yield link, reverse(f"admin:streamers_{name}_show", args=[show.pk])
        for name, link in LISTS.items():
            if request.user.has_perm(f"streamers.view_{name}"):
                yield link, f"{reverse(f'admin:streamers_{name}_changelist')}?show__id__exact={show.pk}"
        for model, link in FORMS.items():
            if show.state in OPEN and may(request.user, "add", model(show=show)):
                yield link, f"{reverse(f'admin:streamers_{model._meta.model_name}_add')}?show={show.pk}"
