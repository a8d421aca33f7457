"""The agency's figures and calendar through the API."""

import datetime
from decimal import Decimal

from mcn.agency.models import CalendarDay, Figure
from mcn.kit import records
from tests.factories import AT, DAY
from tests.kit.api_suite import ResourceSuite


class TestFigureApi(ResourceSuite):
    path = "/api/v1/figures/"
    role = "compliance"
    change = {"value": "45.00", "source": "机构决定"}
    wrong = {"value": "12345678901.999", "key": "nonsense"}

    def make(self):
        day = DAY + datetime.timedelta(days=Figure.objects.count())
        row = Figure(
            key=Figure.Key.EXPIRY_WARNING_DAYS, value=Decimal(30), valid_from=day, source="机构默认值"
        )
        return records.save(row, by=None, at=AT)

    def fresh(self):
        return {"key": "expiry_urgent_days", "value": "5", "valid_from": "2026-07-01", "source": "机构决定"}


class TestCalendarDayApi(ResourceSuite):
    path = "/api/v1/calendar-days/"
    role = "administrator"
    change = {"note": "调休"}
    wrong = {"note": "长" * 101}

    def make(self):
        day = DAY + datetime.timedelta(days=CalendarDay.objects.count())
        return records.save(CalendarDay(day=day, worked=True), by=None, at=AT)

    def fresh(self):
        return {"day": "2027-10-08", "worked": True, "note": "国庆调休"}
