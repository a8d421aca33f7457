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


def with_files_for(rows, user):
    """Rows whose files identify people, as far as a person may open these: who checks or may reveal them."""
    trusted = user.has_perm("streamers.verify_streamer") or user.has_perm("streamers.reveal_streamer")
    return rows.visible_to(user) if user.is_staff and trusted else rows.none()


class OwnedPersonalFilesQuerySet(OwnedQuerySet):
    """A streamer's rows whose files not even they themselves open again."""

    def files_visible_to(self, user):
        """The rows whose files this person may open; others may know of the rows alone."""
        return with_files_for(self, user)
