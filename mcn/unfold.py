"""The product's name and the admin's theme. Settings import it, so it imports no app."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from mcn.sidebar import SIDEBAR

PRODUCT_NAME = _("Youju")
PRODUCT_SUBJECT = _("Livestream commerce compliance")


def sidebar(request):
    """The sidebar that this person sees: the lists that exist and that they may view."""
    groups = [
        {"title": heading, "separator": True, "collapsible": False, "items": _links(request.user, entries)}
        for heading, entries in SIDEBAR
    ]
    start = {"title": _("Start"), "icon": "home", "link": reverse("admin:index")}
    inbox = _links(request.user, [(_("Inbox"), "notifications", "notices.receipt")])
    return [{"items": [start, *inbox]}, *(group for group in groups if group["items"])]


def _links(user, entries):
    links = []
    for label, icon, model in entries:
        app_label, model_name = model.split(".")
        if not user.has_perm(f"{app_label}.view_{model_name}"):
            continue
        try:
            link = reverse(f"admin:{app_label}_{model_name}_changelist")
        except NoReverseMatch:
            continue
        links.append({"title": label, "icon": icon, "link": link})
    return links


def environment(request):
    """The badge beside the user's menu that keeps a demo from being taken for the real thing."""
    return None if settings.PRODUCTION else [str(_("Demo")), "info"]


UNFOLD = {
    "SITE_TITLE": PRODUCT_NAME,
    "SITE_HEADER": PRODUCT_NAME,
    "SITE_SUBHEADER": PRODUCT_SUBJECT,
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("kit/logo.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("kit/logo.svg")}
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "mcn.agency.start.dashboard",
    "ENVIRONMENT": "mcn.unfold.environment",
    "BORDER_RADIUS": "8px",
    "STYLES": [lambda request: static("kit/admin.css")],
    "SCRIPTS": [lambda request: static("kit/admin_csp.js"), lambda request: static("notices/inbox.js")],
    "COLORS": {
        "primary": {
            "50": "oklch(97.6% .012 245)",
            "100": "oklch(94.5% .027 245)",
            "200": "oklch(89.5% .052 245)",
            "300": "oklch(82% .085 245)",
            "400": "oklch(71.5% .115 245)",
            "500": "oklch(61% .125 245)",
            "600": "oklch(50.5% .118 245)",
            "700": "oklch(43.5% .1 245)",
            "800": "oklch(37.5% .083 245)",
            "900": "oklch(32% .066 245)",
            "950": "oklch(24% .05 245)",
        },
    },
    "COMMAND": {"search_models": False, "show_history": True},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "mcn.unfold.sidebar",
    },
    "ACCOUNT": {"navigation": "mcn.unfold.account_links"},
}


def account_links(request):
    """What a member of staff changes about their own account."""
    return [
        {"title": _("Two-factor authentication"), "link": reverse("mfa_index")},
        {"title": _("How you are told"), "link": reverse("inbox_wishes")},
    ]
