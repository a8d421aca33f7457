"""Streamers as people keep them in spreadsheets: one row for each, entered as a draft, personal data masked.

Personal data come in in clear and go out masked, whoever asks: in clear they are seen one by one, with a
reason that is kept. A mask that comes back leaves the stored value alone, so an export that is brought in
again changes nothing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import compact, normalise
from mcn.kit.privacy import keyed_hash, mask
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from streamers.actions import application as application_actions
from streamers.filters.streamer import StreamerFilter
from streamers.models import Streamer

COMPACT = ["id_number", "organisation_uscc"]


def _hidden(name):
    return lambda streamer: mask(getattr(streamer, name))


def _private(name, label, synonyms, kind=Kind.TEXT, **options):
    """A column of personal data: no message quotes it, and it goes out masked."""
    return Column(name, label, kind, synonyms, private=True, extract=_hidden(name), **options)


COLUMNS = [
    Column(
        "code",
        gettext_lazy("streamer code"),
        Kind.CODE,
        ("主播编码", "主播编号", "主播代码", "streamer code", "code"),
        help=gettext_lazy("Empty for a new streamer; the product gives the code."),
    ),
    Column(
        "stage_name",
        gettext_lazy("stage name"),
        synonyms=("艺名", "主播昵称", "昵称", "stage name"),
        required=True,
        example="小鹿",
    ),
    Column(
        "kind",
        gettext_lazy("kind"),
        Kind.CHOICE,
        ("主播类型", "类型", "kind"),
        choices=Streamer.Kind.choices,
    ),
    Column(
        "engagement",
        gettext_lazy("engagement"),
        Kind.CHOICE,
        ("合作方式", "签约方式", "engagement"),
        choices=Streamer.Engagement.choices,
    ),
    _private("name", gettext_lazy("legal name"), ("真实姓名", "姓名", "name")),
    Column(
        "document_type",
        gettext_lazy("identity document"),
        Kind.CHOICE,
        ("证件类型", "document type"),
        choices=Streamer.DocumentType.choices,
    ),
    _private(
        "id_number",
        gettext_lazy("ID number"),
        ("身份证号", "身份证号码", "证件号码", "证件号", "id number"),
        Kind.CODE,
        help=gettext_lazy("A streamer without a code is found by it; empty for a virtual one."),
        width=22,
    ),
    _private("phone", gettext_lazy("phone"), ("电话", "手机", "手机号", "联系电话", "phone"), Kind.CODE),
    _private("address", gettext_lazy("usual address"), ("地址", "常住地址", "住址", "address"), width=30),
    Column("experience", gettext_lazy("experience"), synonyms=("经历", "从业经历", "experience"), width=30),
    Column(
        "organisation",
        gettext_lazy("organisation"),
        synonyms=("所属机构", "工作室", "所属工作室", "organisation"),
        width=24,
    ),
    Column(
        "organisation_uscc",
        gettext_lazy("organisation's unified social credit code"),
        Kind.CODE,
        ("机构统一社会信用代码", "信用代码", "统一社会信用代码", "uscc"),
        width=22,
    ),
]
PRIVATE = [column.name for column in COLUMNS if column.private]
SET = [column.name for column in COLUMNS if column.name != "code"]


class StreamerSheet(Sheet):
    """One row for each streamer, found by code or ID number; a new one begins as a draft."""

    name = "streamers"
    label = gettext_lazy("streamers")
    model = Streamer
    columns = COLUMNS
    needed = [["code", "id_number", "kind"], ["stage_name"]]
    title = ["code", "stage_name"]
    chunk_rows = 500

    def identity(self, row, run):
        return _key(row)

    def plan(self, rows, run):
        known = _known(rows)
        plans = [self._plan(row, known, run) for row in rows]
        _refuse_repeated(plans, run)
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems],
            {"__all__": "id_number"},
            exclude=["code"],
        )
        return plans

    def _plan(self, row, known, run):
        key = _key(row)
        if key is None and not row.problems:
            run.refuse(row, "id_number", _("Give the streamer code or the ID number."))
        elif key and key[0] == "code" and key not in known:
            run.refuse(row, "code", _("No streamer has this code; leave it empty for a new one."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        streamer = known.get(key) or Streamer()
        changes = dict(_differences(streamer, row))
        if streamer.pk and changes and not application_actions.may_change(streamer, run.by):
            message = _("%(row)s is %(state)s and cannot be changed now.")
            told = {"row": streamer.code, "state": streamer.get_state_display()}
            run.refuse(row, "stage_name", message % told)
        if streamer.pk and "kind" in changes and not application_actions.may_change_kind(streamer):
            run.refuse(row, "kind", _("The kind stays as it was handed in: send the application back."))
        for name, (_old, new) in changes.items():
            setattr(streamer, name, new)
        try:
            application_actions.require_working_age(streamer, on=run.on)
        except application_actions.TooYoung as no:
            run.refuse(row, "id_number", str(no))
        shown = {name: _shown(name, pair) for name, pair in changes.items()}
        if streamer.pk is None:
            return Plan(row, Outcome.CREATED, streamer, shown)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, streamer, shown)

    def write(self, plans, run):
        for plan in plans:
            verb = application_actions.change if plan.target.pk else application_actions.add
            verb(plan.target, by=run.by, at=run.at)

    def export_queryset(self, user, params):
        streamers = Streamer.objects.all() if user is None else Streamer.objects.visible_to(user)
        streamers = StreamerFilter(params, streamers).qs if params else streamers
        return self.seen_by(user, streamers).order_by("id")


def _key(row):
    """By what a row is found: the code, the ID number's keyed hash, or a virtual streamer's stage name."""
    if code := compact(row.get("code")):
        return "code", code
    if number := compact(row.get("id_number")):
        return "id", keyed_hash(number)
    if row.get("kind") == Streamer.Kind.VIRTUAL and (name := normalise(row.get("stage_name"))):
        return "virtual", name
    return None


def _known(rows):
    """The streamers that rows are about, by their keys, in three queries at most."""
    wanted = {"code": set(), "id": set(), "virtual": set()}
    for kind, value in filter(None, map(_key, rows)):
        wanted[kind].add(value)
    known = {}
    for kind, column, narrowed in [
        ("code", "code", {}),
        ("id", "id_number_hash", {}),
        ("virtual", "stage_name", {"kind": Streamer.Kind.VIRTUAL}),
    ]:
        if wanted[kind]:
            found = Streamer.objects.filter(**{f"{column}__in": wanted[kind]}, **narrowed).order_by("-id")
            known |= {(kind, getattr(streamer, column)): streamer for streamer in found}
    return known


def _refuse_repeated(plans, run):
    """One row may name a streamer by code and another the same by number: the second is refused."""
    seen = set()
    for plan in plans:
        if plan.target is None or plan.target.pk is None:
            continue
        if plan.target.pk in seen:
            run.refuse(plan.row, "stage_name", _("Another row of the file is about the same streamer."))
        seen.add(plan.target.pk)


def _differences(streamer, row):
    for name in SET:
        value = row.get(name)
        if value in ("", None) or (name in PRIVATE and value == mask(getattr(streamer, name))):
            continue
        value = compact(value) if name in COMPACT else normalise(value)
        if value != getattr(streamer, name):
            yield name, [getattr(streamer, name), value]


def _shown(name, pair):
    return [mask(value) for value in pair] if name in PRIVATE else pair
