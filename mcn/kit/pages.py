"""Where in the back office a row stands."""

from django.urls import reverse


def admin_page(row):
    """The page on which staff read and mend a row."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
