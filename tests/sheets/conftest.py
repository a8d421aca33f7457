"""The sheet of days stands in for the apps' own."""

import pytest

from tests.factories.sheets import DAYS


@pytest.fixture(autouse=True)
def sheet_of_days(settings):
    settings.MCN_SHEETS = [DAYS]
