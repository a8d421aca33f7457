"""The addresses of merchants under ``/portal/``; what belongs to one merchant lies below ``m/<code>/``."""

from django.urls import path

from merchants.portal import home, papers, people, profile, public

urlpatterns = [
    path("catalogue/", public.CataloguePage.as_view(), name="portal_catalogue"),
    path("apply/", public.ApplyPage.as_view(), name="portal_apply"),
    path("apply/received/", public.AppliedPage.as_view(), name="portal_applied"),
    path("invitations/<str:token>/", public.InvitationPage.as_view(), name="portal_invitation"),
    path("m/<slug:code>/", home.HomePage.as_view(), name="portal_home"),
    path("m/<slug:code>/submit/", home.SubmitPage.as_view(), name="portal_submit"),
    path("m/<slug:code>/holds/<int:pk>/appeal/", home.AppealPage.as_view(), name="portal_appeal"),
    path("m/<slug:code>/profile/", profile.ProfilePage.as_view(), name="portal_profile"),
    path("m/<slug:code>/lines/", profile.LinesPage.as_view(), name="portal_lines"),
    path("m/<slug:code>/lines/<int:pk>/give-up/", profile.GiveUpPage.as_view(), name="portal_give_up"),
    path("m/<slug:code>/contacts/", profile.ContactsPage.as_view(), name="portal_contacts"),
    path("m/<slug:code>/contacts/add/", profile.ContactPage.as_view(), name="portal_contact_add"),
    path("m/<slug:code>/contacts/<int:pk>/", profile.ContactPage.as_view(), name="portal_contact"),
    path("m/<slug:code>/contacts/<int:pk>/end/", profile.EndContactPage.as_view(), name="portal_contact_end"),
    path("m/<slug:code>/papers/", papers.PapersPage.as_view(), name="portal_papers"),
    path("m/<slug:code>/papers/add/", papers.PaperPage.as_view(), name="portal_paper_add"),
    path("m/<slug:code>/papers/<int:pk>/", papers.PaperPage.as_view(), name="portal_paper"),
    path(
        "m/<slug:code>/papers/<int:pk>/withdraw/", papers.WithdrawPage.as_view(), name="portal_paper_withdraw"
    ),
    path("m/<slug:code>/agreements/", papers.AgreementsPage.as_view(), name="portal_agreements"),
    path("m/<slug:code>/members/", people.MembersPage.as_view(), name="portal_members"),
    path("m/<slug:code>/members/invite/", people.InvitePage.as_view(), name="portal_invite"),
    path("m/<slug:code>/members/<int:pk>/", people.RolePage.as_view(), name="portal_member"),
    path("m/<slug:code>/members/<int:pk>/end/", people.EndMemberPage.as_view(), name="portal_member_end"),
    path("m/<slug:code>/invitations/<int:pk>/revoke/", people.RevokePage.as_view(), name="portal_revoke"),
]
