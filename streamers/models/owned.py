"""What belongs to a streamer, and who may see it."""

from django.db import models


class OwnedQuerySet(models.QuerySet):
    """Rows with a ``streamer``: staff who may view see all, a streamer their own, others none."""

    owner = "streamer"

    def visible_to(self, user):
        """The rows that this person may know of."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        account = "user" if self.owner == "pk" else f"{self.owner}__user"
        return self.filter(**{account: user.pk}) if user.pk else self.none()


class StaffFilesQuerySet(OwnedQuerySet):
    """Rows that a streamer may know of while their files are for staff alone: papers that identify people."""

    def files_visible_to(self, user):
        """The rows whose files this person may open."""
        return self.visible_to(user) if user.is_staff else self.none()
