"""The tables of notices."""

from mcn.notices.models.delivery import Attempt, Delivery
from mcn.notices.models.endpoint import Endpoint
from mcn.notices.models.notice import Notice, Receipt
from mcn.notices.models.preference import Preference

__all__ = ["Attempt", "Delivery", "Endpoint", "Notice", "Preference", "Receipt"]
