"""What an app with outside users adds to Django's authentication backends."""

from django.contrib.auth.backends import BaseBackend


class PlacesBackend(BaseBackend):
    """Grants permissions on single rows by a person's place somewhere, and tells those places."""

    def places_of(self, user):
        """The person's places now, each as ``{"model", "id", "label", "role", "role_label"}``."""
        raise NotImplementedError
