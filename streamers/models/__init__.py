"""Streamers and what belongs to them."""

from streamers.models.ad_penalty import AdPenalty
from streamers.models.consent import CapacityRecord, Consent
from streamers.models.contract import Contract
from streamers.models.design import Design
from streamers.models.hold import StreamerHold
from streamers.models.invitation import StreamerInvitation
from streamers.models.likeness import LikenessConsent
from streamers.models.owned import OwnedQuerySet
from streamers.models.qualification import Qualification, QualificationReport, Specialism
from streamers.models.streamer import PlatformAccount, Streamer
from streamers.models.verification import StreamerVerification
from streamers.models.virtual import VirtualProfile, VirtualRight

__all__ = [
    "AdPenalty",
    "CapacityRecord",
    "Consent",
    "Contract",
    "Design",
    "LikenessConsent",
    "OwnedQuerySet",
    "PlatformAccount",
    "Qualification",
    "QualificationReport",
    "Specialism",
    "Streamer",
    "StreamerHold",
    "StreamerInvitation",
    "StreamerVerification",
    "VirtualProfile",
    "VirtualRight",
]
