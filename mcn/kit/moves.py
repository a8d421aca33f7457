"""State machines: what may follow what, and who may do it.

A model declares ``MOVES = Moves(admit=([State.SUBMITTED], State.ADMITTED), ...)`` and a permission
``admit_<model>`` for each. A verb in ``actions/`` wraps its work in ``move()``.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.kit.refusal import Denied, Stale, WrongState


class Moves:
    """A table of verbs: from which states each starts and to which it leads."""

    def __init__(self, **moves):
        self.table = moves

    def __iter__(self):
        return iter(self.table)

    def leaving(self, state):
        """The verbs that may start from a state, in the order declared."""
        return [verb for verb, (sources, _target) in self.table.items() if state in sources]

    def target(self, verb):
        return self.table[verb][1]


def permission(model, verb):
    """The permission that a verb on a model needs, as ``app.verb_model``."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def may(by, verb, obj):
    """Whether a person may use a verb on a row: by a role for all rows, or by a membership for this one."""
    name = permission(type(obj), verb)
    return by is not None and (by.has_perm(name) or by.has_perm(name, obj))


def require_may(by, verb, obj):
    """Refuse a person without the permission; the system itself (``by=None``) passes."""
    if by is not None and not may(by, verb, obj):
        # A row that is only begun may lack what its name is made of.
        row = obj if obj.pk else obj._meta.verbose_name
        raise Denied(_("You may not do this to %(row)s.") % {"row": row})


def require_another(by, submitter_id):
    """Refuse the person who submitted a thing as the one who decides on it, whatever their role."""
    if by is not None and by.pk == submitter_id:
        raise Denied(_("Who submitted it may not decide on it: ask a colleague."))


def said(note):
    """A reason, which may not be empty."""
    if not note.strip():
        raise ValidationError({"note": _("Say why.")})
    return note


def lock(obj):
    """The row as the database has it now, locked until the transaction ends."""
    return obj._meta.concrete_model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)


def lock_words(obj, *, by, seen=None):
    """Lock a row whose words change while it is ``editable``; ``seen`` is the version read before."""
    locked = lock(obj)
    require_may(by, "change", locked)
    if not locked.editable:
        raise WrongState(
            _("%(row)s is %(state)s, so its words cannot change now.")
            % {"row": locked, "state": locked.get_state_display()}
        )
    if seen is not None and seen != locked.version:
        raise Stale(_("%(row)s was changed by somebody else meanwhile.") % {"row": locked})
    return locked


@contextmanager
def move(obj, verb, *, by, at, note=""):
    """Lock the row, check permission and state, run the body, save the new state with one audit entry."""
    sources, target = obj.MOVES.table[verb]
    with transaction.atomic():
        locked = lock(obj)
        require_may(by, verb, locked)
        if locked.state not in sources:
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        yield locked
        locked.state = target
        records.save(locked, by=by, at=at, verb=verb, why=note)
    obj.refresh_from_db()
