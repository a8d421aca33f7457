"""What people read for each verb of the audit trail: one word for function, button, route and entry."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "add": _("added"),
    "change": _("changed"),
    "ship": _("shipped with the product"),
    "reveal": _("seen in clear"),
    "open": _("file opened"),
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
    "report": _("reported"),
    "confirm": _("confirmed"),
    "dismiss": _("dismissed"),
    "uphold": _("appeal turned down"),
    "overturn": _("overturned"),
    "remind": _("reminded"),
    "close": _("closed"),
    "measure": _("reached a threshold"),
    "take": _("done"),
    "set_aside": _("set aside"),
    "assess": _("assessed"),
    "reassess": _("assessed again"),
    "adjust": _("adjusted"),
    "adopt": _("adopted"),
    "apply": pgettext_lazy("verb", "applied"),
    "ask": _("asked for"),
    "accept": _("accepted"),
    "revoke": pgettext_lazy("verb", "revoked"),
    "cancel": _("cancelled"),
    "declare": _("declared"),
    "give_up": _("given up"),
    "give": _("consent recorded"),
    "drop": _("used no more"),
    "refuse": pgettext_lazy("verb", "refused"),
    "retain": _("records past their term removed"),
    "retire": pgettext_lazy("verb", "taken out of use"),
    "end": pgettext_lazy("verb", "ended"),
    "reopen": _("reopened"),
    "decline": _("declined"),
    "record_trial": _("trial recorded"),
    "give_back": _("given back"),
    "correct": _("corrected"),
    "detach": _("file taken off"),
    "remove": _("removed"),
    "restore": _("restored"),
    "revise": _("revised"),
    "receive": pgettext_lazy("verb", "received"),
    "open_version": _("version opened"),
    "mark_stale": _("marked as out of date"),
    "enrol": _("put on the list"),
    "mark": _("attendance entered"),
    "check_in": _("checked in"),
    "log": _("entered in the training log"),
    "enter": pgettext_lazy("verb", "entered"),
    "start": _("begun"),
    "pass": pgettext_lazy("verb", "passed"),
    "publish": pgettext_lazy("verb", "published"),
    "settle": _("settled"),
    "check": pgettext_lazy("verb", "looked through"),
    "finish": pgettext_lazy("verb", "finished"),
    "fail": pgettext_lazy("verb", "failed"),
}


def label(verb, model=""):
    """A verb as people read it; a model may have words of its own for its verbs, in ``VERB_LABELS``."""
    return _own(model).get(verb) or LABELS.get(verb, verb)


def _own(model):
    try:
        return getattr(apps.get_model(model), "VERB_LABELS", {}) if model else {}
    except LookupError:  # the trail outlives models
        return {}
