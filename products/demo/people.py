"""The agency's own people, and those of its merchants: each merchant's people come by an invitation."""

from mcn.accounts import actions as accounts
from mcn.accounts.models import User
from merchants.actions import invitation as invitations
from merchants.models import Invitation, Membership


def hire(stage, rows, password, *, at):
    """Make the members of staff: the administrator by the system, all others by the administrator."""
    for row in rows:
        user = User(username=row["username"], name=row["name"], is_staff=True, password=password)
        by = stage.users.get("administrator")
        stage.users[row["role"]] = accounts.add(user, roles=[row["role"]], by=by, at=at)


def open_accounts(stage, rows, password, *, at):
    """Make the logins of merchants' people, who belong nowhere yet."""
    for row in rows:
        user = User(username=row["username"], name=row["name"], password=password)
        accounts.add(user, by=None, at=at)
        for merchant, role in row["places"]:
            stage.places[merchant, role] = user


def bring_in(stage, draft, name, key, *, at):
    """Let the merchant desk invite a firm, and its owner draft it by the link."""
    made = Invitation(name=name)
    invitations.invite(made, by=stage.staff("merchant_desk"), at=at)
    return invitations.accept(made, user=stage.owner(key), merchant=draft, at=at)


def bring_colleagues(stage, merchant, key, *, at):
    """Let an owner invite the others who work for the merchant."""
    for role in (Membership.Role.EDITOR, Membership.Role.CUSTOMER_SERVICE):
        user = stage.places.get((key, role))
        if user:
            made = Invitation(merchant=merchant, name=user.name, role=role)
            invitations.invite(made, by=stage.owner(key), at=at)
            invitations.accept(made, user=user, at=at)
