"""Which licences an entity's business needs: settled by whoever knows the law, changed with a day."""

from mcn.kit import moves, records


def add(requirement, *, by, at):
    """Settle that an entity needs a licence for its business or for some goods."""
    moves.require_may(by, "add", requirement)
    return records.save(requirement, by=by, at=at)


def change(requirement, *, by, at, why=""):
    """Mend what is asked of an entity, or let it end with a day."""
    moves.require_may(by, "change", requirement)
    return records.save(requirement, by=by, at=at, why=why)
