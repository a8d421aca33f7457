"""How people and systems wish to be told."""

import factory

from mcn.notices.models import Endpoint, Preference
from tests.factories import RecordFactory


class PreferenceFactory(RecordFactory):
    """A person's own wishes, as nobody has changed them."""

    user = factory.SubFactory("tests.factories.accounts.UserFactory")

    class Meta:
        model = Preference


class EndpointFactory(RecordFactory):
    """A system on the open internet that hears of everything."""

    name = factory.Sequence(lambda number: f"系统{number}")
    url = "https://93.184.215.14/hooks"

    class Meta:
        model = Endpoint
