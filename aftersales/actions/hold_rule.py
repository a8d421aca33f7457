"""Holds that follow from upheld complaints and recalls: placed through each app's own action, and told."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Complaint, HoldRule, Nature, RuledHold
from aftersales.rules import people
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.notices.actions import Telling, tell_many
from merchants.actions import hold as merchant_holds
from merchants.models import Merchant
from products.actions import hold as product_holds
from products.models import Product
from streamers.actions import hold as streamer_holds
from streamers.models import Streamer

Subject = HoldRule.Subject
PLACES: dict[str, tuple] = {
    Subject.PRODUCT: (Product, product_holds.hold),
    Subject.STREAMER: (Streamer, streamer_holds.hold),
    Subject.MERCHANT: (Merchant, merchant_holds.hold),
}
UPHELD = [Complaint.Outcome.UPHELD, Complaint.Outcome.PARTLY]
START = datetime.date(2000, 1, 1)
SHIPPED = [
    (Subject.PRODUCT, Nature.SAFETY, 1, 30, "DB4401 6.4.1 e"),
    (Subject.PRODUCT, Nature.QUALITY, 3, 30, "DB4401 6.4.1 e"),
    (Subject.PRODUCT, Nature.MISMATCH, 3, 30, "DB4401 6.4.1 e"),
    (Subject.PRODUCT, Nature.FALSEHOOD, 2, 30, "DB4401 6.4.1 e"),
    (Subject.STREAMER, Nature.FALSEHOOD, 3, 90, "DB4401 5.1.5.2"),
    (Subject.MERCHANT, Nature.PROMISE, 5, 30, "DB4401 6.4.1 f"),
    (Subject.MERCHANT, Nature.PRIVACY, 1, 90, "DB4401 6.4.1 f"),
]


def sync_hold_rules(*, at):
    """Ship the first rules where there are none; what staff changed or added stays."""
    if HoldRule.objects.exists():
        return
    made = [
        HoldRule(
            subject=subject,
            nature=nature,
            count=count,
            days=days,
            clause=clause,
            source="机构默认值",
            valid_from=START,
        )
        for subject, nature, count, days, clause in SHIPPED
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def save_rule(rule, *, by, at):
    """Enter a rule, or say from when to when it counts."""
    moves.require_may(by, "change" if rule.pk else "add", rule)
    return records.save(rule, by=by, at=at)


def place_due(*, at):
    """Place the holds that upheld complaints have made due; run again, it adds nothing. Return them."""
    made = []
    for rule in HoldRule.objects.in_force(business_day(at)):
        for subject_id, complaints in _broken(rule, at):
            made.append(_place(rule, subject_id, complaints, at=at))
    return made


def _broken(rule, at):
    """What has so many upheld complaints that no earlier hold of this rule rests on."""
    since = at - datetime.timedelta(days=rule.days)
    upheld = Complaint.objects.filter(
        nature=rule.nature, outcome__in=UPHELD, resolved_at__gt=since, resolved_at__lte=at
    ).exclude(**{rule.subject: None})
    found: dict = {}
    for complaint in upheld.only("code", rule.subject).order_by("resolved_at", "id"):
        found.setdefault(getattr(complaint, f"{rule.subject}_id"), []).append(complaint.code)
    placed = RuledHold.objects.filter(rule__subject=rule.subject, rule__nature=rule.nature)
    for earlier in placed.filter(subject_id__in=found):
        found[earlier.subject_id] = [
            code for code in found[earlier.subject_id] if code not in earlier.complaints
        ]
    return [(subject, codes) for subject, codes in found.items() if len(codes) >= rule.count]


def _place(rule, subject_id, codes, *, at):
    model, hold = PLACES[rule.subject]
    reason = _("%(count)s upheld complaints within %(days)s days, “%(nature)s”: %(codes)s") % {
        "count": len(codes),
        "days": rule.days,
        "nature": rule.get_nature_display(),
        "codes": "、".join(codes),
    }
    with transaction.atomic():
        subject = model.objects.get(pk=subject_id)
        placed = hold(subject, reason=reason, clause=rule.clause, by=None, at=at)
        made = RuledHold(
            rule=rule,
            subject_id=subject_id,
            complaints=codes,
            placed_at=at,
            **{f"{rule.subject}_hold": placed},
        )
        records.save(made, by=None, at=at, verb="hold")
        _tell(subject, rule.subject, reason, at=at)
    return made


def announce(recall, *, file=None, by, at):
    """Put a recall on record; its product is held from now on, and everybody concerned is told."""
    moves.require_may(by, "add", recall)
    recall.entered_by = by
    with transaction.atomic():
        records.save(recall, by=by, at=at)
        if file:
            recall.document = evidence.attach(recall, file, title=str(recall), by=by, at=at)
            records.save(recall, by=by, at=at, verb="attach")
        reason = _("Recall of %(day)s by %(who)s: %(why)s") % {
            "day": recall.announced_on,
            "who": recall.announced_by,
            "why": recall.reason,
        }
        placed = product_holds.hold(recall.product, reason=reason, clause="DB4401 6.4.1 e", by=None, at=at)
        made = RuledHold(recall=recall, subject_id=recall.product_id, placed_at=at, product_hold=placed)
        records.save(made, by=by, at=at, verb="hold")
        _tell(recall.product, Subject.PRODUCT, reason, at=at)
    return recall


def end(recall, *, note, by, at):
    """Say what came of a recall; the hold on the product is lifted apart, by who may."""
    with moves.move(recall, "end", by=by, at=at, note=note) as locked:
        locked.ended_on, locked.result = business_day(at), said(note)
    return recall


def _tell(subject, kind, reason, *, at):
    """Tell who looks after it, and the merchant whose it is."""
    merchant_id = subject.pk if kind == Subject.MERCHANT else getattr(subject, "merchant_id", None)
    owners = people.owners_of([merchant_id]).get(merchant_id, []) if merchant_id else []
    staff = people.of_roles("reviewer", "operator", "after_sales", "compliance")
    title = _("%(subject)s is held") % {"subject": subject}
    page = admin_page(subject)
    told = {"title": title, "text": reason, "kind": "hold", "subject": subject}
    tell_many([Telling(staff, url=page, **told), Telling(owners, **told)], at=at)
