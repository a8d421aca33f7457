"""Terms that a text may not hold."""

import factory

from mcn.claims.models import Term
from tests.factories import RecordFactory


class TermFactory(RecordFactory):
    """A banned absolute claim, for all goods and without excuses."""

    class Meta:
        model = Term

    text = factory.Sequence(lambda number: f"独步江湖{number}")
    kind = Term.Kind.ABSOLUTE
    outcome = Term.Verdict.BANNED
    clause = "DB4401 5.2.3.3 b"
    reason = "绝对化用语"
    suggestion = "删去"
