"""What the sheets about buyers share: whose rows a file may touch, and files that settle what waits."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import compact
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.models import Merchant

READ_ONLY = gettext_lazy("Only for reading: it changes nothing.")


def plain(value):
    """A value as a cell gives it back: line ends alike, nothing around it."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def brought(obj, row, names):
    """What a row says otherwise than an object, as (name, [old, new]); an empty cell says nothing."""
    for name in names:
        old, new = getattr(obj, name), row.get(name)
        if new not in ("", None) and plain(new) != plain(old):
            yield name, [old, new]


class OwnedSheet(Sheet):
    """Rows of merchants: staff bring them for all, a merchant's people for their own."""

    model: ClassVar[Any]
    imports: ClassVar[list[str]] = ["add", "change"]

    def may(self, user, verb, scope=""):
        """By a role for all merchants, or by a membership for one of them."""
        place = self.place(scope) if scope else None
        app, model = self.model._meta.app_label, self.model._meta.model_name
        needed = [f"{app}.{word}_{model}" for word in (self.imports if verb == "import" else ["view"])]
        return all(user.has_perm(name) or (place and user.has_perm(name, place)) for name in needed)

    def scopes(self, user):
        if user.is_staff:
            return []
        merchants = Merchant.objects.exclude(state=Merchant.State.EXITED).visible_to(user)
        return [(merchant.code, str(merchant)) for merchant in merchants.order_by("id")]

    def place(self, scope):
        return Merchant.objects.filter(code=scope).first()

    def rows_of(self, run):
        """The rows that this file may touch."""
        rows = self.model.objects.all() if run.by is None else self.model.objects.visible_to(run.by)
        return rows.filter(**{f"{rows.owner}__code": run.scope}) if run.scope else rows


class SettlingSheet(OwnedSheet):
    """Rows that the product numbered; a file settles those that wait, and changes nothing else."""

    chunk_rows = 500
    title = ["code"]
    waits: ClassVar[str] = ""
    settle: ClassVar[Callable]
    brings: ClassVar[list[str]] = []
    filters: ClassVar[Any]

    def identity(self, row, run):
        return compact(row.get("code")) or None

    def plan(self, rows, run):
        known = self.known(rows, run)
        return [self._plan(row, known.get(self.identity(row, run)), run) for row in rows]

    def known(self, rows, run):
        """The rows that a file names, by what identifies them."""
        codes = {compact(row.get("code")) for row in rows} - {""}
        return {row.code: row for row in self.seen_by(run.by, self.rows_of(run)).filter(code__in=codes)}

    def _plan(self, row, found, run):
        if found is None and not row.problems:
            column = next((name for name in self.needed[0] if row.get(name)), "code")
            run.refuse(row, column, _("There is no row with this number."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        changes = dict(brought(found, row, self.brings))
        if not changes:
            return Plan(row, Outcome.UNCHANGED, found)
        first = next(iter(changes))
        if found.state != self.waits:
            told = {"row": found.code, "state": found.get_state_display()}
            run.refuse(row, first, _("%(row)s is %(state)s and cannot be changed now.") % told)
        for name in self.brings:
            self._clean(found, row, name, run)
        self.judge(found, row, run)
        outcome = Outcome.REFUSED if row.problems else Outcome.UPDATED
        return Plan(row, outcome, (found, {name: row.get(name) for name in self.brings}), changes)

    def _clean(self, found, row, name, run):
        """Refuse a value that the row to be settled would not take."""
        value = row.get(name)
        try:
            if value in ("", None):
                raise ValidationError(_("This is needed as well."))
            found._meta.get_field(name).clean(value, found)
        except ValidationError as wrong:
            for message in wrong.messages:
                run.refuse(row, name, message)

    def judge(self, found, row, run):
        """Refuse a row whose amount is another than the one that is to be settled."""
        amount = row.get("amount")
        if amount is not None and found.amount is not None and amount != found.amount:
            told = _("%(row)s is over %(amount)s yuan.") % {"row": found.code, "amount": found.amount}
            run.refuse(row, "amount", told)

    def write(self, plans, run):
        for plan in plans:
            found, given = plan.target
            type(self).settle(found, by=run.by, at=run.at, **given)

    def export_queryset(self, user, params):
        rows = self.model.objects.all() if user is None else self.model.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return self.filters(params, rows).qs if params else rows
