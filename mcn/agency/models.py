"""The agency itself: its figures of policy with effect from a day, and its own working days."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet


class Figure(Record):
    """A number that is policy (a deadline, a threshold, a span), with effect from a day and a source."""

    class Key(models.TextChoices):
        MERCHANT_VERIFICATION_MONTHS = (
            "merchant_verification_months",
            _("merchant verification lasts (months)"),
        )
        PRODUCT_VERIFICATION_MONTHS = "product_verification_months", _("product verification lasts (months)")
        STREAMER_VERIFICATION_MONTHS = (
            "streamer_verification_months",
            _("streamer verification lasts (months)"),
        )
        EXPIRY_WARNING_DAYS = "expiry_warning_days", _("first warning before an expiry (days)")
        EXPIRY_URGENT_DAYS = "expiry_urgent_days", _("urgent warning before an expiry (days)")
        EXPIRY_LAST_DAYS = "expiry_last_days", _("last warning before an expiry (days)")
        VIOLATION_POINTS_MONTHS = "violation_points_months", _("points for violations lapse after (months)")
        VIOLATION_APPEAL_DAYS = "violation_appeal_days", _("days in which a streamer may appeal")
        VIOLATION_CORRECTION_DAYS = "violation_correction_days", _("days in which a violation is corrected")
        TIER_FIGURES_DAYS = "tier_figures_days", _("figures for tiers are good for (days)")
        EXAM_ATTEMPTS = "exam_attempts", _("exams that may be failed before the course is taken again")
        EXAM_WAIT_DAYS = "exam_wait_days", _("days between a failed exam and the next")
        CHECK_IN_MINUTES = "check_in_minutes", _("minutes before and after a session for checking in")
        CHECK_IN_CODE_SECONDS = "check_in_code_seconds", _("seconds for which a check-in code is good")
        PRICE_HISTORY_DAYS = "price_history_days", _("days looked back for the lowest deal price")
        TRADE_COMPLETION_DAYS = "trade_completion_days", _("days until the trades of a show are completed")
        ON_AIR_CORRECTION_MINUTES = (
            "on_air_correction_minutes",
            _("minutes within which a slip is corrected on air"),
        )
        ON_AIR_SILENCE_MINUTES = (
            "on_air_silence_minutes",
            _("minutes without an entry that raise an alert on air"),
        )
        ON_AIR_LATE_HOURS = "on_air_late_hours", _("hours after a show in which its timeline is completed")
        METRICS_CLICK_PERCENT = "metrics_click_percent", _("clicks in a hundred exposures that look odd")
        METRICS_ORDER_PERCENT = "metrics_order_percent", _("orders in a hundred clicks that look odd")
        METRICS_RETURN_PERCENT = "metrics_return_percent", _("returns in a hundred pieces sold that look odd")
        SHOW_CLEARED_HOURS = "show_cleared_hours", _("hours before a show by which it is cleared")
        AD_PENALTY_BAR_YEARS = "ad_penalty_bar_years", _("bar after a false-advertising penalty (years)")
        SERVICE_SOLD_PERCENT = "service_sold_percent", _("share of the quantity offered that sells (%)")
        SERVICE_PRESALE_PERCENT = (
            "service_presale_percent",
            _("contacts about presale orders against others (%)"),
        )
        SERVICE_PEAK_PERCENT = "service_peak_percent", _("share of all contacts in the busiest hour (%)")
        SERVICE_HANDLING_SECONDS = "service_handling_seconds", _("handling time of a contact (seconds)")
        SERVICE_CHATS = "service_chats", _("conversations that a service seat holds at once")
        SERVICE_BUSY_PERCENT = "service_busy_percent", _("highest load of a service seat (%)")
        SERVICE_ANSWER_PERCENT = "service_answer_percent", _("contacts to be answered in time (%)")
        KPI_OUTLIER_TENTHS = (
            "kpi_outlier_tenths",
            _("spreads from which a key figure is out of the ordinary (tenths)"),
        )
        KPI_LEAST_ROWS = "kpi_least_rows", _("rows on which a key figure must rest to be judged")
        SERVICE_ANSWER_SECONDS = "service_answer_seconds", _("a contact is answered in time within (seconds)")
        SHIP_WORKING_DAYS = "ship_working_days", _("working days from payment to shipping, nothing promised")
        SHIP_WARNING_HOURS = "ship_warning_hours", _("hours before a shipping deadline that raise a warning")
        PARCEL_STUCK_HOURS = "parcel_stuck_hours", _("hours without news after which a parcel is stuck")
        VALUABLE_YUAN = "valuable_yuan", _("amount from which a parcel is opened on receipt (yuan)")
        NO_REASON_DAYS = "no_reason_days", _("days for a return without reason")
        FAST_REFUND_AMOUNT = "fast_refund_amount", _("most that is refunded in advance (yuan)")
        FAST_REFUND_ORDERS = "fast_refund_orders", _("orders in a year before a refund in advance")
        FAST_REFUND_PERCENT = "fast_refund_percent", _("returns in a hundred orders, for refunds in advance")
        INSURED_RETURN_AMOUNT = "insured_return_amount", _("returns are insured from (yuan)")
        KNOWLEDGE_REVIEW_DAYS = "knowledge_review_days", _("days after which an answer is looked at again")
        PROMISE_AUDIT_DAYS = "promise_audit_days", _("days within which a promise is audited again")
        REVIEW_NEGATIVE_STARS = "review_negative_stars", _("stars up to which a review is negative")

    key = models.CharField(_("figure"), max_length=60, choices=Key)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    valid_from = models.DateField(_("with effect from"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The clause, law or decision it comes from.")
    )

    class Meta:
        verbose_name = _("figure of policy")
        verbose_name_plural = _("figures of policy")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                name="figure_once_a_day",
                violation_error_message=_("This figure already changes on that day."),
            )
        ]

    def __str__(self):
        return f"{self.get_key_display()} = {self.value.normalize():f}"


# All figures in force by the day, while ``read_figures_once`` is open.
READ: ContextVar[dict | None] = ContextVar("figures_read", default=None)


@contextmanager
def read_figures_once():
    """Have all figures of a day read by one query, while something is put together that changes none."""
    token = READ.set({})
    try:
        yield
    finally:
        READ.reset(token)


def figure(key, on):
    """The value of a figure in force on a day, as an int; the shipped ones begin in 2000, so there is one."""
    [value] = figures([key], on)
    return value


def figures(keys, on):
    """The values of several figures in force on a day, in the order asked for, by one query."""
    read = READ.get()
    if read is None:
        in_force = _in_force(on, key__in=keys)
    else:
        in_force = read[on] = read.get(on) or _in_force(on)
    if not in_force.keys() >= set(keys):
        raise ImproperlyConfigured("The shipped figures of policy are missing: run manage.py prepare")
    return [int(in_force[key]) for key in keys]


def _in_force(on, **asked):
    stored = Figure.objects.filter(valid_from__lte=on, **asked).order_by("valid_from")
    return dict(stored.values_list("key", "value"))


class Platform(Record):
    """A platform on which streamers have accounts and shows go out."""

    code = models.SlugField(_("platform code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    operator = models.CharField(_("operator"), max_length=120, blank=True)
    ended_on = models.DateField(
        _("given up on"), null=True, blank=True, help_text=_("From this day it is not offered any more.")
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["id"]

    def __str__(self):
        return self.name


class CalendarDay(Record):
    """A day that the agency works or rests, against or beyond the official calendar."""

    day = models.DateField(_("day"), unique=True)
    worked = models.BooleanField(_("worked"))
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"
