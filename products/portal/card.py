"""The merchant's door to selling-point cards."""

from django.contrib.auth.decorators import login_required


@login_required
def form(request, pk):
    """The form of a card."""
