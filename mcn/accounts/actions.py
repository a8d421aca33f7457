"""What people do with their own accounts."""

from mcn.kit import moves, records


def choose_language(user, language, *, by, at):
    """Speak this language to a person from now on."""
    user = moves.lock(user)
    user.language = language
    return records.save(user, by=by, at=at)
