"""What every page knows without being told by its view."""

from mcn.unfold import PRODUCT_NAME, PRODUCT_SUBJECT


def product(request):
    """The product's name and subject, for titles, headers and footers."""
    return {"PRODUCT_NAME": PRODUCT_NAME, "PRODUCT_SUBJECT": PRODUCT_SUBJECT}
