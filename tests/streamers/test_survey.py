"""Surveys of streamers and merchants with the platforms: recorded with their report, asked for every year."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied
from streamers.actions import survey as survey_actions
from streamers.models import SatisfactionSurvey
from streamers.rules.survey import SURVEYS
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.agency import platform
from tests.factories.streamers import PlatformAccountFactory, SatisfactionSurveyFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


def said(on):
    reports = SURVEYS.inspect_many(SURVEYS.subjects(), on=on)
    return [str(finding.message) for report in reports.values() for finding in report.findings]


@pytest.mark.clause("DB4401 5.4.3.2 f")
def test_streamers_and_merchants_are_asked_every_year_with_each_platform():
    account = PlatformAccountFactory()
    assert len(said(DAY)) == 2

    SatisfactionSurveyFactory(platform=account.platform)
    assert said(DAY) == ["抖音：12 个月内没有商家的满意度调查。"]

    SatisfactionSurveyFactory(platform=account.platform, audience="merchants")
    assert said(DAY) == []
    assert len(said(DAY + datetime.timedelta(days=365))) == 2


@pytest.mark.clause("DB4401 5.4.3.2 f")
def test_a_survey_is_recorded_in_the_admin_with_its_report(client):
    client.force_login(StaffFactory(role="streamer_manager"))
    given = {"audience": "merchants", "platform": platform("douyin", "抖音").pk, "asked": 10, "answered": 8}
    given |= {"satisfied": "75", "held_from": DAY, "held_to": DAY, "findings": "希望提前确认排期"}
    path = "/admin/streamers/satisfactionsurvey/add/"
    with time_machine.travel(AT, tick=False):
        lacking = client.post(path, given)
        made = client.post(path, given | {"file": pdf()})

    assert (lacking.status_code, made.status_code) == (200, 302)
    survey = SatisfactionSurvey.objects.get()
    assert survey.document.latest
    assert client.post(f"/admin/streamers/satisfactionsurvey/{survey.pk}/change/", given).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_to": DAY + ONE}, "held_to"),
        ({"asked": 3}, "__all__"),
        ({"satisfied": None}, "__all__"),
        ({"held_from": DAY + ONE}, "__all__"),
    ],
)
def test_a_survey_that_cannot_be_is_refused(changes, field):
    given = {"audience": "streamers", "platform": platform("douyin", "抖音"), "asked": 9, "answered": 4}
    given |= {"satisfied": 50, "held_from": DAY, "held_to": DAY, "findings": "满意"}
    with pytest.raises(ValidationError) as refused:
        survey_actions.record(
            SatisfactionSurvey(**given | changes), pdf(), by=StaffFactory(role="streamer_manager"), at=AT
        )
    assert list(refused.value.message_dict) == [field]


def test_not_everybody_records_surveys():
    with pytest.raises(Denied):
        survey_actions.record(SatisfactionSurvey(), pdf(), by=StaffFactory(role="auditor"), at=AT)


def test_a_program_sends_the_report_along():
    given = {"audience": "streamers", "platform": platform("douyin", "抖音").pk, "asked": 9, "answered": 4}
    given |= {"satisfied": "50", "held_from": f"{DAY}", "held_to": f"{DAY}", "findings": "满意"}
    manager = client_of(StaffFactory(role="streamer_manager"))
    path = "/api/v1/satisfaction-surveys/"
    assert list(manager.post(path, given).json()["errors"]) == ["file"]
    assert manager.post(path, given | {"file": pdf()}).status_code == 201
