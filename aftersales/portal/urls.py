"""The addresses of after-sales under ``/portal/``."""

from django.urls import include, path

from aftersales.portal import (
    clock,
    complain,
    complaint,
    feedback,
    merchant_desk,
    merchant_promise,
    order,
    order_service,
    review,
    score,
    track,
)
from aftersales.portal import help as help_centre

urlpatterns = [
    path("m/<slug:code>/score/", score.ScorePage.as_view(), name="portal_score"),
    path("m/<slug:code>/orders/", order.OrdersPage.as_view(), name="portal_orders"),
    path("m/<slug:code>/orders/<int:pk>/", order.OrderPage.as_view(), name="portal_order"),
    path("m/<slug:code>/orders/<int:pk>/ship/", order.ShipPage.as_view(), name="portal_order_ship"),
    path(
        "m/<slug:code>/orders/<int:pk>/proof/<int:parcel>/",
        order.ProvePage.as_view(),
        name="portal_order_prove",
    ),
    path(
        "m/<slug:code>/orders/<int:pk>/alerts/<int:alert>/",
        order.SettlePage.as_view(),
        name="portal_order_settle",
    ),
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
    path("m/<slug:code>/complaints/", complaint.ComplaintsPage.as_view(), name="portal_complaints"),
    path("m/<slug:code>/complaints/<int:pk>/", complaint.ComplaintPage.as_view(), name="portal_complaint"),
    path("", include("aftersales.portal.returns_urls")),
    path("order/", order_service.EntryPage.as_view(), name="buyer_entry"),
    path("order/<str:token>/", order_service.OrderPage.as_view(), name="buyer_order"),
    path(
        "order/<str:token>/price/<int:pk>/", order_service.PriceClaimPage.as_view(), name="buyer_price_claim"
    ),
    path("order/<str:token>/invoice/", order_service.InvoicePage.as_view(), name="buyer_invoice"),
    path("order/<str:token>/invoice/file/", order_service.InvoiceFile.as_view(), name="buyer_invoice_file"),
    path("order/<str:token>/promise/", order_service.BreachPage.as_view(), name="buyer_breach"),
    path("promises/<str:code>/", order_service.PromisesPage.as_view(), name="promises_shown"),
    path("m/<str:code>/buyers/", merchant_desk.DeskPage.as_view(), name="portal_buyers"),
    path(
        "m/<str:code>/buyers/questions/<int:pk>/",
        merchant_desk.AnswerInquiryPage.as_view(),
        name="portal_buyer_question",
    ),
    path(
        "m/<str:code>/buyers/claims/<int:pk>/",
        merchant_desk.PayClaimPage.as_view(),
        name="portal_buyer_claim",
    ),
    path(
        "m/<str:code>/buyers/invoices/<int:pk>/",
        merchant_desk.IssueInvoicePage.as_view(),
        name="portal_buyer_invoice",
    ),
    path(
        "m/<str:code>/buyers/invoices/<int:pk>/red/",
        merchant_desk.RedLetterPage.as_view(),
        name="portal_buyer_red",
    ),
    path(
        "m/<str:code>/buyers/breaches/<int:pk>/",
        merchant_desk.CompensatePage.as_view(),
        name="portal_buyer_breach",
    ),
    path("m/<str:code>/promises/", merchant_promise.PromisesPage.as_view(), name="portal_promises"),
    path("m/<str:code>/promises/add/", merchant_promise.PromisePage.as_view(), name="portal_promise_add"),
    path("m/<str:code>/promises/<int:pk>/", merchant_promise.PromisePage.as_view(), name="portal_promise"),
    path(
        "m/<str:code>/promises/<int:pk>/submit/",
        merchant_promise.SubmitPage.as_view(),
        name="portal_promise_submit",
    ),
    path(
        "m/<str:code>/promises/<int:pk>/withdraw/",
        merchant_promise.WithdrawPage.as_view(),
        name="portal_promise_withdraw",
    ),
    path(
        "m/<str:code>/promises/<int:pk>/end/", merchant_promise.EndPage.as_view(), name="portal_promise_end"
    ),
    path("reviews/<str:token>/", feedback.ReviewPage.as_view(), name="review"),
    path("surveys/<str:token>/", feedback.SurveyPage.as_view(), name="survey"),
    path("feedback/received/", feedback.ReceivedPage.as_view(), name="feedback_received"),
    path("m/<slug:code>/reviews/", review.ReviewsPage.as_view(), name="portal_reviews"),
    path("m/<slug:code>/reviews/<int:pk>/", review.AnswerPage.as_view(), name="portal_review"),
    path("m/<slug:code>/practices/<int:pk>/", review.PracticePage.as_view(), name="portal_practice"),
]
