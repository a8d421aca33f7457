"""The addresses of after-sales under ``/portal/``."""

from django.urls import include, path

from aftersales.portal import clock, complain, complaints, score, track
from aftersales.portal import help as help_centre

urlpatterns = [
    path("m/<slug:code>/score/", score.ScorePage.as_view(), name="portal_score"),
    path("help/", help_centre.HelpPage.as_view(), name="help"),
    path("help/ask/", help_centre.AskPage.as_view(), name="help_ask"),
    path("help/track/", help_centre.TrackPage.as_view(), name="help_track"),
    path("help/question/<str:token>/", help_centre.QuestionPage.as_view(), name="help_question"),
    path("help/question/<str:token>/settled/", help_centre.SettledPage.as_view(), name="help_settled"),
    path("help/a/<str:code>/", help_centre.AnswerPage.as_view(), name="help_answer"),
    path("m/<slug:code>/deadlines/", clock.ClocksPage.as_view(), name="portal_clocks"),
    path("complain/", complain.ComplainPage.as_view(), name="complain"),
    path("complain/about/<slug:about>/", complain.ComplainPage.as_view(), name="complain_about"),
    path("complain/received/", complain.ReceivedPage.as_view(), name="complain_received"),
    path("complain/process/", complain.ProcessPage.as_view(), name="complain_process"),
    path("complain/track/", track.FindPage.as_view(), name="complain_find"),
    path("complain/track/mine/", track.TrackPage.as_view(), name="complain_track"),
    path("complain/track/mine/<slug:verb>/", track.TrackVerbPage.as_view(), name="complain_verb"),
    path("m/<slug:code>/complaints/", complaints.ComplaintsPage.as_view(), name="portal_complaints"),
    path("m/<slug:code>/complaints/<int:pk>/", complaints.ComplaintPage.as_view(), name="portal_complaint"),
    path("", include("aftersales.portal.returns_urls")),
]
