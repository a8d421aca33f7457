"""The start page, for which every app asks for figures of policy."""

from mcn.agency.models import read_figures_once
from mcn.kit import start


def dashboard(request, context):
    """Unfold's callback: what ``mcn.kit.start`` puts together, with the figures read once."""
    with read_figures_once():
        return start.dashboard(request, context)
