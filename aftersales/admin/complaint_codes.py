"""The QR codes by which consumers come to the complaint page, ready to be printed or put on screen."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.qr import qr_image
from streamers.models import Room, Show

SHOWN = 12


def codes_page(request, admin_site):
    """One code for the agency, one for each room, one for each of the last shows."""
    whole = reverse("complain")
    rooms = [(str(room), _about(f"R{room.pk}")) for room in Room.objects.order_by("id")[:SHOWN]]
    aired = Show.objects.exclude(started_at=None).order_by("-started_at")[:SHOWN]
    shows = [(str(show), _about(show.code)) for show in aired]
    groups = [
        (_("for the whole agency"), [(_("Complaints"), whole)]),
        (_("by live room"), rooms),
        (_("by show"), shows),
    ]
    drawn = [
        (heading, [(label, link, qr_image(link)) for label, path in found if (link := _link(request, path))])
        for heading, found in groups
    ]
    context = {
        **admin_site.each_context(request),
        "title": _("QR codes for complaints"),
        "groups": drawn,
        "back_url": reverse("admin:aftersales_complaint_changelist"),
    }
    return TemplateResponse(request, "aftersales/admin/complaint_codes.html", context)


def _about(code):
    return reverse("complain_about", args=[code])


def _link(request, path):
    return request.build_absolute_uri(path)
