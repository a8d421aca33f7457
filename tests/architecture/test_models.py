"""What every model owes to the people who read it on a screen and to those who read its code."""

import re
from pathlib import Path

import pytest
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
from tests.architecture.code import APPS

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

every_model = pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
every_model_with_a_face = pytest.mark.parametrize(
    "model",
    [model for model in OWN if model._meta.label not in NOT_IN_THE_ADMIN],
    ids=lambda model: model._meta.label,
)


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


@every_model_with_a_face
def test_a_model_has_chinese_names(model: type[models.Model]):
    labels = [model._meta.verbose_name, model._meta.verbose_name_plural]
    labels += [field.verbose_name for field in fields_people_see(model) if not field.name.endswith("_ptr")]
    labels += [label for field in fields_people_see(model) for value, label in field.flatchoices if value]
    assert [str(label) for label in labels if not in_chinese(label)] == []


@every_model
def test_a_constraint_speaks_chinese(model: type[models.Model]):
    def silent(constraint: BaseConstraint) -> bool:
        return constraint.violation_error_message == constraint.default_violation_error_message

    said = {item.name: item.violation_error_message for item in model._meta.constraints if not silent(item)}
    assert [item.name for item in model._meta.constraints if silent(item)] == []
    assert [name for name, message in said.items() if not in_chinese(message)] == []


@every_model
def test_a_model_is_described(model: type[models.Model]):
    assert not (model.__doc__ or "").startswith(f"{model.__name__}("), "a docstring says what the row is"


@every_model
def test_a_row_has_a_name(model: type[models.Model]):
    assert model.__str__ is not models.Model.__str__


@every_model
def test_a_row_goes_through_the_one_write(model: type[models.Model]):
    assert issubclass(model, Record) != (model._meta.label in NOT_A_RECORD)


@every_model
def test_a_model_is_in_the_admin_or_says_why_not(model: type[models.Model]):
    assert (model in models_in_the_admin()) != (model._meta.label in NOT_IN_THE_ADMIN)


@every_model
def test_a_list_in_the_admin_has_an_order(model: type[models.Model]):
    assert model._meta.ordering or model not in admin.site._registry


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
