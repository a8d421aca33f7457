"""The addresses of returns and repairs: the buyers' own, and the merchants'."""

from django.urls import path

from aftersales.portal import return_request, returns_public

urlpatterns = [
    path("returns/", returns_public.FindPage.as_view(), name="returns"),
    path("returns/<str:token>/", returns_public.OrderPage.as_view(), name="returns_order"),
    path("returns/<str:token>/ask/<int:line>/", returns_public.AskPage.as_view(), name="returns_ask"),
    path("returns/<str:token>/<int:pk>/", returns_public.RequestPage.as_view(), name="returns_request"),
    path(
        "returns/<str:token>/<int:pk>/<slug:verb>/",
        returns_public.DoPage.as_view(),
        name="returns_request_do",
    ),
    path("m/<slug:code>/returns/", return_request.ReturnsPage.as_view(), name="portal_returns"),
    path("m/<slug:code>/returns/<int:pk>/", return_request.ReturnPage.as_view(), name="portal_return"),
    path(
        "m/<slug:code>/returns/<int:pk>/<slug:verb>/",
        return_request.DoPage.as_view(),
        name="portal_return_do",
    ),
    path("m/<slug:code>/repairs/<int:pk>/", return_request.RepairPage.as_view(), name="portal_repair"),
    path(
        "m/<slug:code>/repairs/<int:pk>/<slug:verb>/",
        return_request.DoPage.as_view(kind="repair"),
        name="portal_repair_do",
    ),
]
