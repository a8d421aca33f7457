"""Whether a buyer stands well enough for the agency to pay a refund before the goods are back."""

from dataclasses import dataclass

from aftersales.models import Order, ReturnDispute, ReturnRequest
from mcn.agency.models import Figure, figures
from mcn.kit.clock import add_months

Key = Figure.Key
MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """What the year before tells of a buyer, and what is asked for."""

    orders: int
    returns: int
    lost: int
    most_amount: int
    least_orders: int
    most_percent: int

    @property
    def good(self):
        """Enough orders, not too many returns, no dispute decided against the buyer."""
        few = self.returns * 100 <= self.orders * self.most_percent
        return self.orders >= self.least_orders and few and not self.lost

    def covers(self, amount):
        """Whether an amount is paid in advance."""
        return self.good and amount <= self.most_amount


def standing(phone_hash, on):
    """How a buyer stands on a day, by the orders and returns under the same phone."""
    keys = [Key.FAST_REFUND_AMOUNT, Key.FAST_REFUND_ORDERS, Key.FAST_REFUND_PERCENT]
    limits = figures(keys, on)
    if not phone_hash:  # nobody is known by no phone
        return Standing(0, 0, 0, *limits)
    since = add_months(on, -MONTHS)
    orders = Order.objects.filter(buyer_phone_hash=phone_hash, received_at__date__gte=since)
    returns = ReturnRequest.objects.filter(
        order__buyer_phone_hash=phone_hash, asked_at__date__gte=since
    ).exclude(state=ReturnRequest.State.CANCELLED)
    lost = ReturnDispute.objects.filter(
        request__order__buyer_phone_hash=phone_hash,
        outcome=ReturnDispute.Outcome.MERCHANT,
        decided_at__date__gte=since,
    )
    return Standing(orders.count(), returns.count(), lost.count(), *limits)
