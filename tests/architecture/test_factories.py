"""The rows that tests stand on are rows that the product itself would write."""

import pkgutil
from importlib import import_module

import pytest

from mcn.kit import records
from tests import factories
from tests.factories import AT, DAY, RecordFactory
from tests.factories.streamers import id_number

for found in pkgutil.iter_modules(factories.__path__, "tests.factories."):
    import_module(found.name)

# Whom a penalty was given to has to be said; a code that is made has its tariff of the day already.
GIVEN = {"AdPenaltyFactory": {"id_number": id_number(1)}, "ViolationTariffFactory": {"valid_from": DAY}}


def kinds(factory):
    """A factory's own kinds that make rows, and theirs."""
    for kind in factory.__subclasses__():
        yield from [kind] * (not kind._meta.abstract)
        yield from kinds(kind)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [*kinds(RecordFactory)], ids=lambda kind: kind.__name__)
def test_what_a_factory_makes_may_be_saved(factory, monkeypatch):
    def save(_cls, model, *args, **kwargs):
        return records.save(model(*args, **kwargs), by=None, at=AT)

    monkeypatch.setattr(RecordFactory, "_create", classmethod(save))
    monkeypatch.setattr(RecordFactory, "_asks_first", True)

    assert factory(**GIVEN.get(factory.__name__, {})).pk
