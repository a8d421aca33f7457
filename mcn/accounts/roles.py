"""The roles of the trade and the permissions each is given; ``sync_roles`` brings the groups in step.

A permission is ``app.codename``; ``app.*`` stands for all of an app, ``view`` for the right to see every row.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

from mcn.accounts.buyer_roles import APPROVES_ANSWERS, REVIEWS_PROMISES


@dataclass(frozen=True)
class Role:
    """One job: its group's name, its label, whether it works in the admin, and the permissions it needs."""

    name: str
    label: Any
    staff: bool
    permissions: list


SEES_ALL = ["*.view_*"]
# Everybody sits exams: the question bank is for those who teach, and those who look after the teaching.
SEES_NO_ANSWERS = [*SEES_ALL, "!streamers.view_question"]
# How long records are kept, and what stops their removal, is for the compliance officer to say.
KEEPS_NO_LAW = [
    "!evidence.add_retentionrule",
    "!evidence.add_legalhold",
    "!evidence.lift_legalhold",
]
# Violations and tiers, decided by the compliance officer as by a streamer manager who did not report them.
CONDUCT = [
    "streamers.add_violation*",
    "streamers.change_violation*",
    "streamers.confirm_violation",
    "streamers.dismiss_violation",
    "streamers.appeal_violation",
    "streamers.overturn_violation",
    "streamers.add_conductthreshold",
    "streamers.change_conductthreshold",
    "streamers.take_conductmeasure",
    "streamers.set_aside_conductmeasure",
    "streamers.close_correction",
    "streamers.cancel_correction",
    "streamers.add_tier*",
    "streamers.change_tier*",
    "streamers.adopt_tierruleset",
    "streamers.withdraw_tierruleset",
    "streamers.approve_tierassessment",
    "streamers.adjust_tierassessment",
    "streamers.reassess_tierassessment",
]
# What a trainer does with each noun of training.
TRAINING = [
    f"streamers.{verb}_{noun}"
    for noun, verbs in {
        "course": ["add", "change", "end"],
        "material": ["add", "change", "publish", "retire"],
        "question": ["add", "change", "end"],
        "trainingsession": ["add", "change", "enrol", "mark", "close", "cancel"],
        "trainingrecord": ["add", "change", "correct"],
        "trainingplan": ["add", "change", "end"],
        "planitem": ["add", "change"],
        "trainee": ["add"],
    }.items()
    for verb in verbs
]
# What runs a show from the plan to its end; who planned it does not clear it.
SHOWS = [
    "streamers.add_show",
    "streamers.change_show",
    "streamers.clear_show",
    "streamers.recall_show",
    "streamers.start_show",
    "streamers.end_show",
    "streamers.cancel_show",
]
# Service plans, agreed on with merchants by who brings the merchants in and who runs the shows.
PLANS = [
    f"streamers.{verb}_serviceplan"
    for verb in ["add", "change", "submit", "withdraw", "assess", "agree", "send_back"]
]
# A product that is called back is held at once, by whoever hears of it first.
RECALLS = ["aftersales.add_recall", "aftersales.end_recall"]
# What is made ready for a show; scripts are approved by somebody else than who wrote them.
PREPARATION = [
    "streamers.add_showcheck",
    "streamers.add_castreview",
    "streamers.add_script",
    "streamers.change_script",
    "streamers.submit_script",
    "streamers.withdraw_script",
    "streamers.add_rehearsal",
    "streamers.add_identityreport",
]

# What a show operator keeps of rooms and of the register of advertisements; others open and review.
ROOMS = [
    "streamers.add_room*",
    "streamers.change_room*",
    "streamers.suspend_room",
    "streamers.withdraw_roomnotice",
    "streamers.add_adentry",
    "streamers.change_adentry",
    "streamers.accept_adentry",
    "streamers.archive_adentry",
]
# Keeping the timeline of a live show, with the measures that cannot wait.
ON_AIR = ["streamers.add_showevent", "streamers.take_down_showevent", "streamers.stop_showevent"]
METRICS = [
    f"streamers.{verb}_{noun}" for verb in ("add", "change") for noun in ("showmetrics", "itemmetrics")
]

# Recordings and evidence packs: who runs shows adds films, who answers authorities hands them over.
FILMS = ["streamers.add_recording", "streamers.check_recording", "streamers.pack_showrecord"]
REPLAYS = [f"streamers.{verb}_replayrequest" for verb in ("add", "hand_over", "reply", "decline")]

# What is done in an emergency is written and adopted by who leads after-sales and by compliance.
EMERGENCIES = [f"aftersales.{verb}_emergencyplan" for verb in ("add", "change", "adopt", "retire", "drill")]
# How long things may take is not for those to say who do them, nor may they stop the time by hand.
LEADS_ONLY = [
    *(f"!{permission}" for permission in EMERGENCIES),
    "!aftersales.add_deadlinerule",
    "!aftersales.change_deadlinerule",
    "!aftersales.pause_clock",
    "!aftersales.resume_clock",
]

ROLES = [
    Role(
        "merchant_desk",
        _("merchant desk"),
        True,
        [
            *SEES_NO_ANSWERS,
            "merchants.*",
            "products.cost_product",
            "evidence.*",
            *KEEPS_NO_LAW,
            "sheets.*",
            *PLANS,
            *REVIEWS_PROMISES,
            "!merchants.blacklist_*",
            "!merchants.delete_*",
        ],
    ),
    Role(
        "reviewer",
        _("product reviewer"),
        True,
        [
            *SEES_NO_ANSWERS,
            "products.*",
            *RECALLS,
            "evidence.*",
            *KEEPS_NO_LAW,
            "sheets.*",
            "claims.scan_*",
            "!products.delete_*",
        ],
    ),
    Role(
        "streamer_manager",
        _("streamer manager"),
        True,
        [*SEES_ALL, "streamers.*", "evidence.*", *KEEPS_NO_LAW, "sheets.*"],
    ),
    Role(
        "operator",
        _("show operator"),
        True,
        [
            *SEES_NO_ANSWERS,
            "sheets.*",
            "streamers.add_violation",
            *SHOWS,
            *PLANS,
            *ROOMS,
            *PREPARATION,
            *FILMS,
            *ON_AIR,
            *METRICS,
        ],
    ),
    Role(
        "after_sales",
        _("after-sales agent"),
        True,
        [*SEES_NO_ANSWERS, "aftersales.*", "sheets.*", *LEADS_ONLY],
    ),
    Role("after_sales_lead", _("lead of after-sales"), True, [*SEES_NO_ANSWERS, "aftersales.*", "sheets.*"]),
    Role(
        "trainer",
        _("trainer"),
        True,
        [
            *SEES_ALL,
            *TRAINING,
            "evidence.*",
            *KEEPS_NO_LAW,
            "sheets.*",
        ],
    ),
    Role(
        "compliance",
        _("compliance officer"),
        True,
        [
            *SEES_ALL,
            "claims.*",
            "standards.*",
            "agency.*",
            "evidence.*",
            "*.hold_*",
            "*.uphold_*",
            "*.lift_*",
            "*.blacklist_*",
            "*.reveal_*",
            "streamers.add_adpenalty",
            "streamers.revoke_adpenalty",
            "streamers.approve_*",
            "streamers.refuse_*",
            "streamers.send_back_script",
            "streamers.add_showcheck",
            "streamers.verify_qualification",
            "streamers.verify_virtualright",
            "streamers.verify_entitypaper",
            "streamers.verify_roomlease",
            "streamers.add_entityrequirement",
            "streamers.change_entityrequirement",
            "streamers.add_venuekind",
            "streamers.change_venuekind",
            "streamers.review_adentry",
            "streamers.exempt_adentry",
            "streamers.clear_show",
            "streamers.recall_show",
            "streamers.cancel_show",
            "streamers.waive_show",
            *APPROVES_ANSWERS,
            *REVIEWS_PROMISES,
            *CONDUCT,
            *FILMS,
            *REPLAYS,
            *ON_AIR,
            "streamers.ban_showevent",
            "streamers.end_show",
            *RECALLS,
            "aftersales.adopt_scoreruleset",
            "aftersales.withdraw_scoreruleset",
            "aftersales.add_holdrule",
            "aftersales.change_holdrule",
            *EMERGENCIES,
        ],
    ),
    Role("auditor", _("auditor"), True, SEES_ALL),
    Role("administrator", _("administrator"), True, ["*.*", "!*.reveal_*"]),
    Role("merchant", _("merchant's user"), False, []),
]
ROLE_LABELS = {role.name: role.label for role in ROLES}


def matches(permission, pattern):
    """Whether ``app.codename`` fits a pattern in which ``*`` ends an app or a codename."""
    app, _dot, codename = permission.partition(".")
    wanted_app, _dot, wanted = pattern.partition(".")
    fits_app = wanted_app in ("*", app)
    return fits_app and (codename.startswith(wanted[:-1]) if wanted.endswith("*") else codename == wanted)


def granted(role, permissions):
    """The ids of the permissions (``{name: id}``) that a role is given; a ``!`` pattern takes away."""
    allow = [pattern for pattern in role.permissions if not pattern.startswith("!")]
    deny = [pattern[1:] for pattern in role.permissions if pattern.startswith("!")]
    return [
        number
        for name, number in permissions.items()
        if any(matches(name, pattern) for pattern in allow)
        and not any(matches(name, pattern) for pattern in deny)
    ]


def sync_roles():
    """Make a group of every role with exactly its permissions; return the groups by name."""
    rows = Permission.objects.values_list("content_type__app_label", "codename", "id")
    permissions = {f"{app}.{codename}": number for app, codename, number in rows}
    groups = {}
    for role in ROLES:
        groups[role.name], _created = Group.objects.get_or_create(name=role.name)
        groups[role.name].permissions.set(granted(role, permissions))
    return groups
