"""What is made ready for shows, for programs."""

import pytest

from mcn.kit import records
from streamers.models import CastReview, IdentityReport, Rehearsal, Script, ShowCheck
from tests.factories import AT, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.preparation import ALL_RIGHT, WORDS, ScriptFactory
from tests.factories.shows import ShowFactory
from tests.kit.api_suite import ResourceSuite, client_of

pytestmark = pytest.mark.django_db


class TestScriptApi(ResourceSuite):
    path = "/api/v1/scripts/"
    role = "streamer_manager"
    change = {"text": "换一种说法"}
    wrong = {"text": ""}

    def bare(self):
        return ShowFactory(prepared=False, items=0, cast=False, crew=False)

    def make(self):
        return ScriptFactory(show=self.bare())

    def fresh(self):
        return {"show": self.bare().pk, "text": WORDS}


def test_a_show_is_made_ready_by_program_and_read_again():
    show = ShowFactory(prepared=False)
    api, officer = client_of(StaffFactory(role="operator")), client_of(StaffFactory(role="compliance"))
    streamer, product = show.cast.get().streamer, show.items.get().product
    sent = {
        "show-checks": {"item": "venue", "outcome": "good", "file": pdf()},
        "cast-reviews": {"streamer": streamer.pk, "product": product.pk, "file": pdf()},
        "scripts": {"text": WORDS},
        "rehearsals": {"held_at": AT.isoformat(), "outcome": "passed", "with_cast": True},
        "identity-reports": {"reported_on": "2026-03-16", "receipt": "SF-1"},
    }
    sent["cast-reviews"]["answers"] = str(ALL_RIGHT).replace("'", '"')
    for path, body in sent.items():
        answer = api.post(f"/api/v1/{path}/", {"show": show.pk, **body}, format="multipart")
        assert answer.status_code == 201, (path, answer.content.decode())
        listed = api.get(f"/api/v1/{path}/", {"show": show.pk}).json()["results"]
        assert [row["id"] for row in listed] == [answer.json()["id"]]
        assert api.patch(answer["Location"], {}, format="json").status_code in (403, 405, 428)
    assert ShowCheck.objects.get().document.latest
    assert (CastReview.objects.get().outcome, Rehearsal.objects.get().outcome) == ("good", "passed")
    assert IdentityReport.objects.get().people.keys() == {str(streamer.pk)}

    script = f"/api/v1/scripts/{Script.objects.get().pk}/"
    assert api.post(f"{script}submit/").json()["state"] == "submitted"
    assert api.post(f"{script}approve/").status_code == 403
    assert officer.post(f"{script}approve/").json()["state"] == "approved"


def test_a_refusal_says_under_which_name_or_with_which_code():
    show = ShowFactory(prepared=False)
    api = client_of(StaffFactory(role="operator"))
    bad = api.post("/api/v1/show-checks/", {"show": show.pk, "item": "set", "outcome": "bad"}, format="json")
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["set"])
    show.state = "live"
    records.save(show, by=None, at=AT)
    late = api.post(
        "/api/v1/rehearsals/",
        {"show": show.pk, "held_at": AT.isoformat(), "outcome": "passed"},
        format="json",
    )
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


def test_a_streamer_sends_and_sees_their_own_reviews_and_approved_scripts_alone():
    show = ShowFactory()
    streamer = show.cast.get().streamer
    streamer.user = UserFactory()
    records.save(streamer, by=None, at=AT)
    other = ShowFactory(items=1)
    mine = client_of(streamer.user)
    seen = {
        path: {row["show"] for row in mine.get(f"/api/v1/{path}/").json()["results"]}
        for path in ("show-checks", "cast-reviews", "scripts", "rehearsals", "identity-reports")
    }
    own = {show.pk}
    assert seen == {
        "show-checks": set(),
        "cast-reviews": own,
        "scripts": own,
        "rehearsals": set(),
        "identity-reports": set(),
    }
    body = {"show": show.pk, "streamer": streamer.pk, "product": show.items.get().product_id}
    again = mine.post("/api/v1/cast-reviews/", body | {"answers": ALL_RIGHT}, format="json")
    assert again.status_code == 201, again.content.decode()
    foreign = body | {"show": other.pk, "product": other.items.get().product_id, "answers": ALL_RIGHT}
    assert mine.post("/api/v1/cast-reviews/", foreign, format="json").status_code == 400
