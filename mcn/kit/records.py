"""The one write: every row is validated, saved and put into the audit trail here, in one transaction."""

from functools import cache
from operator import attrgetter
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.audit import trail
from mcn.kit import bulk
from mcn.kit.bulk import CHUNK
from mcn.kit.columns import values_of
from mcn.kit.refusal import Refused, Stale
from mcn.kit.validation import fields_of, said_by, validate_many
from mcn.kit.visibility import VisibleQuerySet

UNTRACKED = {"created_at", "updated_at", "version"}


class Record(models.Model):
    """What every row of the product carries: when it came, when it changed, and how often (the ETag)."""

    # Rows that are themselves the history of another row, whose own entry says the same, are not told twice.
    audited: ClassVar[bool] = True

    created_at = models.DateTimeField(gettext_lazy("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("updated at"), auto_now=True)
    version = models.PositiveIntegerField(gettext_lazy("version"), default=0, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):  # noqa: N802 - the name is Django's
        """What ``get_<field>_display`` says; Django's own translates every label of a field to find one."""
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)


@cache
def _labels(field):
    return dict(field.flatchoices)


class ManyInvalid(ValidationError):
    """Some rows of a bulk write are wrong: ``by_index`` maps each row's place to its ValidationError."""

    def __init__(self, by_index):
        super().__init__(_("%(count)s rows are wrong.") % {"count": len(by_index)})
        self.by_index = by_index


def new(model, **given):
    """A row that is not saved yet, with all that the model itself gives it, for where very many are made."""
    return bulk.maker(model)(**given)


def save(obj, *, by, at, verb="", why=""):
    """Validate, save and audit a row; an unchanged one is left alone, one changed meanwhile is ``Stale``."""
    with transaction.atomic():
        before = _before(obj)
        obj.full_clean()
        changes = changes_between(before, obj)
        if before is not None and not changes and not verb:
            return obj
        obj.version += 1
        _write(obj)
        if obj.audited:
            told = verb or ("change" if before else "add")
            trail.note(obj, by=by, at=at, verb=told, changes=changes, why=why)
    return obj


def save_many(objs, *, by, at, verb="", why=""):
    """The many-row form of ``save``: the same answers in few statements, or ``ManyInvalid`` and no write."""
    if not objs:
        return []
    model = type(objs[0])
    with transaction.atomic():
        before = _before_many(model, objs)
        errors = validate_many(objs)
        if errors:
            raise ManyInvalid(errors)
        stored = [before.get(number) for number in values_of(objs, model._meta.pk.attname)]
        noted = []
        for obj, old in zip(objs, stored, strict=True):
            changes = changes_between(old, obj) if model.audited or old else {}
            if changes or old is None:
                noted.append((obj, verb or ("change" if old else "add"), changes))
        touched = [obj for obj, _verb, _changes in noted]
        for obj in touched:
            obj.version += 1
        _write_many(model, touched)
        if model.audited:
            trail.note_many(noted, by=by, at=at, why=why)
    return touched


def changes_between(before, obj):
    """The audit diff ``{field: [old, new]}`` between stored values (None for a new row) and a clean row."""
    names, read, secret = _tracked(type(obj))
    now = read(obj)
    if before is None:
        changes = {
            name: [None, value]
            for name, value in zip(names, now, strict=True)
            if value is not None and value != ""
        }
    else:
        changes = {
            name: [before[name], value]
            for name, value in zip(names, now, strict=True)
            if before[name] != value
        }
    for name in secret & changes.keys():
        changes[name] = [value and trail.CHANGED for value in changes[name]]
    return changes


@cache
def _tracked(model):
    """The fields whose changes the trail tells, how a row's values of them are read, and which are secret."""
    fields = [
        field
        for field in fields_of(model)
        if field.name not in UNTRACKED and getattr(field, "audited", True) and not field.primary_key
    ]
    names = [field.attname for field in fields]
    secret = {field.attname for field in fields if getattr(field, "secret", False)} | {"password"}
    return names, _reader(fields), secret


def _reader(fields):
    names = [field.attname for field in fields]
    files = [place for place, field in enumerate(fields) if isinstance(field, models.FileField)]

    def read(obj):
        values = [*one(obj)]
        for place in files:
            values[place] = values[place].name or ""
        return values

    one = attrgetter(*names) if len(names) > 1 else lambda obj: [getattr(obj, names[0])]
    return read if files else one


def _before(obj):
    if obj._state.adding:
        return None
    stored = _stored(type(obj)).select_for_update(of=("self",)).filter(pk=obj.pk).values().first()
    if stored is None or stored["version"] != obj.version:
        raise Stale(
            _("%(row)s was changed by somebody else meanwhile: reload, then try again.") % {"row": obj}
        )
    return stored


def _before_many(model, objs):
    ids = [obj.pk for obj in objs if not obj._state.adding]
    stored = {}
    for start in range(0, len(ids), CHUNK):
        rows = (
            _stored(model)
            .select_for_update(of=("self",))
            .filter(pk__among=ids[start : start + CHUNK])
            .values()
        )
        stored.update((row[model._meta.pk.attname], row) for row in rows)
    for obj in objs:
        if not obj._state.adding and (obj.pk not in stored or stored[obj.pk]["version"] != obj.version):
            raise Stale(
                _("%(row)s was changed by somebody else meanwhile: reload, then try again.") % {"row": obj}
            )
    return stored


def _stored(model):
    return model._base_manager.order_by()


def _write(obj):
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError as error:
        raise Refused(_("Somebody saved the same at the same moment: reload and look.")) from error


def _write_many(model, objs):
    new = [obj for obj in objs if obj._state.adding]
    old = [obj for obj in objs if not obj._state.adding]
    columns = [
        field.name for field in fields_of(model) if not field.primary_key and field.name != "created_at"
    ]
    try:
        with transaction.atomic():
            bulk.insert(model, new)
            bulk.update(model, old, columns)
    except IntegrityError as error:
        raise _culprits(objs) or Refused(
            _("Somebody saved the same at the same moment: reload and look.")
        ) from error


def _culprits(objs):
    """The rows that break a constraint which only the database could judge, asked one by one."""
    for obj in objs:
        obj.version -= 1
    said = {place: said_by(obj.validate_constraints) for place, obj in enumerate(objs)}
    errors = {place: ValidationError(errors) for place, errors in said.items() if errors}
    return ManyInvalid(errors) if errors else None
