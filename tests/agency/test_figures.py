"""What figure is in force on a day, and how often it is asked for."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from mcn.agency.figures import sync_figures
from mcn.agency.models import Figure, figure, figures, read_figures_once
from mcn.kit import records
from tests.factories import AT, DAY

pytestmark = pytest.mark.django_db
KEYS = [Figure.Key.EXPIRY_WARNING_DAYS, Figure.Key.EXPIRY_LAST_DAYS]
SHIPPED = [30, 1]
TOMORROW = DAY + datetime.timedelta(days=1)


def test_a_figure_counts_from_its_day_on():
    sync_figures(at=AT)
    records.save(Figure(key=KEYS[0], value=45, valid_from=TOMORROW, source="x"), by=None, at=AT)

    assert (figures(KEYS, DAY), figures(KEYS, TOMORROW)) == (SHIPPED, [45, 1])
    assert figure(KEYS[0], TOMORROW) == 45


def test_while_a_page_is_put_together_a_day_is_asked_for_once(django_assert_num_queries):
    sync_figures(at=AT)

    with django_assert_num_queries(1), read_figures_once():
        assert (figure(KEYS[0], DAY), figures(KEYS, DAY)) == (30, SHIPPED)
    with django_assert_num_queries(2):
        assert (figure(KEYS[0], DAY), figures(KEYS, DAY)) == (30, SHIPPED)


def test_a_figure_that_was_never_shipped_is_told():
    Figure.objects.all().delete()
    records.save(Figure(key=KEYS[1], value=1, valid_from=DAY, source="x"), by=None, at=AT)

    with pytest.raises(ImproperlyConfigured, match="prepare"):
        figures(KEYS, DAY)
    with read_figures_once(), pytest.raises(ImproperlyConfigured, match="prepare"):
        figure(KEYS[0], DAY)
