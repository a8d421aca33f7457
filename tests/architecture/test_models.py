"""What every model owes to the people who read it on a screen and to those who read its code."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.utils import translation

from mcn.audit.verbs import label
from mcn.kit.privacy import KeyedHashField
from mcn.kit.records import Record
from mcn.kit.search import SearchField
from tests.architecture.code import APPS, source_files

OWN = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
NOT_A_RECORD = {
    "audit.Entry": "the trail itself",
    "audit.Block": "the trail itself",
    "audit.Sealed": "the trail itself",
}
NOT_IN_THE_ADMIN = {
    "audit.Sealed": "only ties an entry to its block",
    "aftersales.OpinionStep": "shown on the page of its case",
    "aftersales.SurveyAnswer": "shown, without a name, on the page of its survey",
    "notices.Preference": "everybody's own, set on a page of their own",
    "products.SellingPoint": "shown on the page of its card's version",
    "products.CardComment": "shown on the page of its card's version",
    "products.CardScan": "shown on the page of its card's version",
    "products.SetAside": "a writer's own, shown where they choose between two texts",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH_LANGUAGES = {"English", "SHA-256", "SKU", "GTIN", "ID", "URL"}
MADE_BY_THE_PRODUCT = (KeyedHashField, SearchField)


def in_chinese(text: object) -> bool:
    """Whether a label reads as Chinese, or is one of the few that are the same in both languages."""
    with translation.override("zh-hans"):
        return bool(CHINESE.search(str(text))) or str(text) in SAME_IN_BOTH_LANGUAGES


def fields_people_see(model: type[models.Model]) -> list[models.Field]:
    """The model's columns but its key and those that only searches read."""
    columns = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
    # A pointer to any model is no column: its two columns are.
    fields = [field for field in columns if not isinstance(field, GenericForeignKey)]
    return [field for field in fields if field.name != "id" and not isinstance(field, MADE_BY_THE_PRODUCT)]


def models_in_the_admin() -> set[type[models.Model]]:
    """The models that have a page of their own or stand on another's."""
    pages = admin.site._registry
    return {*pages, *(inline.model for page in pages.values() for inline in page.inlines)}


def names_of(model: type[models.Model]) -> list:
    """What people read of a model: its names, its fields' and its choices'."""
    fields = fields_people_see(model)
    labels = [model._meta.verbose_name, model._meta.verbose_name_plural]
    labels += [field.verbose_name for field in fields if not field.name.endswith("_ptr")]
    return labels + [label for field in fields for value, label in field.flatchoices if value]


def silent(constraint: BaseConstraint) -> bool:
    """Whether a constraint says no more than Django does for any."""
    return constraint.violation_error_message == constraint.default_violation_error_message


def labels(found: list) -> list[str]:
    """The names of models as a reader of a failure looks for them."""
    return [model._meta.label for model in found]


def test_a_model_has_chinese_names():
    seen = [model for model in OWN if model._meta.label not in NOT_IN_THE_ADMIN]
    assert [f"{model}: {name}" for model in seen for name in names_of(model) if not in_chinese(name)] == []


def test_a_constraint_speaks_chinese():
    constraints = [constraint for model in OWN for constraint in model._meta.constraints]
    spoken = [item for item in constraints if not silent(item)]
    assert [item.name for item in constraints if silent(item)] == []
    assert [item.name for item in spoken if not in_chinese(item.violation_error_message)] == []


def test_a_docstring_says_what_the_row_is():
    assert labels([model for model in OWN if (model.__doc__ or "").startswith(f"{model.__name__}(")]) == []


def test_a_row_has_a_name():
    assert labels([model for model in OWN if model.__str__ is models.Model.__str__]) == []


def test_a_row_goes_through_the_one_write():
    assert {*labels([model for model in OWN if not issubclass(model, Record)])} == NOT_A_RECORD.keys()


def test_a_model_is_in_the_admin_or_says_why_not():
    shown = models_in_the_admin()
    assert {*labels([model for model in OWN if model not in shown])} == NOT_IN_THE_ADMIN.keys()


def test_a_list_in_the_admin_has_an_order():
    unordered = [model for model in admin.site._registry if not model._meta.ordering]
    assert labels([model for model in unordered if model in OWN]) == []


def test_every_verb_of_a_state_machine_reads_as_a_word():
    """The history page and a streamer's story tell it to people."""
    moves = {
        (model._meta.label_lower, verb)
        for model in OWN
        if hasattr(model, "MOVES")
        for verb in model.MOVES.table
    }
    with translation.override("zh-hans"):
        assert [move for move in moves if not CHINESE.search(str(label(move[1], move[0])))] == []
    assert len(moves) > 40


def test_every_verb_that_an_action_writes_reads_as_a_word():
    sources = [path.read_text() for app in APPS for path in Path(app).rglob("*.py")]
    written = {verb for text in sources for verb in re.findall(r'\bverb="(\w+)"', text)}
    with translation.override("zh-hans"):
        assert [verb for verb in sorted(written) if not CHINESE.search(str(label(verb)))] == []


def test_no_row_tells_a_moment_in_another_time_than_ours():
    """A stored moment is in UTC: written as it stands, it is eight hours early."""
    as_it_stands = re.compile(r"\{(self|row|obj)\.\w+_at:%")
    assert [str(path) for path in source_files() if as_it_stands.search(path.read_text())] == []
