"""Who sees which rows: every queryset at the portal's and the API's doors starts with ``visible_to``."""

from django.db import models


class VisibleQuerySet(models.QuerySet):
    """Rows that staff with the view permission see, and nobody else; an app with outside users widens it."""

    def visible_to(self, user):
        """The rows that a person may know of."""
        permission = f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"
        return self.all() if user.is_staff and user.has_perm(permission) else self.none()


class SharedQuerySet(models.QuerySet):
    """Reference data, such as the category tree: everybody who logs in reads it."""

    def visible_to(self, user):
        """All of them."""
        return self.all() if user.is_authenticated else self.none()
