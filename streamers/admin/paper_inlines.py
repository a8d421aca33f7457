"""A streamer's papers on their page: a person's qualifications, and what stands behind a virtual one."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from streamers.admin.inlines import ReadInline
from streamers.models import Design, LikenessConsent, Qualification, Specialism, VirtualProfile, VirtualRight


class SpecialismInline(ReadInline):
    """The fields in which the streamer works."""

    model = Specialism
    fields = ["field", "ended_on"]


class CredentialInline(ReadInline):
    """Papers that are verified."""

    @admin.display(description=_("verified"), boolean=True)
    def verified(self, paper):
        return paper.is_verified


class QualificationInline(CredentialInline):
    """The licences to practise."""

    model = Qualification
    fields = ["field", "name", "number", "valid_from", "valid_to", "long_term", "verified", "ended_on"]
    readonly_fields = ["verified"]


class VirtualProfileInline(ReadInline):
    """What viewers are told, and who runs the figure."""

    model = VirtualProfile
    fields = ["label", "technician", "technician_name", "likeness_of_a_person", "voice_of_a_person"]
    related = ["technician"]


class VirtualRightInline(CredentialInline):
    """The rights to the image."""

    model = VirtualRight
    fields = ["basis", "holder", "number", "valid_from", "valid_to", "long_term", "verified", "ended_on"]
    readonly_fields = ["verified"]


class LikenessConsentInline(ReadInline):
    """Whose likeness or voice is used; who it is stands masked on the row's own page."""

    model = LikenessConsent
    fields = ["kind", "state", "valid_from", "valid_to", "revoked_on"]


class DesignInline(ReadInline):
    """The designs and who decided on them."""

    model = Design
    fields = ["part", "title", "state", "made_by", "decided_by", "decided_on"]
    related = ["made_by", "decided_by"]


PERSONS = [SpecialismInline, QualificationInline]
VIRTUAL = [VirtualProfileInline, VirtualRightInline, LikenessConsentInline, DesignInline]
