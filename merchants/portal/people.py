"""Who works for a merchant in the portal: members and invitations."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import FormPage, Page, RecordPage, VerbPage
from merchants.actions import invitation as invitation_actions
from merchants.actions import membership as membership_actions
from merchants.forms import InvitationForm
from merchants.models import Invitation, Membership
from merchants.portal.base import MerchantMixin


class MembersPage(MerchantMixin, Page):
    """Members, and the links that are still open; only who may invite sees the links."""

    section = "members"
    template_name = "merchants/portal/members.html"

    def get_context_data(self, **kwargs):
        at = clock.now()
        members = self.merchant.memberships.filter(ended_on=None).select_related("user")
        return super().get_context_data(members=members, invitations=self._open(at), **kwargs)

    def _open(self, at):
        if "merchants.add_invitation" not in self.allowed:
            return []
        rows = self.merchant.invitations.filter(state=Invitation.State.OPEN, expires_at__gt=at)
        return [(row, self._link(row)) for row in rows]

    def _link(self, invitation):
        path = reverse("portal_invitation", args=[invitation_actions.token_of(invitation)])
        return self.request.build_absolute_uri(path)


class InvitePage(MerchantMixin, RecordPage):
    """Make a link for a colleague."""

    section = "members"
    form_class = InvitationForm
    template_name = "merchants/portal/invite.html"
    done = _("The link is ready: send it to your colleague.")

    def get_object(self):
        return Invitation(merchant=self.merchant, role=Membership.Role.EDITOR)

    def act(self, form):
        return invitation_actions.invite(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_members", args=[self.merchant.code])


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("role"), choices=Membership.Role.choices)


class RolePage(MerchantMixin, FormPage):
    """Give a member another role."""

    section = "members"
    form_class = RoleForm
    template_name = "merchants/portal/role.html"

    @cached_property
    def member(self):
        rows = self.merchant.memberships.filter(ended_on=None).select_related("user", "merchant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"role": self.member.role}

    def act(self, form):
        return membership_actions.change(
            self.member, by=self.request.user, at=clock.now(), **form.cleaned_data
        )

    def get_success_url(self):
        return reverse("portal_members", args=[self.merchant.code])

    def get_context_data(self, **kwargs):
        return super().get_context_data(member=self.member, **kwargs)


class EndMemberPage(MerchantMixin, VerbPage):
    """End a colleague's membership."""

    section = "members"
    title = action = _("Remove the member")
    done = _("The member was removed.")
    danger = True

    @cached_property
    def member(self):
        rows = self.merchant.memberships.filter(ended_on=None).select_related("user", "merchant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def ask(self):
        return _("%(person)s can then no longer work for this merchant.") % {"person": self.member.user}

    def act(self, form):
        return membership_actions.end(self.member, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_members", args=[self.merchant.code])


class RevokePage(MerchantMixin, VerbPage):
    """Make a link useless."""

    section = "members"
    title = action = _("Revoke the link")
    question = _("The link then lets nobody in.")
    done = _("The link was revoked.")
    danger = True

    def get_object(self):
        return get_object_or_404(self.merchant.invitations, pk=self.kwargs["pk"])

    def act(self, form):
        return invitation_actions.revoke(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_members", args=[self.merchant.code])
