"""Films of shows and requests of authorities."""

import datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from mcn.kit import records
from streamers.models import Recording, ReplayRequest, Show
from streamers.models.show_record import sha256_of_text
from tests.factories import DAY, RecordFactory
from tests.factories.shows import EVENING, HOURS, ShowFactory

FILM = b"\x00\x00\x00\x18ftypmp42 a film"


def film(name="整场.mp4", body=FILM):
    """A small file that is accepted as a film."""
    return SimpleUploadedFile(name, body, content_type="video/mp4")


class EndedShowFactory(ShowFactory):
    """A show that was on air for two hours on the evening of ``DAY``."""

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """What belongs to it comes while it is planned; then it is over."""
        instance.refresh_from_db()
        instance.state = Show.State.ENDED
        instance.started_at, instance.ended_at = EVENING, EVENING + HOURS
        records.save(instance, by=None, at=EVENING + HOURS)


class RecordingFactory(RecordFactory):
    """A film of a whole show that lies in the recordings folder."""

    class Meta:
        model = Recording

    show = factory.SubFactory(EndedShowFactory, items=0, cast=False, crew=False)
    source = "path"
    location = factory.Sequence(lambda number: f"disk/{number}.mp4")
    name = factory.LazyAttribute(lambda film: film.location.rpartition("/")[2])
    begins_at = factory.SelfAttribute("show.started_at")
    ends_at = factory.SelfAttribute("show.ended_at")
    size = len(FILM)
    sha256 = sha256_of_text(FILM.decode())
    state = Recording.State.KEPT

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        made.storage.save(made.location, ContentFile(FILM))
        return made


class ReplayRequestFactory(RecordFactory):
    """A request of the market authority."""

    class Meta:
        model = ReplayRequest

    show = factory.SubFactory(EndedShowFactory, items=0, cast=False, crew=False)
    authority = "广州市天河区市场监督管理局"
    reference = factory.Sequence(lambda number: f"穗天市监调〔2026〕{number}号")
    asked = "整场回看视频及交易信息"
    received_on = DAY
    due_on = DAY + datetime.timedelta(days=5)
