"""Films come by upload, path or key, are hashed and checked, and go after their term alone."""

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from mcn.evidence import retention
from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import recording as actions
from streamers.actions import replay as replay_actions
from streamers.actions import show_record
from streamers.actions.retention import RECORDINGS, SHOW_RECORDS
from streamers.models import Recording, Show
from streamers.rules.keeping import KEEPING
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.films import FILM, EndedShowFactory, RecordingFactory, ReplayRequestFactory, film
from tests.factories.retention import LegalHoldFactory, RetentionRuleFactory
from tests.factories.shows import EVENING, HOURS, ShowFactory

pytestmark = pytest.mark.django_db

SHA256 = hashlib.sha256(FILM).hexdigest()
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    sync_retention(at=AT)
    kinds = "django.core.files.storage"
    place = {"BACKEND": f"{kinds}.FileSystemStorage", "OPTIONS": {"location": tmp_path / "films"}}
    bucket = {"BACKEND": f"{kinds}.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "recordings": place, "recordings_s3": bucket}


@pytest.fixture
def show():
    return EndedShowFactory(items=0, cast=False, crew=False)


def of(show, **given):
    return Recording(show=show, begins_at=show.started_at, ends_at=show.ended_at, **given)


@pytest.mark.clause("DB4401 5.1.5.3", "DB4401 5.6.3.12", "LSMS 7.2.9")
def test_an_uploaded_film_is_hashed_and_lies_by_its_hash(show):
    kept = actions.add(of(show), film(), by=StaffFactory(role="operator"), at=AT)

    assert (kept.state, kept.sha256, kept.size, kept.name) == ("kept", SHA256, len(FILM), "整场.mp4")
    assert kept.location == f"{show.code}/{SHA256}"
    assert kept.storage.open(kept.location).read() == FILM


@pytest.mark.parametrize(("source", "where"), [("path", "recordings"), ("s3", "recordings_s3")])
def test_a_film_by_its_path_or_key_gets_its_hash_soon(show, source, where):
    storages[where].save("2026/a.mp4", ContentFile(FILM))
    added = actions.add(of(show, source=source, location="2026/a.mp4"), by=None, at=AT)

    assert (added.state, added.size) == ("waiting", len(FILM))
    assert actions.check_waiting(at=AT) == 1
    added.refresh_from_db()
    assert (added.state, added.sha256) == ("kept", SHA256)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"source": "path", "location": "../secrets.env"}, "location"),
        ({"source": "path", "location": "/etc/passwd"}, "location"),
        ({"source": "path", "location": "not/there.mp4"}, "location"),
        ({"source": "path"}, "location"),
        ({"source": "upload"}, "file"),
    ],
)
def test_what_is_no_film_of_ours_is_refused(show, given, field):
    with pytest.raises(ValidationError) as refused:
        actions.add(of(show, **given), by=None, at=AT)

    assert list(refused.value.message_dict) == [field]


def test_without_a_bucket_a_key_is_refused(show, settings):
    settings.STORAGES = {name: settings.STORAGES[name] for name in ("default", "staticfiles", "recordings")}

    with pytest.raises(ValidationError, match="未配置 S3"):
        actions.add(of(show, source="s3", location="a.mp4"), by=None, at=AT)


def test_a_film_damaged_on_its_way_is_refused(show):
    with pytest.raises(ValidationError, match="哈希不符"):
        actions.add(of(show, sha256="0" * 64), film(), by=None, at=AT)


def test_a_show_that_was_not_on_air_has_no_film():
    planned = ShowFactory(items=0, cast=False, crew=False)

    later = Recording(show=planned, begins_at=EVENING, ends_at=EVENING + HOURS)

    with pytest.raises(WrongState):
        actions.add(later, film(), by=None, at=AT)


def test_who_may_not_add_films_is_refused(show):
    with pytest.raises(Denied):
        actions.add(of(show), film(), by=StaffFactory(role="auditor"), at=AT)


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_film_that_was_changed_or_lost_is_found_out(show, harm):
    kept = RecordingFactory(show=show)
    kept.storage.delete(kept.location)
    if harm == "changed":
        kept.storage.save(kept.location, ContentFile(b"another film"))

    actions.check(kept, by=None, at=AT)

    assert kept.state == "faulty"
    assert ("现哈希为" in kept.fault) == (harm == "changed")
    assert [
        finding.clause for finding in KEEPING.inspect(show, on=DAY).findings if finding.subject == kept
    ] == ["DB4401 5.1.5.3"]


def nights(kind_name, last):
    """How many rows of a kind would go the night before the last day, that night, and the night after."""
    found = []
    for shift in (-1, 0, 1):
        at = datetime.datetime.combine(last + shift * ONE_DAY, datetime.time(3, 40), clock.SHANGHAI)
        report = retention.run(on=clock.business_day(at), by=None, at=at, dry_run=True)
        found.append(next(kind["removed"] for kind in report["kinds"] if kind["kind"] == kind_name))
    return found


@pytest.mark.clause("DB4401 5.1.5.3", "LSMS 7.2.9")
@pytest.mark.parametrize("adopted", [True, False], ids=["three years", "sixty days"])
def test_a_film_goes_after_its_last_day(show, adopted):
    RetentionRuleFactory(retention_class="show_content", clause="LSMS 7.2.9", adopted=adopted, valid_from=DAY)
    kept = RecordingFactory(show=show)
    last = clock.add_months(DAY, 36) if adopted else DAY + datetime.timedelta(days=60)

    assert nights("recordings", last) == [0, 0, 1]
    at = datetime.datetime.combine(last + ONE_DAY, datetime.time(3, 40), clock.SHANGHAI)
    retention.run(on=last + ONE_DAY, by=None, at=at)

    kept.refresh_from_db()
    assert (kept.state, kept.sha256, kept.removed_at) == ("removed", SHA256, at)


def test_the_bytes_go_with_the_transaction_that_says_so(show, django_capture_on_commit_callbacks):
    kept = RecordingFactory(show=show)
    with django_capture_on_commit_callbacks(execute=True):
        actions.purge(kept, by=None, at=AT)

    assert not kept.storage.exists(kept.location)


@pytest.mark.clause("LSEC 27", "LSEC 45", "DB4401 5.1.5.3")
def test_a_frozen_record_is_emptied_when_its_trades_are_three_years_old(show):
    record = show_record.freeze(show, by=None, at=EVENING)
    last = clock.add_months(DAY + datetime.timedelta(days=90), 36)

    assert nights("show_records", last) == [0, 0, 1]
    at = datetime.datetime.combine(last + ONE_DAY, datetime.time(3, 40), clock.SHANGHAI)
    retention.remove(SHOW_RECORDS, record, on=last + ONE_DAY, by=None, at=at)

    record.refresh_from_db()
    assert (record.content, record.purged_at) == ("", at)


@pytest.mark.parametrize("who", ["show", "streamer", "merchant"])
def test_a_hold_on_the_show_its_streamer_or_its_merchant_keeps_all_of_it(who):
    show = EndedShowFactory(crew=False)
    kept = RecordingFactory(show=show)
    subject = {
        "show": lambda: show,
        "streamer": lambda: show.cast.get().streamer,
        "merchant": lambda: show.items.get().product.merchant,
    }[who]()
    LegalHoldFactory(subject=subject)

    assert nights("recordings", clock.add_months(DAY, 36)) == [0, 0, 0]
    with pytest.raises(Refused, match="法律保全中"):
        retention.remove(RECORDINGS, kept, on=clock.add_months(DAY, 99), by=None, at=AT)


def test_what_is_on_air_is_kept_whatever_the_day():
    show = ShowFactory(items=0, crew=False, state=Show.State.LIVE, started_at=EVENING)
    RecordingFactory(show=show, ends_at=EVENING + HOURS)

    assert nights("recordings", clock.add_months(DAY, 99)) == [0, 0, 0]


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(0, 120)], []),
        ([(0, 60), (60, 120)], []),
        ([(0, 60), (30, 119.5)], []),
        ([], ["没有录像"]),
        ([(0, 60)], ["21:00:00 之后"]),
        ([(0, 60), (70, 120)], ["21:00:00 之后"]),
        ([(5, 120)], ["20:00:00 之后"]),
    ],
    ids=str,
)
@pytest.mark.clause("DB4401 5.1.5.3", "DB4401 5.6.3.12", "LSMS 6.3.2")
def test_films_cover_the_show_from_start_to_end(show, spans, said):
    show_record.freeze(show, by=None, at=EVENING)
    for begin, end in spans:
        minute = datetime.timedelta(minutes=1)
        RecordingFactory(show=show, begins_at=EVENING + begin * minute, ends_at=EVENING + end * minute)

    found = [finding.message for finding in KEEPING.inspect(show, on=DAY).findings]

    assert len(found) == len(said)
    assert all(words in message for words, message in zip(said, found, strict=True))


def test_a_show_without_record_and_a_late_answer_are_found(show):
    RecordingFactory(show=show)
    request = ReplayRequestFactory(show=show)

    on_the_day = KEEPING.inspect(show, on=request.due_on).findings
    after = KEEPING.inspect(show, on=request.due_on + ONE_DAY).findings

    assert [finding.clause for finding in on_the_day] == ["LSMS 6.3.2"]
    assert [finding.subject for finding in after] == [show, request]


@pytest.mark.clause("DB4401 5.1.5.3")
def test_a_replay_is_handed_over_with_its_hash_and_the_show_stays(show):
    officer = StaffFactory(role="compliance")
    kept = RecordingFactory(show=show)
    request = replay_actions.receive(ReplayRequestFactory.build(show=show), by=officer, at=AT)

    with pytest.raises(Refused, match="尚未移交"):
        replay_actions.reply(request, note="已提供", by=officer, at=AT)
    handed = replay_actions.hand_over(request, recording=kept, way="disk", by=officer, at=AT)
    replay_actions.hand_over(request, sha256="A" * 64, way="upload", by=officer, at=AT)
    replay_actions.reply(request, note="已提供", by=officer, at=AT)

    assert (handed.sha256, request.state, request.handovers.count()) == (SHA256, "answered", 2)
    assert (request.legal_hold.subject_code, request.legal_hold.reference) == (show.code, request.reference)
    assert nights("recordings", clock.add_months(DAY, 36)) == [0, 0, 0]


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "二者选一"), ({"other": True}, "其他场次"), ({"faulty": True}, "不能使用")],
)
def test_only_a_kept_film_of_that_show_is_handed_over(show, given, said):
    request = ReplayRequestFactory(show=show)
    film = None
    if "other" in given:
        film = RecordingFactory()
    if "faulty" in given:
        film = RecordingFactory(show=show, state="faulty")

    with pytest.raises((Refused, ValidationError), match=said):
        replay_actions.hand_over(request, recording=film, way="disk", by=None, at=AT)


def test_the_command_removes_and_says_what(show, capsys, time_machine):
    RecordingFactory(show=show, name="整场.mp4")
    time_machine.move_to(datetime.datetime(2029, 3, 17, 3, 40, tzinfo=clock.SHANGHAI))

    call_command("retain")

    assert "已移除 1 条" in capsys.readouterr().out
    assert Recording.objects.get().state == "removed"
