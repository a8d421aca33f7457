"""Points for violations: which count on a day, what they lead to, and what stands open because of them."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from mcn.standards.catalogue import read
from mcn.standards.checks import clause
from streamers.models import ConductMeasure, ConductThreshold, Correction, Violation

Kind = ConductThreshold.Kind
# Where the standards list what may not be done: each code there is a kind of violation.
LISTS = {"DB4401": ("5.2.3.1 ", "5.2.3.2", "5.2.3.3 "), "LSMS": ("7.4.3 ",)}


def listed():
    """The clauses that name a violation, as ``{"DB4401 5.2.3.1 a": its row in the catalogue}``, in order."""
    return {
        f"{standard} {row['clause']}": row
        for standard, begins in LISTS.items()
        for row in read(standard)
        if row["clause"].startswith(begins)
    }


LISTED = listed()


def points(violations, on):
    """The points that count on a day among some violations of one streamer."""
    return sum(violation.points for violation in violations if violation.counts(on))


def reached(thresholds, total, on):
    """For each kind of measure the highest threshold in force on a day that a number of points reaches."""
    found = {}
    for threshold in sorted(thresholds, key=lambda row: row.points):
        if threshold.covers(on) and threshold.points <= total:
            found[threshold.kind] = threshold
    return found


def at_once(threshold, streamer):
    """Whether a measure is taken without asking: never against an entrusted streamer, who is reminded."""
    signed = streamer.engagement == streamer.Engagement.SIGNED
    return threshold.automatic and (signed or threshold.kind == Kind.REMIND)


@clause("DB4401 5.6.3.8", "DB4401 5.4.3.2 d", "LSMS 7.4.2", "LSEC 42", "DB4401 5.1.2.7")
def answers_for_its_points(streamer, on):
    """No hold or blacklisting that a streamer's points call for waits undecided."""
    for measure in rows_of(streamer, "measures"):
        if measure.kind != Kind.REMIND and measure.state == ConductMeasure.State.SUGGESTED:
            yield (
                measure,
                _("%(points)s points for violations: decide whether to %(measure)s.")
                % {"points": measure.points, "measure": measure.get_kind_display()},
            )


@clause("DB4401 5.4.3.2 d", "LSMS 7.4.2")
def corrects_in_time(streamer, on):
    """Every violation that was to be put right by a day was put right by then."""
    for correction in rows_of(streamer, "corrections"):
        if correction.state == Correction.State.OPEN and correction.due_on < on:
            yield (
                correction,
                _("To be corrected by %(day)s: %(reminder)s")
                % {"day": f"{correction.due_on:%Y-%m-%d}", "reminder": correction.reminder},
            )


# What was done is not undone by blocking: the points and the measures do that. It is told all the same.
@clause(*LISTED, level="should")
def commits_no_violation(streamer, on):
    """No violation of a listed clause counts against the streamer."""
    for violation in rows_of(streamer, "violations"):
        if violation.counts(on) and violation.code.clause in LISTED:
            told = {
                "day": f"{violation.happened_on:%Y-%m-%d}",
                "points": violation.points,
                "until": f"{violation.lapses_on:%Y-%m-%d}",
            }
            yield violation, _("%(day)s: %(points)s points until %(until)s") % told, violation.code.clause


@clause("LSMS 5.4", level="should")
def keeps_a_good_record(streamer, on):
    """Nothing serious counts against the streamer."""
    for violation in rows_of(streamer, "violations"):
        if violation.counts(on) and violation.severity in ("serious", "grave"):
            yield violation, _("%(code)s counts against the record.") % {"code": violation.code}


CHECKS = [answers_for_its_points, corrects_in_time, commits_no_violation, keeps_a_good_record]
PREFETCH = [
    Prefetch(
        "violations",
        Violation.objects.filter(state__in=Violation.COUNTING)
        .only("streamer", "code", "happened_on", "severity", "points", "state", "lapses_on")
        .prefetch_related("code")
        .order_by("happened_on"),
    ),
    Prefetch("corrections", Correction.objects.filter(state=Correction.State.OPEN)),
    Prefetch("measures", ConductMeasure.objects.filter(state=ConductMeasure.State.SUGGESTED)),
]
