"""What a streamer may do to their own rows."""

from django.urls import reverse

from mcn.accounts.backends import PlacesBackend
from streamers.models import Streamer

OWN = {
    "streamers.add_castreview",
    "streamers.add_consent",
    "streamers.add_identitypaper",
    "streamers.add_platformaccount",
    "streamers.add_qualification",
    "streamers.appeal_streamerhold",
    "streamers.appeal_violation",
    "streamers.apply_streamer",
    "streamers.cancel_consent",
    "streamers.change_platformaccount",
    "streamers.change_qualification",
    "streamers.change_streamer",
    "streamers.end_platformaccount",
    "streamers.view_castreview",
    "streamers.view_consent",
    "streamers.view_contract",
    "streamers.view_correction",
    "streamers.view_identitypaper",
    "streamers.view_platformaccount",
    "streamers.view_qualification",
    "streamers.view_specialism",
    "streamers.view_streamer",
    "streamers.view_streamerfigures",
    "streamers.view_streamerhold",
    "streamers.view_tierassessment",
    "streamers.view_violation",
}


class StreamerBackend(PlacesBackend):
    """Grants permissions on one row to the streamer whom the row belongs to."""

    def has_perm(self, user_obj, perm, obj=None):
        """Whether the row is the person's own; a row tells its streamer by ``streamer_id``."""
        if obj is None or not user_obj.is_active or user_obj.is_staff:  # staff act by their role alone
            return False
        if perm not in OWN:
            return False
        streamer_id = obj.pk if obj._meta.label == "streamers.Streamer" else getattr(obj, "streamer_id", None)
        return streamer_id is not None and Streamer.objects.filter(pk=streamer_id, user=user_obj).exists()

    def places_of(self, user):
        """The person's own file as a streamer, if they are one."""
        return [
            {
                "model": "streamers.streamer",
                "id": streamer.pk,
                "label": streamer.stage_name,
                "role": "streamer",
                "role_label": streamer.get_engagement_display(),
                "url": reverse("streamer_home"),
            }
            for streamer in Streamer.objects.filter(user=user)
        ]


class TraineeBackend(PlacesBackend):
    """Lets everybody, staff too, hand in the exam that they sit themselves."""

    def has_perm(self, user_obj, perm, obj=None):
        """Whether the exam is the person's own."""
        if obj is None or not user_obj.is_active or perm != "streamers.submit_attempt":
            return False
        return obj._meta.label == "streamers.Attempt" and obj.trainee.is_person(user_obj)

    def places_of(self, user):
        """None: a trainee's place is that of the streamer or of the staff."""
        return []
