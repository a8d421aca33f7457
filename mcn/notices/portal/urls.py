"""The addresses of everybody's inbox under ``/portal/``."""

from django.urls import path

from mcn.notices.portal import views

urlpatterns = [
    path("inbox/", views.InboxPage.as_view(), name="inbox"),
    path("inbox/unread/", views.unread, name="inbox_unread"),
    path("inbox/read/", views.read_all, name="inbox_read_all"),
    path("inbox/wishes/", views.WishesPage.as_view(), name="inbox_wishes"),
    path("inbox/<int:pk>/", views.open_notice, name="inbox_notice"),
]
