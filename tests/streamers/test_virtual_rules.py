"""Virtual streamers: what must stand behind them, piece by piece; a person needs none of it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import credential as credential_actions
from streamers.actions import design as design_actions
from streamers.actions import likeness as likeness_actions
from streamers.actions import virtual as virtual_actions
from streamers.models import Design, LikenessConsent, VirtualProfile, VirtualRight
from streamers.rules.hosting import HOSTING
from streamers.rules.virtual import CHECKS
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.streamer_papers import (
    DesignFactory,
    LikenessConsentFactory,
    VirtualProfileFactory,
    VirtualRightFactory,
)
from tests.factories.streamers import StreamerFactory

ONE = datetime.timedelta(days=1)
CLAUSES = {check.clauses[0] for check in CHECKS}


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def colleague():
    return StaffFactory(role="compliance")


@pytest.fixture
def figure():
    return StreamerFactory(virtual=True)


def said(streamer, on=DAY):
    """What the rules of virtual streamers find."""
    return [row.message for row in HOSTING.inspect(streamer, on=on).blockers if row.clause in CLAUSES]


@pytest.mark.clause("DB4401 5.1.1 c", "DB4401 5.1.4.5", "DB4401 5.4.2.5", "LSEC 37")
def test_the_default_figure_may_host_and_a_person_is_asked_nothing(figure):
    assert HOSTING.inspect(figure, on=DAY).blockers == []
    assert said(StreamerFactory(persona=False)) == []


@pytest.mark.clause("DB4401 5.1.4.5", "DB4401 5.1.1 c", "DB4401 5.4.2.5", "LSEC 37", "DB4401 5.1.2.7")
def test_a_figure_with_nothing_behind_it_is_told_all_that_is_missing():
    bare = StreamerFactory(virtual=True, persona=False)

    assert said(bare) == [
        "未设置全程展示的屏幕标识。",
        "当日没有有效的虚拟形象使用权：请上传授权书或权利证明。",
        "形象：没有审批通过的设计。",
        "脚本：没有审批通过的设计。",
        "动作：没有审批通过的设计。",
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"technician_name": ""}, "未指定技术人员。"),
        ({"equipment": ""}, "未填写设备与网络配置。"),
        ({"likeness_of_a_person": None}, "肖像：请填写是否使用真人的。"),
        ({"voice_of_a_person": True}, "声音：请登记权利人并留存授权。"),
    ],
)
def test_each_thing_that_the_profile_leaves_open_blocks(figure, manager, values, message):
    profile = figure.virtual_profile
    for name, value in values.items():
        setattr(profile, name, value)

    virtual_actions.change(profile, by=manager, at=AT)

    assert said(figure) == [message]


def test_a_technician_of_our_own_will_do(figure, manager):
    profile = figure.virtual_profile
    profile.technician_name, profile.technician = "", manager
    virtual_actions.change(profile, by=manager, at=AT)

    assert said(figure) == []


def test_a_profile_without_a_label_is_refused(manager):
    bare = StreamerFactory(virtual=True, persona=False)
    with pytest.raises(ValidationError) as no:
        virtual_actions.add(VirtualProfile(streamer=bare, label=" "), by=manager, at=AT)
    assert "label" in no.value.message_dict


def test_a_person_gets_no_profile_and_no_design(manager):
    person = StreamerFactory()
    rows = [
        (virtual_actions.add, VirtualProfileFactory.build(streamer=person)),
        (likeness_actions.add, LikenessConsent(streamer=person, kind="voice", owner_name="赵", scope="配音")),
        (design_actions.add, DesignFactory.build(streamer=person, state="submitted")),
    ]
    for add, row in rows:
        with pytest.raises(ValidationError, match="仅适用于虚拟主播"):
            add(row, by=manager, at=AT)


@pytest.mark.clause("DB4401 5.1.1 c")
def test_the_right_to_the_image_counts_to_its_last_day_once_verified(manager, colleague):
    figure = StreamerFactory(virtual=True, persona=False)
    VirtualProfileFactory(streamer=figure)
    for part in Design.Part:
        DesignFactory(streamer=figure, part=part)
    right = VirtualRight(
        streamer=figure,
        holder="广州某某动漫有限公司",
        number="SQ-1",
        issuer="广东省版权局",
        valid_from=DAY,
        valid_to=DAY + ONE,
    )
    credential_actions.add(right, pdf(), by=manager, at=AT)
    assert said(figure) == [f"{right}尚未核验，或核验后有变更。"]
    with pytest.raises(Denied, match="同事"):
        credential_actions.verify(right, by=manager, at=AT)
    credential_actions.verify(right, by=colleague, at=AT)

    found = [said(figure, DAY + days * ONE) for days in (-1, 0, 1, 2)]

    missing = ["当日没有有效的虚拟形象使用权：请上传授权书或权利证明。"]
    assert found == [missing, [], [], missing]


def test_another_holder_must_be_verified_anew(figure, manager):
    right = figure.virtual_rights.get()
    right.holder = "另一公司"
    credential_actions.change(right, by=manager, at=AT)

    assert said(figure) == [f"{right}尚未核验，或核验后有变更。"]


@pytest.mark.clause("DB4401 5.1.4.5")
def test_the_owner_of_a_voice_consents_for_a_span_and_may_revoke(figure, manager):
    consent = LikenessConsent(streamer=figure, kind="voice", owner_name="赵小声", scope="直播配音")
    likeness_actions.add(consent, by=manager, at=AT)
    assert said(figure) == ["声音：未取得权利人授权。"]

    likeness_actions.give(consent, pdf(), valid_from=DAY, valid_to=DAY + ONE, by=manager, at=AT)
    assert [said(figure, DAY + days * ONE) for days in (-1, 0, 1, 2)] == [
        ["声音：权利人授权自 2026-03-16 起才生效。"],
        [],
        [],
        ["声音：权利人授权已于 2026-03-17 到期。"],
    ]

    likeness_actions.revoke(consent, by=manager, at=AT, note="本人来电撤回")
    assert consent.revoked_on == DAY
    assert said(figure) == ["声音：权利人已撤回授权；请停止使用，或重新取得授权。"]

    likeness_actions.drop(consent, by=manager, at=AT, note="已更换合成音色")
    assert said(figure) == []


def test_a_consent_needs_its_file_and_a_span(figure, manager):
    consent = LikenessConsentFactory(streamer=figure, state="declared")
    with pytest.raises(ValidationError, match="已签署的授权书"):
        likeness_actions.give(consent, None, valid_from=DAY, valid_to=DAY, by=manager, at=AT)
    with pytest.raises(ValidationError) as no:
        likeness_actions.give(consent, pdf(), valid_from=DAY, valid_to=DAY - ONE, by=manager, at=AT)
    assert "valid_to" in no.value.message_dict


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("give", "given"),
        ("give", "dropped"),
        ("revoke", "declared"),
        ("revoke", "revoked"),
        ("drop", "dropped"),
    ],
)
def test_a_consent_moves_only_from_the_right_state(figure, manager, verb, state):
    consent = LikenessConsentFactory(streamer=figure, state=state)
    given = {"file": pdf(), "valid_from": DAY, "valid_to": DAY} if verb == "give" else {}
    with pytest.raises(WrongState):
        getattr(likeness_actions, verb)(consent, **given, by=manager, at=AT)


@pytest.mark.clause("DB4401 5.4.2.5")
def test_a_design_is_approved_by_another_than_who_made_it(manager, colleague):
    figure = StreamerFactory(virtual=True, persona=False)
    VirtualProfileFactory(streamer=figure)
    VirtualRightFactory(streamer=figure)
    for part in (Design.Part.IMAGE, Design.Part.SCRIPT):
        DesignFactory(streamer=figure, part=part)
    design = Design(streamer=figure, part="movement", title="招手", description="双手挥动，不遮挡标识")
    design_actions.add(design, pdf(), by=manager, at=AT)
    assert said(figure) == ["动作：设计待审批。"]

    with pytest.raises(Denied, match="同事"):
        design_actions.approve(design, by=manager, at=AT)
    design_actions.approve(design, by=colleague, at=AT, note="合规")
    assert (design.decided_by, design.decided_on, said(figure)) == (colleague, DAY, [])

    design_actions.retire(design, by=manager, at=AT)
    assert said(figure) == ["动作：没有审批通过的设计。"]


def test_a_design_is_refused_with_the_reason(figure, manager, colleague):
    design = DesignFactory(streamer=figure, state="submitted", made_by=manager)
    with pytest.raises(ValidationError, match="需要修改"):
        design_actions.refuse(design, note=" ", by=colleague, at=AT)
    with pytest.raises(Denied):
        design_actions.refuse(design, note="动作不雅", by=manager, at=AT)
    design_actions.refuse(design, note="动作不雅", by=colleague, at=AT)
    assert (design.state, design.comment) == (Design.State.REFUSED, "动作不雅")


def test_a_right_without_a_file_is_refused(manager):
    figure = StreamerFactory(virtual=True)
    with pytest.raises(ValidationError, match="扫描件"):
        credential_actions.add(VirtualRightFactory.build(streamer=figure), None, by=manager, at=AT)
    with pytest.raises(Refused):
        credential_actions.withdraw(
            VirtualRightFactory(streamer=figure, ended_on=DAY), by=manager, at=AT, note="到期"
        )
