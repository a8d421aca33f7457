"""ON_AIR: whether a show told what must be told, and corrected and answered what it had to."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.claims.models import Term
from mcn.kit.gather import gather
from mcn.standards.checks import Rulebook, clause
from streamers.models import Offer, RunItem, ServicePlan, Show, ShowEvent, Topic
from streamers.rules.picture import picture
from streamers.rules.to_say import to_say

Kind = ShowEvent.Kind
RAN = [Show.State.LIVE, Show.State.ENDED]
# Each topic under the clause that asks for it.
OF_SERVICE = [
    Topic.PRICE,
    Topic.DELIVERY,
    Topic.SPOT,
    Topic.PRESALE,
    Topic.LOGISTICS,
    Topic.RETURNS,
    Topic.PROMISES,
]


def seen(show):
    """The picture of a show whose events are loaded, drawn once for all checks."""
    if "_picture" not in show.__dict__:
        show.__dict__["_picture"] = picture(show.events.all())
    return show.__dict__["_picture"]


def untold(show):
    """``(item, [line])`` for every product that came on the table and of which something was left unsaid."""
    told = seen(show)
    for item in show.items.all():
        if item.pk in told.shown:
            said = told.told.get(item.pk, {})
            lines = [line for line in to_say(item) if line.topic not in said]
            if lines:
                yield item, lines


def _tells(topics, *clauses, doc):
    @clause(*clauses)
    def tells(show, on):
        for item, lines in untold(show):
            left = [str(line.label) for line in lines if line.topic in topics]
            if left:
                yield item, _("Not told on air: %(topics)s") % {"topics": "、".join(left)}

    tells.__doc__ = doc
    return tells


TELLING = [
    _tells(
        OF_SERVICE,
        "DB4401 6.3.1 a",
        "GDAS 5.2.2 a",
        "LSEC 32",
        doc="Of every product shown price, delivery, quantities, logistics, returns and promises are told.",
    ),
    _tells(
        [Topic.HAZARDS],
        "DB4401 5.2.3.4 a",
        doc="Of every product shown the dangers in use are told.",
    ),
    _tells(
        [Topic.WARNINGS],
        "DB4401 5.2.3.4 b",
        doc="Of every product shown the warnings for special groups are told.",
    ),
    _tells(
        [Topic.ACCIDENT],
        "DB4401 5.2.3.4 c",
        doc="Of every product shown it is told what to do in an accident.",
    ),
    _tells(
        [Topic.PROMISES],
        "DB4401 5.2.3.4 d",
        doc="Of every product shown the after-sales promises are told.",
    ),
    _tells(
        [Topic.DATES],
        "DB4401 5.2.3.4 e",
        doc="Of every product shown production date and shelf life are told.",
    ),
    _tells(
        [Topic.SOURCE],
        "DB4401 5.2.3.4 f",
        doc="Where more is said of a product than the merchant's papers hold, the source is told.",
    ),
    _tells(
        [Topic.PROMOTION],
        "DB4401 5.2.3.4 g",
        doc="Of every product shown in a promotion its scope, rules, span and limits are told.",
    ),
]


def _answers(kind, *clauses, doc, message):
    @clause(*clauses)
    def answers(show, on):
        for event in seen(show).open:
            if event.kind == kind:
                yield event, message % {"text": event.text}

    answers.__doc__ = doc
    return answers


ANSWERING = [
    _answers(
        Kind.REMINDER,
        "DB4401 5.2.2.6",
        "DB4401 5.3.2.5",
        "LSEC 31",
        doc="What somebody was reminded of was corrected on air, or a measure was taken.",
        message=gettext_lazy("Reminded, but not corrected on air: %(text)s"),
    ),
    _answers(
        Kind.QUESTION,
        "DB4401 6.3.1 b",
        "DB4401 5.3.3 d",
        "GDAS 5.2.2 b",
        doc="Viewers' questions that were noted were answered or shown on air.",
        message=gettext_lazy("Not answered: %(text)s"),
    ),
    _answers(
        Kind.INCIDENT,
        "DB4401 5.3.3 e",
        doc="An incident was dealt with.",
        message=gettext_lazy("Not dealt with: %(text)s"),
    ),
]


@clause("DB4401 4 b", "LSMS 6.2 b", "LSMS 6.3", "LSMS 6.3.1", "DB4401 5.6.3.6")
def is_watched(show, on):
    """Somebody watched the show and kept its timeline: it holds at least what came on the table."""
    if show.state == Show.State.ENDED and not seen(show).shown:
        yield show, _("Nobody noted what came on the table.")


@clause("DB4401 5.1.5.1", "DB4401 5.2.2.6", "LSMS 6.2 e")
def says_nothing_banned(show, on):
    """What was said and noted holds no banned term that was left uncorrected."""
    corrected = {event.about_id for event in seen(show).standing if event.kind == Kind.CORRECTION}
    for event in seen(show).standing:
        banned = [hit["matched"] for hit in _banned(event) if hit.get("kind") != Term.Kind.OFF_PLATFORM]
        if banned and event.pk not in corrected:
            yield event, _("Said on air: “%(terms)s”; correct it.") % {"terms": "”“".join(banned)}


def _banned(event):
    return [hit for hit in event.hits if hit["outcome"] == "banned"]


@clause("DB4401 5.6.3.5")
def leads_nobody_past_the_platform(show, on):
    """Nothing said on air draws viewers into a deal outside the platform, whatever was corrected later."""
    for event in seen(show).standing:
        lured = [hit["matched"] for hit in _banned(event) if hit.get("kind") == Term.Kind.OFF_PLATFORM]
        if lured:
            yield event, _("Drawn past the platform: “%(terms)s”.") % {"terms": "”“".join(lured)}


@clause("DB4401 5.6.3.7")
def has_its_comments_looked_after(show, on):
    """Somebody looked after viewers' comments during the show, and noted it."""
    looked = any(event.kind == Kind.COMMENT for event in seen(show).standing)
    if show.state == Show.State.ENDED and not looked:
        yield show, _("Nobody noted that viewers' comments were looked through and cleaned up.")


CHECKS = [
    *TELLING,
    *ANSWERING,
    is_watched,
    says_nothing_banned,
    leads_nobody_past_the_platform,
    has_its_comments_looked_after,
]
PREFETCH = [
    Prefetch("service_plans", ServicePlan.objects.filter(state=ServicePlan.State.AGREED)),
    Prefetch("events", ShowEvent.objects.order_by("second", "id")),
    Prefetch(
        "items",
        RunItem.objects.filter(removed_at=None)
        .select_related("product", "card_version")
        .prefetch_related("card_version__points", Prefetch("offers", Offer.objects.select_related("sku"))),
    ),
]


def for_inspection(shows):
    """Shows with their timelines and all that was to be said in them."""
    return gather(shows, PREFETCH)


def mend(row):
    """The page on which a row at fault is looked into: the show's own timeline."""
    show = row if isinstance(row, Show) else row.show
    return reverse("admin:streamers_showevent_console", args=[show.pk])


ON_AIR = Rulebook(
    "on_air",
    gettext_lazy("on air"),
    CHECKS,
    for_inspection,
    mend=mend,
    subjects=lambda: Show.objects.filter(state__in=RAN),
)
