"""What every door shows of an import: its figures, its lines page by page, what may be done with it now."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from mcn.sheets import runs
from mcn.sheets.forms import ConfirmForm, MatchForm
from mcn.sheets.header import letter
from mcn.sheets.models import ImportJob
from mcn.sheets.sheet import Outcome

LINES_A_PAGE = 50
OUTCOMES = {
    Outcome.CREATED: (_("new rows"), "good"),
    Outcome.UPDATED: (_("changed rows"), "info"),
    Outcome.UNCHANGED: (_("unchanged rows"), "neutral"),
    Outcome.REFUSED: (_("refused rows"), "bad"),
}
State = ImportJob.State
TONES = {
    State.UPLOADED: "info",
    State.UNMATCHED: "warn",
    State.PREVIEWING: "info",
    State.PREVIEWED: "warn",
    State.CONFIRMING: "info",
    State.DONE: "good",
    State.FAILED: "bad",
    State.CANCELLED: "neutral",
}


class Lines:
    """The rows of the job's latest pass, all or of one outcome; a slice loads only the pages it touches."""

    def __init__(self, job, outcome=""):
        self.job = job
        self.outcome = outcome
        counted = [outcome] if outcome else [one.value for one in Outcome]
        rows = job.pages.filter(run=job.run).order_by("number").values_list("id", *counted)
        self.pages = [(page, sum(counts)) for page, *counts in rows]

    def __len__(self):
        return sum(count for _page, count in self.pages)

    def __getitem__(self, part):
        wanted, skipped = [], 0
        start = 0
        for page, count in self.pages:
            if start < part.stop and start + count > part.start:
                wanted.append(page)
            elif start + count <= part.start:
                skipped += count
            start += count
        stored = self.job.pages.in_bulk(wanted)
        lines = [line for page in wanted for line in stored[page].lines if self.outcome in ("", line[1])]
        return [shown(line) for line in lines[part.start - skipped : part.stop - skipped]]


def shown(line):
    """A stored line as templates and the API give it out."""
    number, outcome, title, changes, problems = line
    label, tone = OUTCOMES[Outcome(outcome)]
    return {
        "row": number,
        "outcome": outcome,
        "outcome_label": label,
        "tone": tone,
        "title": title,
        "changes": changes,
        "problems": problems,
    }


def counts_of(job):
    """How many rows of the latest pass have each outcome."""
    sums = {outcome.value: Sum(outcome.value) for outcome in Outcome}
    found = job.pages.filter(run=job.run).aggregate(**sums)
    return {name: count or 0 for name, count in found.items()}


def outcome_of(params):
    """The outcome that was asked for, or all."""
    asked = params.get("outcome", "")
    return asked if asked in {one.value for one in Outcome} else ""


def page_of(job, params):
    """One page of the job's lines, as asked for."""
    return Paginator(cast(Any, Lines(job, outcome_of(params))), LINES_A_PAGE).get_page(params.get("page"))


def screen(job, params, *, may_import):
    """The context of an import's page."""
    outcome = outcome_of(params)
    counts = counts_of(job)
    tabs = [{"outcome": "", "label": _("all"), "tone": "neutral", "count": sum(counts.values())}]
    tabs += [
        {"outcome": one.value, "label": label, "tone": tone, "count": counts[one.value]}
        for one, (label, tone) in OUTCOMES.items()
    ]
    return {
        "job": job,
        "sheet": job.declared,
        "tone": TONES[job.state],
        "progress": runs.progress(job),
        "tabs": [tab | {"active": tab["outcome"] == outcome} for tab in tabs],
        "outcome": outcome,
        "page": page_of(job, params),
        "matching": _matching(job)
        if may_import and job.state in (State.UNMATCHED, State.PREVIEWED)
        else None,
        "confirm_form": ConfirmForm() if may_import and job.state == State.PREVIEWED else None,
        "may_cancel": may_import and "cancel" in ImportJob.MOVES.leaving(job.state),
    }


def _matching(job):
    form = MatchForm(job=job)
    return {
        "form": form,
        "columns": [(letter(place), field) for place, field in enumerate(form.columns)],
        "open": job.state == State.UNMATCHED,
    }
