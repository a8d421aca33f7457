"""The addresses of after-sales under ``/portal/``."""

from django.urls import path

from aftersales.portal import clock
from aftersales.portal import help as help_centre

urlpatterns = [
    path("help/", help_centre.HelpPage.as_view(), name="help"),
    path("help/ask/", help_centre.AskPage.as_view(), name="help_ask"),
    path("help/track/", help_centre.TrackPage.as_view(), name="help_track"),
    path("help/question/<str:token>/", help_centre.QuestionPage.as_view(), name="help_question"),
    path("help/question/<str:token>/settled/", help_centre.SettledPage.as_view(), name="help_settled"),
    path("help/a/<str:code>/", help_centre.AnswerPage.as_view(), name="help_answer"),
    path("m/<slug:code>/deadlines/", clock.ClocksPage.as_view(), name="portal_clocks"),
]
