"""Where people outside the agency land, and the language of the pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mcn.accounts.actions import choose_language
from mcn.accounts.backends import places_of
from mcn.accounts.middleware import LANGUAGE_COOKIE
from mcn.kit import clock


@login_required
@require_safe
def start(request):
    """Send a person to their place, or let one who has several choose."""
    places = places_of(request.user)
    if len(places) == 1:
        return redirect(places[0]["url"])
    return TemplateResponse(request, "accounts/portal/choose.html", {"places": places})


@require_POST
def language(request):
    """Speak the language asked for: to a person from now on, to a visitor by a cookie; then go back."""
    asked = request.POST.get("language")
    if asked not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("This language is not spoken here."))
    back = request.POST.get("next", "")
    # Without a slash it would be taken for the name of a page.
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    answer = redirect(back if safe else "home")
    if request.user.is_authenticated:
        choose_language(request.user, asked, by=request.user, at=clock.now())
    else:
        answer.set_cookie(LANGUAGE_COOKIE, asked, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer
