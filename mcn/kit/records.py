"""The one write: every row is validated, saved and put into the audit trail here, in one transaction."""

from collections import defaultdict
from functools import cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.audit import trail
from mcn.kit.refusal import Refused, Stale
from mcn.kit.visibility import VisibleQuerySet

CHUNK = 1_000
UNTRACKED = {"created_at", "updated_at", "version"}


class Record(models.Model):
    """What every row of the product carries: when it came, when it changed, and how often (the ETag)."""

    created_at = models.DateTimeField(gettext_lazy("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("updated at"), auto_now=True)
    version = models.PositiveIntegerField(gettext_lazy("version"), default=0, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True


class ManyInvalid(ValidationError):
    """Some rows of a bulk write are wrong: ``by_index`` maps each row's place to its ValidationError."""

    def __init__(self, by_index):
        super().__init__(_("%(count)s rows are wrong.") % {"count": len(by_index)})
        self.by_index = by_index


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
        trail.note(obj, by=by, at=at, verb=verb or ("change" if before else "add"), changes=changes, why=why)
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
        changes = [changes_between(before.get(obj.pk), obj) for obj in objs]
        touched = [
            (obj, diff) for obj, diff in zip(objs, changes, strict=True) if diff or obj.pk not in before
        ]
        for obj, _diff in touched:
            obj.version += 1
            obj.updated_at = timezone.now()
        _write_many(model, [obj for obj, _diff in touched])
        trail.note_many(
            [
                trail.line(
                    obj,
                    by=by,
                    at=at,
                    verb=verb or ("change" if obj.pk in before else "add"),
                    changes=diff,
                    why=why,
                )
                for obj, diff in touched
            ]
        )
    return [obj for obj, _diff in touched]


def validate_many(objs, *, exclude=()):
    """What ``full_clean`` would say of each row, asked set-wise: a dict of place -> ValidationError."""
    errors = defaultdict(dict)
    model = type(objs[0])
    relations = [field for field in _fields(model) if field.is_relation]
    for place, obj in enumerate(objs):
        for said in (
            _said_by(obj.clean_fields, exclude={*exclude, *(field.name for field in relations)}),
            _said_by(obj.clean),
        ):
            errors[place].update(said)
    for field in relations:
        if field.name not in exclude:
            _check_relation(field, objs, errors)
    for names, constraint in _unique_sets(model):
        _check_unique(model, names, constraint, objs, errors)
    return {place: ValidationError(said) for place, said in sorted(errors.items()) if said}


def changes_between(before, obj):
    """The audit diff ``{field: [old, new]}`` between stored values (None for a new row) and a row in hand."""
    changes = {}
    for field, name, secret in _tracked(type(obj)):
        new = _comparable(field, getattr(obj, name))
        if before is None:
            if new is not None and new != "":
                changes[name] = [None, trail.CHANGED if secret else new]
        elif before[name] != new:
            old = before[name]
            changes[name] = [old and trail.CHANGED, new and trail.CHANGED] if secret else [old, new]
    return changes


@cache
def _tracked(model):
    """The fields whose changes the trail tells, with their attribute's name and whether they are secret."""
    return [
        (field, field.attname, getattr(field, "secret", False))
        for field in _fields(model)
        if field.name not in UNTRACKED and getattr(field, "audited", True) and not field.primary_key
    ]


def _comparable(field, value):
    """A value as the database would give it back, so that 7 and Decimal("7.00") are no change."""
    if isinstance(field, models.FileField):
        return value.name or ""
    return field.to_python(value) if value is not None and not field.is_relation else value


def _fields(model):
    return [field for field in model._meta.concrete_fields if not field.generated]


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
            _stored(model).select_for_update(of=("self",)).filter(pk__in=ids[start : start + CHUNK]).values()
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
    columns = [field.name for field in _fields(model) if not field.primary_key and field.name != "created_at"]
    try:
        with transaction.atomic():
            model._base_manager.bulk_create(new, batch_size=CHUNK)
            # INSERT ... ON CONFLICT (id) DO UPDATE: bulk_update would build a CASE for every cell.
            model._base_manager.bulk_create(
                old,
                batch_size=CHUNK,
                update_conflicts=True,
                unique_fields=[model._meta.pk.name],
                update_fields=columns,
            )
    except IntegrityError as error:
        raise _culprits(objs) or Refused(
            _("Somebody saved the same at the same moment: reload and look.")
        ) from error


def _culprits(objs):
    """The rows that break a constraint which only the database could judge, asked one by one."""
    for obj in objs:
        obj.version -= 1
    said = {place: _said_by(obj.validate_constraints) for place, obj in enumerate(objs)}
    errors = {place: ValidationError(errors) for place, errors in said.items() if errors}
    return ManyInvalid(errors) if errors else None


def _said_by(check, **options):
    try:
        check(**options)
    except ValidationError as error:
        return error.update_error_dict({})
    return {}


def _check_relation(field, objs, errors):
    ids = {getattr(obj, field.attname) for obj in objs} - {None}
    known = set()
    target = field.target_field.attname
    ids = list(ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = field.related_model._base_manager.filter(**{f"{target}__in": chunk})
        known.update(rows.values_list(target, flat=True))
    for place, obj in enumerate(objs):
        value = getattr(obj, field.attname)
        if value is None and not field.blank:
            code = "blank" if field.null else "null"
            errors[place][field.name] = [ValidationError(field.error_messages[code], code=code)]
        elif value is not None and value not in known:
            message = field.error_messages["invalid"]
            params = {
                "model": field.related_model._meta.verbose_name,
                "pk": value,
                "field": target,
                "value": value,
            }
            errors[place][field.name] = [ValidationError(message, code="invalid", params=params)]


def _unique_sets(model):
    """The column names that must differ together, with their constraint (None for a unique field)."""
    for field in _fields(model):
        if field.unique and not field.primary_key:
            yield [field.attname], None
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and not constraint.condition:
            yield [model._meta.get_field(name).attname for name in constraint.fields], constraint


def _check_unique(model, names, constraint, objs, errors):
    """Report rows whose key stands in the database under another id, or earlier in the same batch."""
    keys = {
        place: tuple(getattr(obj, name) for name in names)
        for place, obj in enumerate(objs)
        if errors[place].keys().isdisjoint(_named(model, names))
    }
    keys = {place: key for place, key in keys.items() if None not in key}
    owner = _owners(model, names, set(keys.values()))
    for place, key in keys.items():
        me = objs[place].pk or f"row {place}"
        if owner.setdefault(key, me) != me:
            where, said = _taken(model, names, constraint, objs[place])
            errors[place].setdefault(where, []).append(said)


def _taken(model, names, constraint, obj):
    """Where full_clean would put the word that a key is taken, and the word."""
    fields = _named(model, names)
    if constraint and constraint.violation_error_message != constraint.default_violation_error_message:
        message, code = constraint.get_violation_error_message(), constraint.violation_error_code
        where = fields[0] if code == "unique" and len(fields) == 1 else NON_FIELD_ERRORS
        return where, ValidationError(message, code=code)
    return (fields[0] if len(fields) == 1 else NON_FIELD_ERRORS), obj.unique_error_message(model, fields)


def _named(model, attnames):
    by_attname = {field.attname: field.name for field in _fields(model)}
    return tuple(by_attname[name] for name in attnames)


def _owners(model, names, keys):
    owner = {}
    last = names[-1]
    keys = sorted(keys, key=str)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        narrowed = Q(**{f"{last}__in": {key[-1] for key in chunk}})
        for name, values in zip(names[:-1], zip(*[key[:-1] for key in chunk], strict=True), strict=False):
            narrowed &= Q(**{f"{name}__in": set(values)})
        for row in model._base_manager.filter(narrowed).values_list("pk", *names):
            owner[row[1:]] = row[0]
    return owner
