"""The addresses of products and their cards under ``/portal/``."""

from django.urls import path

from products.portal import card, card_kept, card_list, card_live, product, product_papers

PRODUCT = "m/<slug:code>/products/<int:pk>"

urlpatterns = [
    path("m/<slug:code>/products/", product.ProductsPage.as_view(), name="portal_products"),
    path("m/<slug:code>/products/add/", product.ProductFormPage.as_view(), name="portal_product_add"),
    path(f"{PRODUCT}/", product.ProductPage.as_view(), name="portal_product"),
    path(f"{PRODUCT}/edit/", product.ProductFormPage.as_view(), name="portal_product_edit"),
    path(f"{PRODUCT}/submit/", product.SubmitPage.as_view(), name="portal_product_submit"),
    path(f"{PRODUCT}/withdraw/", product.WithdrawPage.as_view(), name="portal_product_withdraw"),
    path(f"{PRODUCT}/papers/add/", product_papers.PaperPage.as_view(), name="portal_product_paper_add"),
    path(
        f"{PRODUCT}/papers/<int:paper_pk>/", product_papers.PaperPage.as_view(), name="portal_product_paper"
    ),
    path(
        f"{PRODUCT}/papers/<int:paper_pk>/withdraw/",
        product_papers.WithdrawPaperPage.as_view(),
        name="portal_product_paper_withdraw",
    ),
    path(
        f"{PRODUCT}/holds/<int:hold_pk>/appeal/",
        product_papers.AppealPage.as_view(),
        name="portal_product_appeal",
    ),
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
