"""The agency's own: the platforms."""

from mcn.agency.models import Platform
from mcn.kit import records
from tests.factories import AT


def platform(code, name):
    """The platform of a code, made where it is not there."""
    found = Platform.objects.filter(code=code).first()
    return found or records.save(Platform(code=code, name=name), by=None, at=AT)
