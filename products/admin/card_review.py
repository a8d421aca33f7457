"""A version of a card beside the one approved before: what changed, what the scan hit, what is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from products.actions.card import Comment
from products.models import CardVersion
from products.rules.card_page import proof_of
from products.rules.card_scan import hits_by_place, segments, standing_points

Part = CardVersion.Part


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: whether it is not in the other version, and the hit that it belongs to."""

    text: str
    changed: bool = False
    hit: dict | None = None


@dataclass
class Side:
    """What one version says in one place, with a line of smaller print below."""

    pieces: list[Piece]
    small: str = ""
    point: Any = None


@dataclass
class Row:
    """One place of both versions, and the comments on it."""

    key: str
    label: Any
    before: Side | None
    after: Side | None
    comments: list = field(default_factory=list)
    comment_field: Any = None

    @property
    def changed(self):
        """Whether the two versions differ here."""
        return _plain(self.before) != _plain(self.after)


class ReviewForm(forms.Form):
    """A reviewer's decision: a word on the whole, and one on each part and selling point."""

    note = forms.CharField(
        label=_("On the whole"), required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {point_key(point): point for point in standing_points(version)}
        for key, label in [*[(key, _("selling point")) for key in self.points], *_parts()]:
            widget = UnfoldAdminTextareaWidget(attrs={"rows": 2, "aria-label": _("Comment on: %s") % label})
            self.fields[key] = forms.CharField(label=_("comment"), required=False, widget=widget)

    def comments(self):
        """What was said, as the verbs take it."""
        said = {key: text for key, text in self.cleaned_data.items() if text and key != "note"}
        return [
            Comment(text, Part.POINTS, self.points[key]) if key in self.points else Comment(text, key)
            for key, text in said.items()
        ]


def point_key(point):
    """The name under which a selling point is commented on."""
    return f"point-{point.pk}"


def _parts():
    return [(part.value, part.label) for part in Part if part != Part.POINTS]


def rows(version, before, form):
    """The selling points, then the parts, of a version beside the one approved before (or None)."""
    hits = hits_by_place(version)
    found = [*_point_rows(version, before, hits), *_part_rows(version, before, hits)]
    comments = list(version.comments.select_related("said_by"))
    last_of = {row.key: row for row in found}
    for key, row in last_of.items():
        row.comments = [said for said in comments if _key_of(said) == key]
        if form is not None and key in form.fields:
            row.comment_field = form[key]
    return found


def _key_of(comment):
    return f"point-{comment.point_id}" if comment.point_id else comment.part


def _point_rows(version, before, hits) -> Iterator[Row]:
    old, new = (standing_points(one) if one else [] for one in (before, version))
    claims = [[point.claim for point in points] for points in (old, new)]
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, claims[0], claims[1], autojunk=False).get_opcodes():
        for place in range(max(i2 - i1, j2 - j1)):
            was = old[i1 + place] if i1 + place < i2 else None
            now = new[j1 + place] if j1 + place < j2 else None
            marks = hits.get(f"point-{now.pk}-claim", []) if now else []
            left, right = sides(was and was.claim, now and now.claim, marks)
            for side, point in ((left, was), (right, now)):
                if side is not None:
                    side.point, side.small = point, proof_of(point)
            yield Row(point_key(now or was), Part.POINTS.label, left, right)


def _part_rows(version, before, hits) -> Iterator[Row]:
    for part in Part:
        for name in CardVersion.FIELDS_OF.get(part, []):
            texts = [one and _told(one, part, name) for one in (before, version)]
            if any(texts) or version.applies(part):
                label = version._meta.get_field(name).verbose_name
                yield Row(part.value, label, *sides(texts[0], texts[1], hits.get(name, [])))


def _told(version, part, name):
    """What a version says in a field; of a part set aside the reason, in its first field."""
    if version.applies(part):
        value = getattr(version, name)
        return f"¥{value:.2f}" if isinstance(value, Decimal) else str(value or "")
    first = name == CardVersion.FIELDS_OF[part][0]
    return _("not applicable: %(reason)s") % {"reason": version.not_applicable[part]} if first else ""


def sides(old, new, hits):
    """Both texts in pieces, marked where they differ and where the scan hit the new one."""
    opcodes = SequenceMatcher(None, old or "", new or "", autojunk=False).get_opcodes()
    left = [Piece(old[i1:i2], tag != "equal") for tag, i1, i2, _j1, _j2 in opcodes if old and i1 < i2]
    right = [
        Piece(text[start:end], tag != "equal" and old is not None, hit)
        for tag, _i1, _i2, j1, j2 in opcodes
        for text, hit, start, end in _overlaps(new, hits, j1, j2)
    ]
    return (None if old is None else Side(left)), (None if new is None else Side(right))


def _overlaps(text, hits, start, end):
    """The marked segments of a text that lie between two places, each cut to fit."""
    reached = 0
    for piece, hit in segments(text or "", hits):
        low, high = max(start - reached, 0), min(end - reached, len(piece))
        if low < high:
            yield piece, hit, low, high
        reached += len(piece)


def _plain(side):
    return side and ("".join(piece.text for piece in side.pieces), side.small)
