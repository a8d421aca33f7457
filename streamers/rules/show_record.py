"""What goes into the frozen record of a show: all that it went on air with."""

from mcn.evidence.facts import canonical, documents_of, facts
from merchants.models import Agreement, Category, Merchant, MerchantCredential, MerchantVerification
from products.models import CardVersion, Product, ProductCredential, ProductVerification, SellingPoint, Sku
from streamers.models import (
    Contract,
    Design,
    EntityPaper,
    LikenessConsent,
    LiveEntity,
    Offer,
    PlatformAccount,
    Qualification,
    Room,
    RoomLease,
    RoomNotice,
    RunItem,
    Show,
    ShowCast,
    ShowRecord,
    Streamer,
    StreamerVerification,
    VirtualProfile,
    VirtualRight,
)

# What a merchant pays for its goods is nobody's business but its own.
LEAVE_OUT = ["cost_price"]


def content_of(show, findings, *, at):
    """The record as canonical JSON: each kind of row under its model's name, files by their hashes."""
    parts = belongings_of(show)
    _place_parts(show, parts)
    _goods_parts(parts)
    _streamer_parts(parts)
    return canonical(
        {
            "show": show.code,
            "frozen_at": at,
            "parts": {model._meta.label_lower: lines for model, lines in parts.items()},
            "documents": documents_of(parts),
            "findings": [finding.as_dict() for finding in findings],
        }
    )


def _put(parts, rows):
    parts[rows.model] = facts(rows, leave_out=LEAVE_OUT)


def belongings_of(show):
    """The show and whatever belongs to it, with what belongs to that: new nouns come in by themselves."""
    parts: dict = {}
    _put(parts, Show._base_manager.filter(pk=show.pk))
    waiting = [(model, {"show": show.pk}) for model in _pointing_at(Show)]
    while waiting:
        model, which = waiting.pop(0)
        if model in parts or model is ShowRecord:
            continue
        rows = model._base_manager.filter(**which)
        if any(field.name == "removed_at" for field in model._meta.concrete_fields):
            rows = rows.filter(removed_at=None)
        _put(parts, rows)
        ids = [line["id"] for line in parts[model]]
        waiting += [(part, {f"{key}__in": ids}) for part, key in _parts_of(model)]
    return parts


def _pointing_at(model):
    return [
        relation.related_model for relation in model._meta.related_objects if relation.field.name == "show"
    ]


def _parts_of(model):
    """The models whose rows belong to this one and to no show of their own, with their pointer to it."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == Show._meta.app_label
        and "show" not in {field.name for field in relation.related_model._meta.concrete_fields}
    ]


def _place_parts(show, parts):
    _put(parts, Room._base_manager.filter(pk=show.room_id))
    _put(parts, RoomLease._base_manager.filter(room=show.room_id, ended_on=None))
    _put(parts, RoomNotice._base_manager.filter(room=show.room_id))
    entities = [line["entity_id"] for line in parts[Room]]
    _put(parts, LiveEntity._base_manager.filter(pk__in=entities))
    _put(parts, EntityPaper._base_manager.filter(entity__in=entities, ended_on=None))


def _goods_parts(parts):
    products = [line["product_id"] for line in parts[RunItem]]
    cards = [line["card_version_id"] for line in parts[RunItem] if line["card_version_id"]]
    _put(parts, Product._base_manager.filter(pk__in=products))
    _put(parts, Category._base_manager.filter(products__in=products).distinct())
    _put(parts, Sku._base_manager.filter(pk__in=[line["sku_id"] for line in parts[Offer]]))
    _put(parts, ProductCredential._base_manager.filter(product__in=products, ended_on=None))
    _put(parts, ProductVerification._base_manager.filter(product__in=products, superseded_at=None))
    _put(parts, CardVersion._base_manager.filter(pk__in=cards))
    _put(parts, SellingPoint._base_manager.filter(card_version__in=cards, removed_at=None))
    merchants = {line["merchant_id"] for line in parts[Product]}
    _put(parts, Merchant._base_manager.filter(pk__in=merchants))
    _put(parts, MerchantCredential._base_manager.filter(merchant__in=merchants, ended_on=None))
    _put(parts, MerchantVerification._base_manager.filter(merchant__in=merchants, superseded_at=None))
    _put(parts, Agreement._base_manager.filter(merchant__in=merchants, state=Agreement.State.SIGNED))


def _streamer_parts(parts):
    streamers = [line["streamer_id"] for line in parts[ShowCast]]
    _put(parts, Streamer._base_manager.filter(pk__in=streamers))
    for model in (
        Qualification,
        Contract,
        PlatformAccount,
        Design,
        VirtualProfile,
        VirtualRight,
        LikenessConsent,
    ):
        _put(parts, model._base_manager.filter(streamer__in=streamers))
    _put(parts, StreamerVerification._base_manager.filter(streamer__in=streamers, superseded_at=None))
