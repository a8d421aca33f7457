"""The profile of a virtual streamer: its label, its technician, and what it is made from."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import moves, records


def require_virtual(streamer):
    """Refuse a person where only a virtual streamer makes sense."""
    if streamer.is_natural:
        raise ValidationError({"streamer": _("This is for virtual streamers.")})


def add(profile, *, by, at):
    """Set what viewers are told of a virtual streamer, and who runs it."""
    moves.require_may(by, "add", profile)
    require_virtual(profile.streamer)
    return records.save(profile, by=by, at=at)


def change(profile, *, by, at, why=""):
    """Change what viewers are told of a virtual streamer, and who runs it."""
    moves.require_may(by, "change", profile)
    return records.save(profile, by=by, at=at, why=why)
