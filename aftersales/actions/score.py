"""Scoring merchants: every night for all who sell, in as many queries for many as for one."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.models import Measure, MerchantScore
from aftersales.rules import people
from aftersales.rules.counts import MERCHANT, Counts, Span, count_up
from aftersales.rules.score import in_force, score, weakest
from mcn.kit import records
from mcn.kit.pages import admin_page
from mcn.notices.actions import Telling, tell_many
from merchants.actions import hold as merchant_holds
from merchants.models import Merchant, MerchantHold

SELLING = [Merchant.State.ADMITTED, Merchant.State.SUSPENDED]
CLAUSE = "DB4401 6.4.1 f"


def score_all(on, *, at):
    """Score every merchant as of a day, warn, and hold; run again, it adds nothing. Return the new scores."""
    rule_set = in_force(on)
    if rule_set is None:
        return []
    since = on - datetime.timedelta(days=rule_set.window_days - 1)
    with transaction.atomic():
        known = MerchantScore.objects.filter(day=on).values("merchant")
        merchants = list(Merchant.objects.filter(state__in=SELLING).exclude(pk__in=known).order_by("pk"))
        counts = count_up(MERCHANT, Span(since, on, at))
        last = _last_of(merchants, on)
        made = []
        for merchant in merchants:
            found = counts.get(merchant.pk, Counts())
            result = score(rule_set, found)
            before = last.get(merchant.pk)
            made.append(
                records.new(
                    MerchantScore,
                    merchant=merchant,
                    day=on,
                    since=since,
                    rule_set=rule_set,
                    orders=found.orders,
                    lines=result.lines,
                    total=result.total,
                    band=result.band,
                    measure=result.measure,
                    nights=_nights(before, result, on),
                    before=before.total if before else None,
                )
            )
        _hold(made, rule_set, on, at=at)
        records.save_many(made, by=None, at=at, verb="assess")
        _tell(made, last, at=at)
    return made


def _last_of(merchants, on):
    """The newest score of each merchant before a day."""
    reach = on - datetime.timedelta(days=7)
    rows = MerchantScore.objects.filter(merchant__in=merchants, day__lt=on, day__gte=reach)
    return {row.merchant_id: row for row in rows.order_by("day")}


def _nights(before, result, on):
    """For how many nights in a row the score carries the same; a night that was missed begins anew."""
    yesterday = on - datetime.timedelta(days=1)
    same = before is not None and before.day == yesterday and before.measure == result.measure
    return before.nights + 1 if same else 1


def _hold(made, rule_set, on, *, at):
    """Hold those that stood long enough in a band that holds.

    Not where a hold of ours was placed in the days looked back: it stands still, or somebody lifted it.
    """
    due = [one for one in made if one.measure == Measure.HOLD and one.nights >= rule_set.hold_nights]
    since = on - datetime.timedelta(days=rule_set.window_days)
    earlier = MerchantScore.objects.filter(merchant__in=[one.merchant_id for one in due], hold__isnull=False)
    held = set(earlier.filter(day__gt=since).values_list("merchant", flat=True))
    for one in due:
        if one.merchant_id not in held:
            one.hold = merchant_holds.hold(
                one.merchant, kind=MerchantHold.Kind.HOLD, reason=_why(one), clause=CLAUSE, by=None, at=at
            )


def _why(one):
    facts = {"score": one.told, "day": one.day, "nights": one.nights, "why": weakest(one)}
    return _("Score %(score)s as of %(day)s, the same for %(nights)s nights: %(why)s") % facts


def _tell(made, last, *, at):
    """Tell the merchant's owners, and who looks after merchants, where what the score carries has changed."""
    changed = [one for one in made if _news(one, last.get(one.merchant_id))]
    if not changed:
        return
    owners = people.owners_of([one.merchant_id for one in changed])
    desk = people.of_roles("merchant_desk", "after_sales")
    tellings = []
    for one in changed:
        once = f"score:{one.merchant_id}:{one.day}:"
        own = {"title": _said(one), "text": weakest(one), "kind": "hold" if one.hold else "score"}
        page = reverse("portal_score", args=[one.merchant.code])
        sheet = admin_page(one)
        tellings.append(Telling(owners.get(one.merchant_id, []), url=page, once=f"{once}own", **own))
        tellings.append(Telling(desk, url=sheet, subject=one.merchant, once=f"{once}desk", **own))
    tell_many(tellings, at=at)


def _news(one, before):
    carried = before.measure if before else Measure.NONE
    return one.hold is not None or one.measure != carried


def _said(one):
    facts = {"merchant": one.merchant, "score": one.told}
    if one.hold is not None:
        return _("%(merchant)s is held: score %(score)s") % facts
    if one.measure != Measure.NONE:
        return _("%(merchant)s is warned: score %(score)s") % facts
    return _("%(merchant)s is out of the warning: score %(score)s") % facts
