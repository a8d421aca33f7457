"""Filters that every list shares, whichever door it stands at."""

from django import forms
from django.db.models import ForeignKey, OneToOneField
from django_filters import CharFilter, NumberFilter
from django_filters.filterset import FILTER_FOR_DBFIELD_DEFAULTS
from django_filters.rest_framework import FilterSet


class SearchFilter(CharFilter):
    """Words, pinyin, initials or codes, found by the model's search column."""

    def __init__(self, field_name="search", lookup_expr="tokens", **options):
        super().__init__(field_name, lookup_expr, **options)


class IdFilter(NumberFilter):
    """A related row by its id, which is not looked up: asking for a stranger's tells nothing."""

    field_class = forms.IntegerField


class RecordFilterSet(FilterSet):
    """The base of every filter set in ``<app>/filters.py``."""

    FILTER_DEFAULTS = {
        **FILTER_FOR_DBFIELD_DEFAULTS,
        ForeignKey: {"filter_class": IdFilter},
        OneToOneField: {"filter_class": IdFilter},
    }
