"""What an app declares so that its rows come in and go out by spreadsheet.

Subclass `Sheet` in the app's `resources.py` and name it in the settings:
`MCN_SHEETS = ["products.resources.ProductSheet"]`. That gives the upload, mapping, preview, confirm and
result pages, the template, the export, the API endpoints, and what the commands call. A sheet says:

- `name`, `label`, `model`: the word in addresses, the word people see, the model whose permissions count
  (`add` and `change` to import, `view` to export).
- `columns`: a list of `Column` (see columns.py). A column that the file lacks is absent from `row.values`
  and must be left alone; a column that the file has but whose cell is empty is there with `""` or `None`.
- `needed`: groups of column names, of each group one must be in the file: `[["name"], ["sku", "barcode"]]`.
- `leading`: columns that are all empty in a row that only continues the row above (a further SKU of the same
  product); such a row has `row.continues` true and `row.leader` is the first row of its product.
- `title`: the columns that name a row in the preview, never private ones.
- `price`: the column whose sum is reconciled to the cent, if any.
- `scopes(user)`: the places a user may import into, as (value, label), e.g. merchants by code; the chosen
  value is `run.scope`. An empty value means that the file itself says it. `place(scope)` gives the object
  of a scope, on which an outside user's membership is asked for the permissions.

and answers these calls, always for many rows at once, so that the number of queries does not follow the rows:

- `open(run)` once per run: load what all rows need (categories by name, merchants by code) and keep it in
  `run.known`. Read only.
- `identity(row, run)`: what makes two rows the same thing, e.g. `(merchant code, sku)`, or None. The engine
  refuses the second row of a file with the same identity. It is asked before `plan`, and may leave what it
  found out on `row.keys`.
- `plan(rows, run)`: for a chunk of rows (about `chunk_rows`; a product is never cut) give one `Plan` for
  each row, in the same order. Read only: it is called for the preview and again, inside the transaction,
  for the confirm. Load the existing rows of the chunk with a few queries, set the new values on them, and
  say `created`, `updated` with its `changes`, or `unchanged`. Refuse a row by `run.refuse(row, column_name,
  message)`; rows may already have `row.problems` from their cells. Whatever the plan says, a row with
  problems counts as refused, and so does a row that continues a refused one. `run.validate([(row, obj),
  ...], {"field": "column"})` asks `records.validate_many` and refuses the rows whose objects are wrong.
- `write(plans, run)`: write the plans of one chunk that are created or updated, by the app's verbs or
  `records.save_many(..., by=run.by, at=run.at)`, in few statements. Runs inside a transaction; it must be
  idempotent: planned again after it, the same rows are unchanged.
- `export_queryset(user, params)`: the rows that the user may see (all for None, the system), narrowed by
  the parameters of the address. The admin exports its list as filtered instead, through `seen_by(user,
  queryset)`: a sheet with columns that not everybody may see says there who asks.
- `lines(queryset)`: the cells of each exported row in the order of `export_columns()`, streamed. The
  default walks the queryset by `iterator()` and asks each column's `extract` or attribute; override it
  where one row is several lines or where raw tuples are faster.

Commands are `class Command(ImportCommand): sheet_name = "products"; scope_option = "merchant"` and `class
Command(ExportCommand): sheet_name = "products"` (mcn/sheets/management/base.py). A list in the admin gets
its buttons by `class ProductAdmin(SheetAdminMixin, RecordAdmin): sheet_name = "products"`
(mcn/sheets/admin.py); its addresses in the portal are `sheets_imports`, `sheets_template` and
`sheets_export`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from mcn.kit import clock, records
from mcn.sheets.columns import Column
from mcn.sheets.reading import Limits
from mcn.sheets.rows import Row

NEEDED_TO = {"import": ["add", "change"], "export": ["view"]}


class Outcome(StrEnum):
    """What became, or will become, of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Plan:
    """What a sheet means to do with one row; `changes` maps a column's name to its old and new value."""

    row: Row
    outcome: Outcome
    target: Any = None
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class Run:
    """One pass over a file: who imports, when, into which scope, and what the sheet keeps at hand."""

    by: Any
    at: Any
    scope: str = ""
    reader: Any = None
    known: dict[str, Any] = field(default_factory=dict)
    # The write that follows judges the same objects: asking before it would only ask twice.
    trusting: bool = False

    @property
    def on(self):
        """The business day of the run."""
        return clock.business_day(self.at)

    def refuse(self, row, column, message):
        """Refuse a row for the value of one of its columns."""
        row.problems.append(self.reader.problem(row, column, message))

    def validate(self, pairs, names=None, exclude=()):
        """Refuse the rows whose objects the one write would not take; `names` maps field to column."""
        pairs = list(pairs)
        if not pairs or self.trusting:
            return
        for place, error in records.validate_many([obj for _row, obj in pairs], exclude=exclude).items():
            for field_name, messages in error.message_dict.items():
                column = (names or {}).get(field_name, field_name)
                for message in messages:
                    self.refuse(pairs[place][0], column, message)


class Sheet:
    """The rows of one model as people keep them in a spreadsheet; see this module's text."""

    name: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    model: ClassVar[type[models.Model]]
    columns: ClassVar[list[Column]] = []
    needed: ClassVar[list[list[str]]] = []
    leading: ClassVar[list[str]] = []
    title: ClassVar[list[str]] = []
    price: ClassVar[str] = ""
    scope_label: ClassVar[Any] = ""
    max_rows: ClassVar[int] = 200_000
    chunk_rows: ClassVar[int] = 2_000

    @property
    def is_personal(self):
        """Whether a file of it holds personal data: of such a one nothing is kept in clear between passes."""
        return any(column.private for column in self.columns)

    def limits(self):
        """What one file of this sheet may cost."""
        return Limits().for_rows(self.max_rows)

    def may(self, user, verb, scope=""):
        """Whether a user may `import` into or `export` from a scope, or all of them where none is named."""
        app, model = self.model._meta.app_label, self.model._meta.model_name
        needed = [f"{app}.{codename}_{model}" for codename in NEEDED_TO[verb]]
        place = self.place(scope) if scope else None
        return all(user.has_perm(name) or (place and user.has_perm(name, place)) for name in needed)

    def may_somewhere(self, user, verb):
        """Whether a user may `import` or `export` at least in one of their own places."""
        if user.is_staff:
            # Staff act by their role alone; their places would be every merchant there is.
            return self.may(user, verb)
        return any(self.may(user, verb, place) for place, _label in self.scopes(user))

    def scopes(self, user) -> list[tuple[str, Any]]:
        """The places a user may import into; none where the sheet has no such thing."""
        return []

    def place(self, scope: str) -> models.Model | None:
        """The object that a scope stands for."""
        return None

    def open(self, run: Run) -> None:
        """Load what all rows need into `run.known`."""

    def identity(self, row: Row, run: Run) -> Any:
        """What makes two rows of a file the same thing."""
        return None

    def plan(self, rows: list[Row], run: Run) -> list[Plan]:
        """Say for each row of a chunk what would become of it; read only."""
        raise NotImplementedError

    def write(self, plans: list[Plan], run: Run) -> None:
        """Write the plans of one chunk; idempotent."""
        raise NotImplementedError

    def export_columns(self) -> list[Column]:
        """The columns that go out; every one of them comes in again unchanged."""
        return list(self.columns)

    def export_queryset(self, user, params) -> models.QuerySet:
        """The rows that the user may see, by the current filter."""
        raise NotImplementedError

    def seen_by(self, user, queryset) -> models.QuerySet:
        """The rows of a list that was filtered elsewhere, as this user may take them out."""
        return queryset

    def lines(self, queryset) -> Iterable[list[Any]]:
        """The cells of each exported row."""
        getters = [column.extract or attrgetter(column.name) for column in self.export_columns()]
        for obj in queryset.iterator(chunk_size=2_000):
            yield [get(obj) for get in getters]


def all_sheets():
    """Every sheet that the settings name, by its own name."""
    sheets = [import_string(path)() for path in settings.MCN_SHEETS]
    return {sheet.name: sheet for sheet in sheets}


def sheet_named(name):
    """The sheet of that name; `KeyError` where there is none."""
    return all_sheets()[name]
