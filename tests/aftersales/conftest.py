"""What tests of after-sales stand on: the shipped figures of policy."""

import pytest

from mcn.agency.figures import sync_figures
from tests.factories import AT


@pytest.fixture(autouse=True)
def figures(db):
    """The shipped figures, such as the working days within which an order is shipped."""
    sync_figures(at=AT)
