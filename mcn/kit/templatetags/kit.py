"""What templates of every door share: the tone of a state, findings in groups, the product's name."""

from django import template
from django.utils.translation import gettext_lazy as _

from mcn.audit import verbs
from mcn.kit.privacy import mask
from mcn.unfold import PRODUCT_NAME

register = template.Library()

# A state's tone is its meaning for the reader: fine, waiting for somebody, in the way, for information.
TONES = {
    "good": "admitted approved verified passed pass signed accepted covered met valid done good present"
    " agreed cleared published answered",
    "info": "submitted received invited open uploaded previewing confirming running planned enrolled"
    " recorded",
    "warn": "returned suspended restricted appealed expiring stale due unverified missing unsigned unmatched"
    " previewed needs_evidence no_evidence behind soon attended paused",
    "bad": "refused declined failed expired banned revoked not_met bad overdue absent missed",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}

# The strictest first, as the standards' own words put it.
LEVELS = [
    ({"shall", "shall not"}, _("Must be mended first"), "bad"),
    ({"should"}, _("Should be mended"), "warn"),
    ({"may"}, _("For your information"), "info"),
]


@register.filter
def tone(state):
    """The badge class of a state; a state that nobody named is neutral."""
    return TONE_OF.get(str(state), "neutral")


@register.filter
def by_level(findings):
    """Findings in groups of heading, tone and rows, the strictest first, empty groups left out."""
    findings = list(findings or [])
    groups = [
        {"heading": heading, "tone": tone, "findings": [row for row in findings if row.level in levels]}
        for levels, heading, tone in LEVELS
    ]
    return [group for group in groups if group["findings"]]


@register.simple_tag
def product_name():
    """The product's name, also on pages drawn without a request."""
    return PRODUCT_NAME


@register.filter
def verb_label(entry):
    """The verb of an audit entry as people read it."""
    return verbs.label(entry.verb, entry.model)


@register.filter
def at(mapping, key):
    """The value of a mapping under a key that only the template knows."""
    return mapping.get(key)


@register.filter
def masked(value):
    """Personal data as it may be shown."""
    return mask(value)
