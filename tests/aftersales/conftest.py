"""What tests of after-sales stand on: the shipped figures of policy and rules, brought in once."""

import pytest
from pytest_django import DjangoDbBlocker

from aftersales.actions import outlet as outlet_actions
from aftersales.actions.deadline_rule import sync_deadline_rules
from aftersales.actions.priority_rule import sync_priorities
from mcn.agency.figures import sync_figures
from tests.factories import AT


@pytest.fixture(scope="session")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The shipped figures, such as the days within which an order is shipped, and the shipped rules."""
    with django_db_blocker.unblock():
        sync_figures(at=AT)
        sync_deadline_rules(at=AT)
        sync_priorities(at=AT)


@pytest.fixture(autouse=True)
def figures(shipped: None, db: None) -> None:
    """Every test of after-sales may count on what is shipped."""


@pytest.fixture(scope="session")
def words(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The shipped lexicon, for tests of what is said."""
    with django_db_blocker.unblock():
        outlet_actions.sync_lexicon(at=AT)
