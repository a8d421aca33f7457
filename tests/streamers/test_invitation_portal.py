"""An invitation's link: it lets one person in, once, and is kind to everybody else."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.accounts.models import User
from streamers.actions import invitation as invitation_actions
from streamers.models import Streamer, StreamerInvitation
from streamers.portal.links import ATTEMPTS_AN_HOUR
from tests.factories import AT
from tests.factories.accounts import PASSWORD, StaffFactory, UserFactory
from tests.factories.streamers import StreamerFactory, StreamerInvitationFactory
from tests.streamers.portal import browser, text


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


def link(invitation):
    return reverse("streamer_invitation", args=[invitation_actions.token_of(invitation)])


def newcomer(**values):
    given = {"stage_name": "小鹿", "person": "林晓鹿", "username": "xiaolu", "password": PASSWORD}
    return given | values


def test_a_link_opens_an_account_and_a_file(client: Client):
    manager = StaffFactory(role="streamer_manager")
    invitation = StreamerInvitationFactory(invited_by=manager, engagement="entrusted")
    assert "小鹿" in text(client.get(link(invitation)))

    answer = client.post(link(invitation), newcomer(), follow=True)

    streamer = Streamer.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("streamer_application")
    assert (streamer.user.username, streamer.state, streamer.engagement) == ("xiaolu", "draft", "entrusted")
    assert streamer.manager == manager
    invitation.refresh_from_db()
    assert (invitation.state, invitation.streamer) == ("accepted", streamer)


def test_a_link_for_a_file_that_staff_entered_gives_it_its_login(client: Client):
    streamer = StreamerFactory(state=Streamer.State.DRAFT, activated_on=None)
    client.post(link(StreamerInvitationFactory(streamer=streamer)), newcomer())
    assert Streamer.objects.get().user.username == "xiaolu"


def test_who_has_an_account_gets_a_file_with_it():
    user = UserFactory()
    browser(user).post(link(StreamerInvitationFactory()), {"stage_name": "小鹿"})
    assert Streamer.objects.get().user == user


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "1234567890"}, "数字"),
        ({"username": "taken"}, "已存在"),
        ({"username": "bad name"}, "用户名"),
        ({"stage_name": ""}, "必填"),
        ({"stage_name": "长" * 41}, "40"),
        ({"person": ""}, "必填"),
    ],
)
def test_a_refused_newcomer_leaves_nothing(client: Client, changed, said):
    UserFactory(username="taken")
    answer = client.post(link(StreamerInvitationFactory()), newcomer(**changed))
    assert answer.status_code == 422
    assert said in text(answer)
    assert User.objects.count() == 1
    assert not Streamer.objects.exists()
    assert StreamerInvitation.objects.get().state == "open"


def test_a_second_click_leads_on_and_makes_nothing(client: Client):
    invitation = StreamerInvitationFactory()
    client.post(link(invitation), newcomer())
    again = client.post(link(invitation), newcomer())
    assert again["Location"] == reverse("streamer_home")
    assert Streamer.objects.count() == User.objects.count() == 1


def test_a_used_link_lets_nobody_else_in(client: Client):
    invitation = StreamerInvitationFactory()
    client.post(link(invitation), newcomer())
    for answer in (Client().get(link(invitation)), Client().post(link(invitation), newcomer(username="b"))):
        assert answer.status_code == 404
        assert "链接已失效" in text(answer)
    assert User.objects.count() == 1


@pytest.mark.parametrize("changed", [{"expires_at": AT}, {"state": "revoked"}])
def test_an_expired_or_revoked_link_is_kindly_gone(client: Client, changed):
    invitation = StreamerInvitationFactory(**changed)
    assert client.get(link(invitation)).status_code == 404
    assert client.post(link(invitation), newcomer()).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["1", "MQ", "MQ:aaaaaa:bbbbbb"])
def test_a_made_up_link_is_not_there(client: Client, token):
    StreamerInvitationFactory()
    answer = client.get(reverse("streamer_invitation", args=[token]))
    assert answer.status_code == 404
    assert "链接已失效" in text(answer)


def test_staff_and_those_who_are_streamers_do_not_join():
    invitation = StreamerInvitationFactory()
    staff = browser(StaffFactory(role="streamer_manager")).post(link(invitation), {"stage_name": "小鹿"})
    assert staff.status_code == 403
    streamer = StreamerFactory(user=UserFactory())
    assert browser(streamer.user).post(link(invitation), {"stage_name": "小鹿"}).status_code == 409
    assert Streamer.objects.count() == 1


def test_guessing_is_stopped(client: Client):
    invitation = StreamerInvitationFactory()
    for _attempt in range(ATTEMPTS_AN_HOUR):
        assert client.post(link(invitation), newcomer(password="1234567890")).status_code == 422
    assert client.post(link(invitation), newcomer()).status_code == 429
    assert not User.objects.exists()


def test_the_page_of_a_link_is_kept_by_nobody(client: Client):
    answer = client.get(link(StreamerInvitationFactory()))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
