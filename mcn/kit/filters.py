"""Filters that every list shares, whichever door it stands at."""

from django import forms
from django.db.models import BigIntegerField, ForeignKey, OneToOneField
from django_filters import CharFilter, NumberFilter
from django_filters.filterset import FILTER_FOR_DBFIELD_DEFAULTS
from django_filters.rest_framework import FilterSet

LARGEST_ID = BigIntegerField.MAX_BIGINT
LARGEST_DIGITS = len(str(LARGEST_ID))


def beyond_any_id(value):
    """Whether a number, or one in a list with commas, is larger than a column of ids can hold."""
    numbers = [part.strip().lstrip("+-") for part in str(value).split(",")]
    # The length first: Python refuses to read a number of thousands of digits.
    return any(
        number.isdecimal() and (len(number.lstrip("0")) > LARGEST_DIGITS or int(number) > LARGEST_ID)
        for number in numbers
    )


class SearchFilter(CharFilter):
    """Words, pinyin, initials or codes, found by the model's search column."""

    def __init__(self, field_name="search", lookup_expr="tokens", **options):
        super().__init__(field_name, lookup_expr, **options)


class IdFilter(NumberFilter):
    """A related row by its id, which is not looked up: asking for a stranger's tells nothing."""

    field_class = forms.IntegerField

    def __init__(self, *args, **options):
        super().__init__(*args, **{"min_value": 0, "max_value": LARGEST_ID} | options)


class RecordFilterSet(FilterSet):
    """The base of every filter set in ``<app>/filters.py``."""

    FILTER_DEFAULTS = {
        **FILTER_FOR_DBFIELD_DEFAULTS,
        ForeignKey: {"filter_class": IdFilter},
        OneToOneField: {"filter_class": IdFilter},
    }
