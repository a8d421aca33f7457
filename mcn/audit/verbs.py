"""What people read for each verb of the audit trail: one word for function, button, route and entry."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "add": _("added"),
    "change": _("changed"),
    "ship": _("shipped with the product"),
    "reveal": _("seen in clear"),
    "attach": _("file attached"),
    "submit": _("submitted"),
    "withdraw": _("withdrawn"),
    "send_back": _("sent back"),
    "admit": _("admitted"),
    "approve": _("approved"),
    "suspend": _("suspended"),
    "resume": _("resumed"),
    "exit": _("exited"),
    "verify": _("verified"),
    "supersede": _("superseded"),
    "hold": _("put on hold"),
    "blacklist": _("blacklisted"),
    "appeal": _("appealed"),
    "lift": _("lifted"),
    "delist": _("taken down"),
    "invite": _("invited"),
    "join": _("joined"),
    "leave": _("left"),
    "sign": _("signed"),
    "import": _("imported"),
    "login": _("logged in"),
    "attest": _("attested"),
}
