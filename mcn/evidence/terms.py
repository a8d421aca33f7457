"""Until when something is kept: the strictest adopted rule of its classes, with the days under hold added.

A record is kept through the last day of its term and may go on the day after. Without a day on which the term
began, or without a rule, it is kept.
"""

import datetime

from mcn.evidence.models import LegalHold, RetentionRule

ONE_DAY = datetime.timedelta(days=1)


def rules_in_force(on):
    """The adopted rules of each class on a day: of each clause the newest, by one query."""
    newest = {}
    for rule in RetentionRule.objects.filter(valid_from__lte=on).order_by("valid_from"):
        newest[rule.retention_class, rule.clause] = rule
    found = {}
    for rule in newest.values():
        if rule.adopted:
            found.setdefault(rule.retention_class, []).append(rule)
    return found


def spans_of_holds():
    """``{(model, id): [(first day, last day or None)]}`` of all legal holds there ever were, by one query."""
    found = {}
    for hold in LegalHold.objects.only("subject_model", "subject_id", "placed_on", "lifted_on"):
        found.setdefault((hold.subject_model, hold.subject_id), []).append(hold.span)
    return found


def spans_on(rows, spans):
    """The spans of the holds on any of some rows."""
    return [span for row in rows for span in spans.get((row._meta.label_lower, row.pk), [])]


def is_held(spans):
    """Whether one of the holds still stands."""
    return any(last is None for _first, last in spans)


def kept_until(starts, rules, spans):
    """The last day on which a record is kept; ``starts`` gives each of its classes the day its term begins.

    None for as long as nobody can tell: under a hold, before a term has begun, or where no rule says.
    """
    if is_held(spans) or not starts:
        return None
    ends = [_end(start, rules.get(name, []), spans) for name, start in starts.items()]
    return None if None in ends else max(ends)


def _end(start, rules, spans):
    if start is None or not rules:
        return None
    end = max(rule.last_day(start) for rule in rules)
    paused_to = None
    for first, last in sorted(spans):
        # Two holds at a time stop the clock once; what was lifted before the term began stops nothing.
        begun = max(first, start) if paused_to is None else max(first, start, paused_to + ONE_DAY)
        if begun > end:
            break
        if last >= begun:
            end += last - begun + ONE_DAY
            paused_to = last
    return end
