"""Whom a step of a ladder tells: by three queries for any number of deadlines, two more for emergencies."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.functional import cached_property

from aftersales.models import Rung
from aftersales.rules.emergency_plan import in_force, matter_of
from merchants.models import Membership

Tells = Rung.Tells
# Of whose matter it is when it comes to the worst: the roles that start the emergency plan.
ROLES = {Tells.LEAD: ["after_sales_lead"], Tells.EMERGENCY: ["after_sales_lead", "compliance"]}
MEMBERS: dict[str, list] = {
    Tells.MERCHANT: list(Membership.Role.values),
    Tells.OWNER: [Membership.Role.OWNER],
}


class People:
    """Those whom the ladders of some deadlines may tell, read once."""

    def __init__(self, clocks):
        self.by_role = self._of_roles()
        self.members = self._members({clock.merchant_id for clock in clocks} - {None})
        agents = {clock.agent_id for clock in clocks} - {None}
        self.agents = get_user_model().objects.in_bulk(agents) if agents else {}

    def told(self, clock, tells):
        """The people whom a step tells; where there is nobody of that sort, those who lead after-sales."""
        found = self._asked(clock, tells)
        return found or self.by_role.get("after_sales_lead") or self.by_role.get("after_sales", [])

    def page(self, clock, tells):
        """Where they see it: the merchant's people in their portal, staff in the back office."""
        if tells in MEMBERS and self.members.get(clock.merchant_id):
            code = self.members[clock.merchant_id][0].merchant.code
            return f"{reverse('portal_clocks', args=[code])}#clock-{clock.pk}"
        return reverse("admin:aftersales_clock_change", args=[clock.pk])

    def _asked(self, clock, tells):
        if tells == Tells.AGENT:
            agent = self.agents.get(clock.agent_id)
            return [agent] if agent and agent.is_active else []
        if tells in MEMBERS:
            return [row.user for row in self.members.get(clock.merchant_id, []) if row.role in MEMBERS[tells]]
        plan = self.plan(clock, tells)
        called = [call.user for call in plan.calls.all() if call.user] if plan else []
        people = [*called, *(user for role in ROLES[tells] for user in self.by_role.get(role, []))]
        return list({user.pk: user for user in people}.values())

    def plan(self, clock, tells):
        """The emergency plan that a step of the ladder opens, where it does and there is one."""
        return self._plans.get(matter_of(clock.kind)) if tells == Tells.EMERGENCY else None

    @cached_property
    def _plans(self):
        return {plan.matter: plan for plan in in_force()}

    def _of_roles(self):
        names = ["after_sales", *{name for names in ROLES.values() for name in names}]
        found = {}
        users = get_user_model().objects.filter(is_active=True, groups__name__in=names).order_by("pk")
        for user in users.prefetch_related("groups"):
            for group in user.groups.all():
                found.setdefault(group.name, []).append(user)
        return found

    def _members(self, merchants):
        found = {}
        if merchants:
            rows = Membership.objects.filter(
                merchant__in=merchants, ended_on=None, user__is_active=True
            ).select_related("user", "merchant")
            for row in rows.order_by("pk"):
                found.setdefault(row.merchant_id, []).append(row)
        return found
