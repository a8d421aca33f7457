"""Programs log in by token; oneself; the language."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from rest_framework.test import APIClient

from tests.factories.accounts import PASSWORD, MerchantUserFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/api/v1/auth/login/"
ME = "/api/v1/me/"


def log_in(user, password=PASSWORD, **more):
    return APIClient().post(LOGIN, {"username": user.username, "password": password, **more}, format="json")


def client_of(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {log_in(user).json()['token']}")
    return client


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def guarded(secret):
    user = UserFactory()
    TOTP.activate(user, secret)
    return user


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_name_and_a_password_give_a_token_that_opens_the_api():
    user = UserFactory()

    answer = log_in(user)

    assert answer.status_code == 200
    assert answer.json().keys() == {"token", "expiry"}
    assert client_of(user).get(ME).json()["username"] == user.username


def test_the_token_is_stored_hashed():
    user = UserFactory()

    token = log_in(user).json()["token"]

    assert token not in str(user.auth_token_set.values().get())


@pytest.mark.parametrize("password", ["", "wrong", "a" * 129, "密码\x00"])
def test_a_wrong_password_is_refused(password):
    answer = log_in(UserFactory(), password)

    assert answer.status_code in (400, 401)
    assert answer.json()["code"] in ("invalid", "wrong_login")


def test_an_unknown_name_and_a_closed_account_are_told_like_a_wrong_password():
    closed = UserFactory(is_active=False)
    unknown = UserFactory.build()

    assert log_in(closed).content == log_in(unknown).content == log_in(UserFactory(), "wrong").content


def test_failures_are_counted_by_name_together_with_those_of_the_login_page():
    user = UserFactory()
    for _ in range(3):
        Client().post("/accounts/login/", {"login": user.username, "password": "wrong"})
    for _ in range(2):
        log_in(user, "wrong")

    answer = log_in(user)

    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert log_in(UserFactory()).status_code == 200


def test_failures_are_counted_by_address_whatever_it_says_of_itself():
    for number in range(10):
        APIClient().post(
            LOGIN,
            {"username": f"nobody{number}", "password": "x"},
            format="json",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
        )

    assert log_in(UserFactory()).status_code == 429


def test_a_second_factor_is_asked_for(guarded, secret):
    without = log_in(guarded)
    wrong = log_in(guarded, code="000000")
    right = log_in(guarded, code=code_of(secret))

    assert (without.status_code, without.json()["code"]) == (401, "code_needed")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_login")
    assert right.status_code == 200
    assert Authenticator.objects.get(user=guarded).last_used_at


def test_a_code_is_good_once(guarded, secret):
    code = code_of(secret)
    log_in(guarded, code=code)

    assert log_in(guarded, code=code).status_code == 401


def test_guesses_of_the_code_are_counted(guarded, secret):
    for _ in range(5):
        log_in(guarded, code="000000")

    assert log_in(guarded, code=code_of(secret)).status_code == 429


def test_a_wrong_password_is_told_before_any_second_factor(guarded):
    assert log_in(guarded, "wrong").json()["code"] == "wrong_login"


def test_logging_out_ends_this_token_and_leaves_the_others():
    user = UserFactory()
    here, elsewhere = client_of(user), client_of(user)

    assert here.post("/api/v1/auth/logout/").status_code == 204
    assert here.get(ME).status_code == 401
    assert elsewhere.get(ME).status_code == 200


def test_logging_out_everywhere_ends_every_token():
    user = UserFactory()
    here, elsewhere = client_of(user), client_of(user)

    assert here.post("/api/v1/auth/logoutall/").status_code == 204
    assert elsewhere.get(ME).status_code == 401


def test_a_session_opens_the_api_and_writes_only_with_its_csrf_token():
    user = StaffFactory(role="compliance")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.get("/accounts/logout/")  # a page with a form hands out the CSRF cookie
    body = {"day": "2027-01-01", "worked": False}

    refused = client.post("/api/v1/calendar-days/", body, "application/json")
    token = client.cookies["csrftoken"].value
    made = client.post("/api/v1/calendar-days/", body, "application/json", headers={"X-CSRFToken": token})

    assert client.get(ME).status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert made.status_code == 201


def test_staff_read_their_roles():
    me = client_of(StaffFactory(role="reviewer")).get(ME).json()

    assert me["roles"] == [{"name": "reviewer", "label": "品控"}]
    assert (me["is_staff"], me["memberships"]) == (True, [])


def test_a_merchants_person_reads_where_they_belong():
    user = MerchantUserFactory(role="editor")

    (place,) = client_of(user).get(ME).json()["memberships"]

    membership = user.memberships.get()
    assert (place["model"], place["id"]) == ("merchants.merchant", membership.merchant_id)
    assert (place["role"], place["role_label"]) == ("editor", membership.get_role_display())


def test_the_chosen_language_is_spoken_from_then_on():
    user = UserFactory()
    client = client_of(user)
    before = client.get("/api/v1/nothing/")

    answer = client.patch(ME, {"language": "en"}, format="json")
    after = client.get("/api/v1/nothing/")

    assert answer.json()["language"] == "en"
    assert (before.json()["message"], before["Content-Language"]) == ("未找到。", "zh-hans")
    assert (after.json()["message"], after["Content-Language"]) == ("Not found.", "en")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"language": "de"}, "language"),
        ({"is_staff": True}, "is_staff"),
        ({"is_superuser": True}, "is_superuser"),
    ],
)
def test_nobody_raises_themselves(body, field):
    user = UserFactory()

    answer = client_of(user).patch(ME, body, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, user.language) == (False, False, "zh-hans")


@pytest.mark.parametrize(
    "header", ["Token", "Token x y", "Token nonsense", "Token \xff", "Basic eDp5", "Bearer x"]
)
def test_a_header_that_is_no_token_is_401(header):
    answer = APIClient().get(ME, HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"


def test_a_new_password_ends_the_tokens_of_the_old_one():
    user, other = UserFactory(), client_of(UserFactory())
    program, page = client_of(user), Client()
    page.force_login(user)
    chosen = "another long pass phrase"
    page.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}
    )

    assert (program.get(ME).status_code, other.get(ME).status_code) == (401, 200)
    assert log_in(user, chosen).status_code == 200
