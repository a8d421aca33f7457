"""What the demo's merchants promise their buyers: in force, waiting for review, and one broken promise."""

from decimal import Decimal

from aftersales.actions import promise as promises
from aftersales.models import Breach, PromiseKind, ServicePromise
from merchants.models import Membership, Merchant

MADE, AUDITED, BROKEN = -12, -5, -3
MERCHANTS = 4


class PromiseStories:
    """Promises of the first merchants, by their owners' hands."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """One: made, reviewed, audited, broken once."""
        yield self._course()

    def _course(self):
        desk, calendar = self.stage.staff("merchant_desk"), self.stage.calendar
        yield calendar.at(MADE)
        made = [
            self._made(merchant, owner, row, desk=desk, at=calendar.at(MADE))
            for merchant, owner in self._owners()
            for row in self.data["promise"]
        ]
        in_force = [promise for promise in made if promise.state == ServicePromise.State.IN_FORCE]
        yield calendar.at(AUDITED)
        for promise in in_force[:2]:
            officer = self.stage.staff("compliance")
            promises.audit(
                promise, sample=20, kept=19, note=self.data["audited"], by=officer, at=calendar.at(AUDITED)
            )
        yield calendar.at(BROKEN)
        if in_force:
            told = Breach(promise=in_force[0], source=Breach.Source.BUYER, text=self.data["broken"])
            breach = promises.report(told, by=None, at=calendar.at(BROKEN))
            agent = self.stage.staff("after_sales")
            promises.confirm(breach, amount=Decimal("5.00"), by=agent, at=calendar.at(BROKEN, 1))

    def _owners(self):
        rows = Membership.objects.filter(
            role=Membership.Role.OWNER, ended_on=None, merchant__state=Merchant.State.ADMITTED
        )
        return [(row.merchant, row.user) for row in rows.order_by("merchant__code")[:MERCHANTS]]

    def _made(self, merchant, owner, row, *, desk, at):
        words = {name: row[name] for name in ("wording", "compensation", "resources")}
        terms = {name: Decimal(row[name]) for name in ("percent", "least", "most") if name in row}
        promise = ServicePromise(
            merchant=merchant,
            kind=PromiseKind.objects.get(code=row["kind"]),
            days=row.get("days"),
            valid_from=self.stage.calendar.on(MADE),
            **words | terms,
        )
        promises.add(promise, by=owner, at=at)
        promises.submit(promise, by=owner, at=at)
        if row["way"] == "approve":
            promises.approve(promise, capacity="sufficient", opinion=row["opinion"], by=desk, at=at)
        elif row["way"] == "send_back":
            promises.send_back(promise, note=row["opinion"], by=desk, at=at)
        return promise
