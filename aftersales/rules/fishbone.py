"""The fishbone of a nonconformity: where on the drawing each bone and each possible cause stands."""

from dataclasses import dataclass, field

from aftersales.models import Cause

WIDTH, HEIGHT, SPINE = 1000, 460, 230
FIRST_JOINT, JOINTS_APART = 300, 245
LEAN, TIP = 120, 175
TWIG = 175
MOST_LETTERS = 13


@dataclass
class Twig:
    """One possible cause: a short line to its bone with the words above it."""

    x1: int
    x2: int
    y: int
    label: str
    title: str
    root: bool


@dataclass
class Bone:
    """One bone, from its tip with the name to its joint on the spine, with its twigs."""

    label: str
    tip_x: int
    tip_y: int
    joint_x: int
    twigs: list = field(default_factory=list)

    @property
    def label_y(self):
        """Where the bone's name stands: beyond the tip."""
        return self.tip_y - 10 if self.tip_y < SPINE else self.tip_y + 22


def fishbone(nonconformity, causes):
    """The bones of a nonconformity in the order of ``Cause.Bone``: three above the spine, three below."""
    bones = []
    for place, bone in enumerate(Cause.Bone):
        joint = FIRST_JOINT + place % 3 * JOINTS_APART
        side = -1 if place < 3 else 1
        drawn = Bone(str(bone.label), joint - LEAN, SPINE + side * TIP, joint)
        drawn.twigs = _twigs(drawn, [cause for cause in causes if cause.bone == bone], side)
        bones.append(drawn)
    return {"title": nonconformity.title, "width": WIDTH, "height": HEIGHT, "spine": SPINE, "bones": bones}


def _twigs(bone, causes, side):
    """Causes spread evenly along their bone, between its tip and its joint."""
    twigs = []
    for place, cause in enumerate(causes, 1):
        share = place / (len(causes) + 1)
        x = round(bone.tip_x + share * (bone.joint_x - bone.tip_x))
        y = round(bone.tip_y + share * (SPINE - bone.tip_y)) - side * 4
        label = cause.text if len(cause.text) <= MOST_LETTERS else f"{cause.text[: MOST_LETTERS - 1]}…"
        twigs.append(Twig(x - TWIG, x, y, label, cause.text, cause.is_root))
    return twigs
