"""Where the person who is signed in works, for the switch at the top of the portal."""

from django import template

from mcn.accounts.backends import places_of

register = template.Library()


@register.simple_tag(takes_context=True)
def places(context):
    """The places of the person who looks at the page, each with its address."""
    return places_of(context["request"].user)
