"""The steps of an import as pages take them: call the action, hand the work on, tell what was refused."""

from django.core.exceptions import ValidationError

from mcn.kit.refusal import Refused
from mcn.sheets import actions, tasks
from mcn.sheets.forms import ConfirmForm, MatchForm


def take(form, *, by, at):
    """Take the file of a valid upload form in; where it is refused, the form says why."""
    given = form.cleaned_data
    try:
        job = actions.upload(given["sheet"], given["file"], scope=given.get("scope", ""), by=by, at=at)
    except (Refused, ValidationError) as no:
        form.add_error(None, _said(no))
        return None
    tasks.send(job)
    return job


def match(job, data, *, by, at):
    """Check the file again with its columns as chosen on the page."""
    form = MatchForm(data, job=job)
    if not form.is_valid():
        return [text for errors in form.errors.values() for text in errors]
    remember = form.cleaned_data["remember"]
    return _step(job, lambda: actions.match(job, form.names, remember=remember, by=by, at=at))


def confirm(job, data, *, by, at):
    """Let the file into the data."""
    form = ConfirmForm(data)
    whole = form.is_valid() and form.cleaned_data["all_or_nothing"]
    return _step(job, lambda: actions.confirm(job, all_or_nothing=whole, by=by, at=at))


def cancel(job, data, *, by, at):
    """Give the file up."""
    return _step(job, lambda: actions.cancel(job, by=by, at=at))


STEPS = {"match": match, "confirm": confirm, "cancel": cancel}


def _step(job, act):
    try:
        act()
    except (Refused, ValidationError) as no:
        return _said(no)
    if job.is_running:
        tasks.send(job)
    return []


def _said(no):
    return no.messages if isinstance(no, ValidationError) else [str(no)]
