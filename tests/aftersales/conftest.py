"""What tests of after-sales stand on: the shipped figures of policy and the shipped rules."""

import pytest

from aftersales.actions import outlet as outlet_actions
from aftersales.actions.deadline_rule import sync_deadline_rules
from aftersales.actions.priority_rule import sync_priorities
from mcn.agency.figures import sync_figures
from tests.factories import AT


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    """The shipped figures, such as the days within which an order is shipped, and the shipped rules."""
    sync_figures(at=AT)
    sync_deadline_rules(at=AT)
    sync_priorities(at=AT)


@pytest.fixture
def words(db: None) -> None:
    """The shipped lexicon, for tests of what is said."""
    outlet_actions.sync_lexicon(at=AT)
