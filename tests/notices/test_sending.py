"""What goes out: letters and webhooks, signed, tried again, logged; and what is never called."""

import base64
import datetime
import hashlib
import hmac
import ipaddress
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from mcn.notices import actions, sending
from mcn.notices.actions import Telling, tell, tell_many
from mcn.notices.addresses import Forbidden, is_public, parts_of, resolve
from mcn.notices.models import Attempt, Delivery, Receipt
from tests.factories import AT
from tests.factories.accounts import UserFactory
from tests.factories.notices import EndpointFactory, PreferenceFactory

pytestmark = pytest.mark.django_db
State = Delivery.State
LATER = AT + datetime.timedelta(days=3)


class Hook(BaseHTTPRequestHandler):
    """Another system: keeps what it is told and answers as it was told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.headers, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_said):
        """Nothing on the screen."""


@pytest.fixture
def system(settings):
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.heard, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/hooks?x=1"
    settings.MCN_WEBHOOK_HOSTS = [f"127.0.0.1:{server.server_port}"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def signature(secret, headers, body):
    """As the other side works it out."""
    signed = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_a_webhook_arrives_signed(system, settings):
    settings.MCN_SITE_URL = "https://youju.example"
    endpoint = EndpointFactory(url=system.url)
    tell([], title="投诉超时", text="请尽快处理", kind="overdue", url="/admin/x/", at=AT)

    assert sending.send_due(at=AT) == 1

    [(headers, body)] = system.heard
    told = json.loads(body)
    assert told["type"] == "overdue"
    assert told["data"]["title"] == "投诉超时"
    assert told["data"]["url"] == "https://youju.example/admin/x/"
    assert headers["Webhook-Signature"] == signature(endpoint.secret, headers, body)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts.get().status) == (State.ARRIVED, 204)
    assert sending.send_due(at=LATER) == 0


def test_for_a_day_both_secrets_sign(system):
    endpoint = EndpointFactory(url=system.url)
    old = endpoint.secret
    endpoint = actions.rotate(endpoint, by=None, at=AT)
    tell([], title="投诉超时", kind="overdue", at=AT)
    sending.send_due(at=AT)

    [(headers, body)] = system.heard
    assert headers["Webhook-Signature"].split() == [
        signature(endpoint.secret, headers, body),
        signature(old, headers, body),
    ]
    assert endpoint.secrets(LATER) == [endpoint.secret]


def test_a_failed_call_is_tried_again_in_longer_steps_and_then_given_up(system):
    EndpointFactory(url=system.url)
    tell([], title="投诉超时", kind="overdue", at=AT)
    system.answers = [500, 302] + [503] * 10
    at, due = AT, []
    for _round in range(7):
        sending.send_due(at=at)
        at = Delivery.objects.get().due_at
        due.append(at - AT)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, Attempt.objects.count()) == (State.FAILED, 7, 7)
    assert [int(step.total_seconds() / 60) for step in due[:3]] == [1, 6, 36]
    assert len({headers["Webhook-Id"] for headers, _body in system.heard}) == 1

    system.answers = []
    actions.send_again(delivery, by=None, at=LATER)
    assert sending.send_due(at=LATER) == 1


def test_an_endpoint_that_is_gone_is_not_called_again(system):
    EndpointFactory(url=system.url)
    tell([], title="投诉超时", kind="overdue", at=AT)
    system.answers = [410]
    sending.send_due(at=AT)
    assert Delivery.objects.get().state == State.FAILED


def test_an_endpoint_that_is_down_holds_up_nobody(system):
    EndpointFactory(url=system.url)
    tell_many([Telling([], title, "overdue") for title in "甲乙丙"], at=AT)
    system.answers = [500]
    assert sending.send_due(at=AT) == 0
    assert len(system.heard) == 1
    assert sending.send_due(at=AT + datetime.timedelta(minutes=2)) == 3


def test_one_that_is_taken_is_not_sent_by_another_worker(system):
    EndpointFactory(url=system.url)
    tell([], title="投诉超时", kind="overdue", at=AT)
    assert len(sending.take(at=AT)) == 1
    assert sending.send_due(at=AT) == 0
    # The worker was killed: when its time is over the next one sends it.
    assert sending.send_due(at=AT + sending.TAKEN) == 1


def test_a_letter_comes_in_the_words_of_the_notice(settings):
    settings.MCN_SITE_URL = "https://youju.example"
    tell([UserFactory(email="a@example.com")], title="投诉\n超时", kind="overdue", url="/admin/x/", at=AT)
    assert sending.send_due(at=AT) == 1
    [letter] = mail.outbox
    assert letter.subject.endswith("投诉 超时")
    assert "https://youju.example/admin/x/" in letter.body
    assert Delivery.objects.get().state == State.ARRIVED


def test_what_was_read_meanwhile_is_not_sent():
    user = UserFactory(email="a@example.com")
    tell([user], title="投诉", kind="complaint", at=AT)
    actions.read_all(by=user, at=AT)
    sending.send_due(at=AT)
    assert not mail.outbox
    assert Delivery.objects.get().state == State.DROPPED


def test_a_mail_server_that_refuses_is_asked_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    tell([UserFactory(email="a@example.com")], title="投诉", kind="complaint", at=AT)
    sending.send_due(at=AT)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == (State.WAITING, 1)
    assert "a@example.com" not in delivery.attempts.get().error


def test_the_daily_letter_holds_what_came_since_the_last():
    user = UserFactory(email="a@example.com")
    PreferenceFactory(user=user, letters="digest", digest_hour=18, muted=["order"])
    tell_many([Telling([user], title, "complaint") for title in "甲乙"], at=AT)
    tell([user], title="物流", kind="order", at=AT)

    assert sending.digest(at=AT) == 0
    evening = AT.replace(hour=18, minute=5)
    tell([user], title="丙", kind="complaint", at=evening)
    assert sending.digest(at=evening) == 1
    assert sending.digest(at=evening) == 0
    assert sending.send_due(at=evening) == 1
    assert "甲" in mail.outbox[0].body
    assert "丙" not in mail.outbox[0].body
    assert Receipt.objects.filter(letter=None).count() == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://user:word@example.com/",
        "https://127.0.0.1/",
        "https://10.0.0.8/hooks",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.8]/",
        "https://[64:ff9b::a00:8]/",
        "https://[fd00::1]/",
        "https://100.64.1.1/",
        "https://224.0.0.1/",
        "https://0/",
        "ftp://example.com/",
        "https:///x",
        "https://example.com:99999/",
        "https://例子.com/",
        "file:///etc/passwd",
    ],
)
def test_an_inner_address_is_refused(url):
    with pytest.raises(Forbidden):
        resolve(parts_of(url))


def test_a_name_that_leads_inside_is_refused():
    with pytest.raises(Forbidden):
        resolve(parts_of("https://localhost/"))


def test_a_trusted_host_is_trusted_at_its_port_alone(settings):
    settings.MCN_WEBHOOK_HOSTS = ["127.0.0.1:8123"]
    assert resolve(parts_of("http://127.0.0.1:8123/")) == "127.0.0.1"
    with pytest.raises(Forbidden):
        parts_of("http://127.0.0.1:8124/")


def test_an_inner_address_is_not_even_stored():
    with pytest.raises(ValidationError):
        EndpointFactory(url="https://192.168.1.1/hooks")


def test_one_stored_before_is_not_called_either(system, settings):
    EndpointFactory(url=system.url)
    settings.MCN_WEBHOOK_HOSTS = []
    tell([], title="投诉超时", kind="overdue", at=AT)
    sending.send_due(at=AT)
    assert not system.heard
    assert Delivery.objects.get().state == State.FAILED


def test_a_public_address_is_public():
    assert is_public(ipaddress.ip_address("93.184.215.14"))
