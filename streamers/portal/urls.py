"""The addresses of streamers under ``/portal/``; a streamer's own lie below ``s/``."""

from django.urls import path

from streamers.portal import (
    accounts,
    application,
    autosave,
    consents,
    contracts,
    guardian,
    home,
    invitation,
    notices,
    papers,
    qualifications,
    reviews,
    service_plan,
    training,
)

urlpatterns = [
    path("join/<str:token>/", invitation.InvitationPage.as_view(), name="streamer_invitation"),
    path("guardian/<str:token>/", guardian.ConsentPage.as_view(), name="guardian"),
    path("guardian/<str:token>/revoke/", guardian.RevokePage.as_view(), name="guardian_revoke"),
    path("s/", home.HomePage.as_view(), name="streamer_home"),
    path("s/holds/<int:pk>/appeal/", home.AppealPage.as_view(), name="streamer_appeal"),
    path("s/application/", application.SummaryPage.as_view(), name="streamer_application"),
    path("s/application/identity/", application.IdentityPage.as_view(), name="streamer_identity"),
    path("s/application/experience/", application.ExperiencePage.as_view(), name="streamer_experience"),
    path("s/application/accounts/", accounts.AccountsPage.as_view(), name="streamer_accounts"),
    path("s/application/accounts/<int:pk>/", accounts.AccountsPage.as_view(), name="streamer_account"),
    path(
        "s/application/accounts/<int:pk>/end/", accounts.EndAccountPage.as_view(), name="streamer_account_end"
    ),
    path("s/application/papers/", papers.PapersPage.as_view(), name="streamer_papers"),
    path("s/application/guardian/", consents.GuardianStep.as_view(), name="streamer_guardian"),
    path("s/application/<slug:step>/save/", autosave.AutosavePage.as_view(), name="streamer_autosave"),
    path("s/consents/<int:pk>/cancel/", consents.CancelPage.as_view(), name="streamer_consent_cancel"),
    path("s/notices/", notices.NoticesPage.as_view(), name="streamer_notices"),
    path("s/notices/<int:pk>/", notices.NoticePage.as_view(), name="streamer_notice"),
    path("s/notices/<int:pk>/appeal/", notices.AppealPage.as_view(), name="streamer_notice_appeal"),
    path("s/contracts/", contracts.ContractsPage.as_view(), name="streamer_contracts"),
    path("s/contracts/<int:pk>/", contracts.ContractPage.as_view(), name="streamer_contract"),
    path("s/qualifications/", qualifications.QualificationsPage.as_view(), name="streamer_qualifications"),
    path(
        "s/qualifications/add/",
        qualifications.QualificationPage.as_view(),
        name="streamer_qualification_add",
    ),
    path(
        "s/qualifications/<int:pk>/",
        qualifications.QualificationPage.as_view(),
        name="streamer_qualification",
    ),
    path("s/reviews/", reviews.ReviewsPage.as_view(), name="streamer_reviews"),
    path("s/reviews/<int:pk>/", reviews.ShowReviewsPage.as_view(), name="streamer_show_reviews"),
    path("s/reviews/<int:pk>/script/", reviews.ScriptPage.as_view(), name="streamer_show_script"),
    path("s/reviews/<int:pk>/<int:product>/", reviews.ReviewPage.as_view(), name="streamer_review"),
    # Of streamers and staff alike: everybody sees their own.
    path("training/", training.TrainingPage.as_view(), name="streamer_training"),
    path("training/courses/<int:pk>/", training.CoursePage.as_view(), name="training_course"),
    path("training/exams/<int:pk>/", training.ExamPage.as_view(), name="training_exam"),
    path("training/check-in/<str:code>/", training.CheckInPage.as_view(), name="training_check_in"),
    path("training/certificates/<int:pk>/", training.certificate_pdf, name="training_certificate"),
    path("certificates/<str:token>/", training.certificate_check, name="training_certificate_check"),
    path("m/<slug:code>/plans/", service_plan.PlansPage.as_view(), name="portal_plans"),
    path("m/<slug:code>/plans/for/<int:show_pk>/", service_plan.OpenPage.as_view(), name="portal_plan_open"),
    path("m/<slug:code>/plans/<int:pk>/", service_plan.PlanPage.as_view(), name="portal_plan"),
    path("m/<slug:code>/plans/<int:pk>/save/", service_plan.AutosavePage.as_view(), name="portal_plan_save"),
    path(
        "m/<slug:code>/plans/<int:pk>/withdraw/",
        service_plan.WithdrawPage.as_view(),
        name="portal_plan_withdraw",
    ),
]
