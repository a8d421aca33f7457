"""The forms of rooms and of who runs them, each with the file that proves it."""

from django.utils.translation import gettext_lazy as _

from mcn.evidence.forms import file_field
from mcn.kit.forms import RecordForm
from mcn.kit.privacy import mask
from streamers.models import EntityPaper, Room, RoomLease, RoomNotice


class PaperForm(RecordForm):
    """A paper that comes with its file."""

    file = file_field(label=_("new file"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk and not cleaned.get("file"):
            self.add_error("file", _("Attach the paper itself: a scan or a photo."))
        return cleaned


class EntityPaperForm(PaperForm):
    """A paper of a live entity with its file; the number of an identity document is told by the entity."""

    class Meta:
        model = EntityPaper
        fields = ["entity", "kind", "permit", "number", "issuer", "valid_from", "valid_to", "long_term"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = _("Left empty for an identity document.")

    def clean(self):
        cleaned = super().clean()
        entity = cleaned.get("entity") or getattr(self.instance, "entity", None)
        if entity and cleaned.get("kind") == EntityPaper.Kind.IDENTITY:
            cleaned["number"] = mask(entity.id_number)
        elif not cleaned.get("number"):
            self.add_error("number", _("Give the number on the paper."))
        return cleaned


class RoomForm(RecordForm):
    """A room with its cover."""

    file = file_field(label=_("new cover"), required=False)

    class Meta:
        model = Room
        fields = [
            "platform",
            "entity",
            "account",
            "title",
            "cover_text",
            "venue",
            "venue_kind",
            "sound",
            "equipment",
            "is_virtual",
            "scene_label",
            "technician",
            "technician_name",
        ]


class RoomLeaseForm(PaperForm):
    """A lease or deed with its file."""

    class Meta:
        model = RoomLease
        fields = ["room", "kind", "number", "issuer", "valid_from", "valid_to", "long_term"]


class RoomNoticeForm(RecordForm):
    """A notice with the picture that proves it."""

    file = file_field(label=_("picture of it"), required=False)

    class Meta:
        model = RoomNotice
        fields = ["room", "kind", "where", "link"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("file") and not cleaned.get("link"):
            self.add_error("file", _("Attach a picture of it, or give the link."))
        return cleaned
