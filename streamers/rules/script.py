"""Whether what is to be said in a show was looked at: scripts, their claim scan, and promises of results."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.claims.models import Term
from mcn.claims.promises import promises, told
from mcn.claims.terms import Regime
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from products.rules.card_scan import regime_of
from streamers.models import Script, Show

State = Script.State
PREFETCH = [
    Prefetch(
        "scripts",
        Script.objects.filter(state__in=[*Script.OPEN, State.APPROVED])
        .only("show", "product", "number", "state", "text", "terms")
        .order_by("id"),
    )
]
SHOWN = ["title", "cover_text", "plan"]


def scan(script):
    """The scan of a script: by the rules of its product's category, or the general ones."""
    regime = regime_of(script.product) if script.product_id else Regime.GENERAL
    return scanner().scan(script.text, regime)


def _hit(hit):
    said = _("“%(matched)s”: %(reason)s %(suggestion)s")
    return said % {"matched": hit.matched, "reason": hit.reason, "suggestion": hit.suggestion}


# What a clause of its own forbids; the rest of what is banned falls under advertising law.
APART = (Term.Kind.RESULTS, Term.Kind.OFF_PLATFORM)


def _banned(script, kind=None):
    """The banned hits of a script of one kind, or of all that no clause of its own forbids."""
    hits = [hit for hit in scan(script).hits if hit.outcome is Outcome.BANNED]
    return [hit for hit in hits if (hit.kind == kind if kind else hit.kind not in APART)]


@clause("LSEC 30", "DB4401 5.4.3.1 c")
def says_nothing_banned(script, on):
    """A script holds no word that advertising law forbids."""
    for hit in _banned(script):
        yield script, _hit(hit)


@clause("DB4401 5.4.3.1 b")
def promises_no_results(script, on):
    """A script promises nobody what the show will bring."""
    for hit in _banned(script, Term.Kind.RESULTS):
        yield script, _hit(hit)


@clause("DB4401 5.6.3.5")
def leads_nobody_past_the_platform(script, on):
    """A script draws nobody into a deal outside the platform."""
    for hit in _banned(script, Term.Kind.OFF_PLATFORM):
        yield script, _hit(hit)


# What must be so before a script is approved.
SCRIPT = Rulebook(
    "script",
    gettext_lazy("script's approval"),
    [says_nothing_banned, promises_no_results, leads_nobody_past_the_platform],
    lambda scripts: scripts.select_related("show", "product__category"),
    mend=admin_page,
    subjects=lambda: Script.objects.filter(state=State.APPROVED, show__state__in=Show.OPEN),
)


def page(row):
    """Where a script is written for a show, or the one at fault."""
    if isinstance(row, Script):
        return admin_page(row)
    return f"{reverse('admin:streamers_script_add')}?show={row.pk}"


def approved(show):
    """The scripts of a show that may be spoken."""
    return [row for row in show.scripts.all() if row.state == State.APPROVED]


@clause("LSEC 30", "DB4401 5.4.3.1 c", "LSMS 6.2 e", mend=page)
def has_its_words_approved(show, on):
    """The script of the whole show, or of each of its products, was approved by another than who wrote it."""
    standing = {row.product_id for row in approved(show)}
    if None in standing:
        return
    missing = [
        item for item in show.items.all() if item.removed_at is None and item.product_id not in standing
    ]
    if standing and not missing:
        return
    waiting = [row for row in show.scripts.all() if row.state != State.APPROVED]
    if waiting:
        last = waiting[-1]
        yield last, _("the script is %(state)s") % {"state": last.get_state_display()}
    else:
        yield show, _("no script is approved: what will be said has to be looked at before the show")


@clause("DB4401 5.4.3.1 b", mend=page)
def promises_nobody_results(show, on):
    """Neither the words of a show's plan, title and cover nor its scripts promise sales, returns or reach."""
    for name in SHOWN:
        label = getattr(Show, name).field.verbose_name
        for hit in promises(getattr(show, name)):
            yield show, told(hit, label)
    version = scanner().version
    for script in approved(show):
        # Approved by these very terms: nothing new can be found.
        for hit in promises(script.text) if script.terms != version else []:
            yield script, told(hit, Script.text.field.verbose_name)


CHECKS = [has_its_words_approved, promises_nobody_results]
