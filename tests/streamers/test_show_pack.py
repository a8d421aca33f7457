"""The evidence pack of a show: whole, in Chinese, hashed, and in the audit trail."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from mcn.audit.models import Entry
from mcn.evidence.pack import faults
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit.refusal import Denied, Refused
from streamers.actions import replay as replay_actions
from streamers.actions import show_pack, show_record
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.films import FILM, EndedShowFactory, RecordingFactory, ReplayRequestFactory
from tests.factories.shows import EVENING
from tests.kit.printed import printed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def films(settings, tmp_path):
    kind = "django.core.files.storage.FileSystemStorage"
    place = {"BACKEND": kind, "OPTIONS": {"location": tmp_path / "films"}}
    settings.STORAGES = {**settings.STORAGES, "recordings": place}


@pytest.fixture
def show():
    show = EndedShowFactory()
    show_record.freeze(show, by=None, at=EVENING)
    return show


def packed(show, **given):
    out = io.BytesIO()
    sha256 = show_pack.pack(show, out, by=None, at=AT, **given)
    return zipfile.ZipFile(out), sha256, out


@pytest.mark.clause("LSMS 6.3.2", "DB4401 5.1.5.3", "LSEC 27")
def test_a_pack_holds_all_that_is_on_record(show):
    sync_retention(at=AT)
    film = RecordingFactory(show=show)
    request = ReplayRequestFactory(show=show)
    replay_actions.hand_over(request, recording=film, way="disk", by=None, at=AT)

    made, sha256, out = packed(show, with_recordings=True)

    assert faults(out) == []
    assert made.read("record.json").decode() == show.record.content
    assert made.read(f"recordings/{film.pk}-{film.name}") == FILM
    assert [name for name in made.namelist() if name.startswith("files/")]
    now = json.loads(made.read("now.json"))["parts"]
    assert now["streamers.recording"][0]["sha256"] == film.sha256
    assert [line["verb"] for line in json.loads(made.read("audit.json")) if line["model"] == "streamers.show"]
    assert Entry.objects.get(verb="pack").diff == {"sha256": ["", sha256]}


def test_its_summary_tells_the_show_in_chinese(show):
    film = RecordingFactory(show=show)
    item = show.items.get()

    made, _sha256, _out = packed(show)

    text = "".join(printed(made.read("summary.pdf")))
    said = ["直播证据包", show.code, "冻结时的排品表", "直播录像", "审计记录"]
    said += [item.product.name, item.product.merchant.name, film.name, "record.json"]
    assert [words for words in said if words.replace(" ", "") not in text.replace(" ", "")] == []


def test_a_file_that_is_lost_is_named(show):
    RecordingFactory(show=show).storage.delete(show.recordings.get().location)

    made, _sha256, out = packed(show, with_recordings=True)

    assert faults(out) == []
    assert "存证列明但未找到的文件" in "".join(printed(made.read("summary.pdf")))


def test_a_show_that_was_never_on_air_has_none():
    show = EndedShowFactory(items=0, cast=False, crew=False)

    with pytest.raises(Refused, match="从未开播"):
        packed(show)


def test_who_may_not_pack_is_refused(show):
    with pytest.raises(Denied):
        show_pack.pack(show, io.BytesIO(), by=StaffFactory(role="auditor"), at=AT)


def test_the_commands_make_and_check_one(show, tmp_path, capsys):
    out = tmp_path / "pack.zip"

    call_command("show_pack", show.code, out=str(out))
    call_command("check_pack", str(out))

    assert "审计记录可查" in capsys.readouterr().out
    with pytest.raises(CommandError, match="L99999"):
        call_command("show_pack", "L99999", out=str(out))
    assert [path.name for path in tmp_path.glob("pack.zip*")] == ["pack.zip"]


def test_the_admin_gives_it_out(client, show):
    client.force_login(StaffFactory(role="compliance"))
    page = f"/admin/streamers/showrecord/{show.record.pk}/"

    assert "冻结时的排品表" in client.get(f"{page}change/").content.decode()
    answer = client.get(f"{page}pack/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert faults(io.BytesIO(b"".join(answer.streaming_content))) == []
    client.force_login(StaffFactory(role="auditor"))
    assert client.get(f"{page}pack/").status_code == 403
