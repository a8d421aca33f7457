"""What the tests of products stand on."""

import pytest

from mcn.agency.figures import sync_figures
from tests.factories import AT
from tests.factories.accounts import StaffFactory


@pytest.fixture(autouse=True)
def figures(db):
    """The shipped figures of policy, such as how long a verification lasts."""
    sync_figures(at=AT)


@pytest.fixture
def reviewer(db):
    """Somebody of quality control."""
    return StaffFactory(role="reviewer")


@pytest.fixture
def colleague(db):
    """Another of quality control."""
    return StaffFactory(role="reviewer")
