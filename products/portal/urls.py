"""The addresses of products and their cards under ``/portal/``."""

from django.urls import path

from products.portal import card, card_kept, card_list, card_live

urlpatterns = [
    path("m/<slug:code>/cards/", card_list.CardsPage.as_view(), name="portal_cards"),
    path("products/<int:pk>/card/", card_list.open_version, name="card_open"),
    path("cards/<int:pk>/", card.form, name="card"),
    path("cards/<int:pk>/save/", card_live.autosave, name="card_save"),
    path("cards/<int:pk>/scan/<slug:name>/", card_live.scan, name="card_scan"),
    path("cards/<int:pk>/points/<int:point_pk>/file/", card_live.evidence, name="card_evidence"),
    path("cards/<int:pk>/choose/", card_kept.choose, name="card_choose"),
    path("cards/<int:pk>/withdraw/", card_list.withdraw, name="card_withdraw"),
    path("cards/<int:pk>/versions/", card_list.versions, name="card_versions"),
    path("cards/<int:pk>/print/", card_list.print_page, name="card_print"),
    path("cards/<int:pk>/card.pdf", card_list.pdf, name="card_pdf"),
]
