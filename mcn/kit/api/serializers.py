"""What the API takes and gives: fields parse, the model judges, so that every door gives the same answer."""

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from mcn.kit.api.wire import plain
from mcn.kit.moves import may
from mcn.kit.privacy import EncryptedField, mask

UNSTORABLE = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)


class Parsing:
    """A field that only parses; lengths, ranges and choices stand in the schema, ``full_clean`` judges."""

    def run_validators(self, value):
        """Only what no column can hold is refused here; the rest the model says, in every door's words."""
        for validator in self.validators:
            if isinstance(validator, UNSTORABLE):
                validator(value)


class ChoiceField(Parsing, serializers.ChoiceField):
    """A code of the model's choices."""

    def to_internal_value(self, data):
        return self.choice_strings_to_values.get(str(data), data)


class DecimalField(Parsing, serializers.DecimalField):
    """An exact number, as text."""

    def validate_precision(self, value):
        return value

    def quantize(self, value):
        return value


class MaskedField(Parsing, serializers.CharField):
    """Personal data: shown masked, taken in clear; the mask sent back changes nothing."""

    def to_representation(self, value):
        return mask(value)

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        stored = getattr(self.parent.instance, self.source, None)
        return stored if stored and value == mask(stored) else value


class VisibleRelatedField(serializers.PrimaryKeyRelatedField):
    """The id of another row, which has to be one that the person may know of."""

    def get_queryset(self):
        queryset = super().get_queryset()
        return (
            queryset.visible_to(self.context["request"].user) if hasattr(queryset, "visible_to") else queryset
        )


class Strict:
    """Refuses unknown fields, and changes of read-only ones and, once the row is made, of ``Meta.fixed``."""

    def to_internal_value(self, data):
        if isinstance(data, dict) and (refused := self._refused(data)):
            raise serializers.ValidationError(refused)
        return super().to_internal_value(data)

    def _refused(self, data):
        refused = {name: [_("There is no such field.")] for name in data if name not in self.fields}
        settled = getattr(getattr(self, "Meta", None), "fixed", []) if self.instance is not None else []
        sent = [
            name for name in data if name in settled or (name in self.fields and self.fields[name].read_only)
        ]
        stands = plain(self.to_representation(self.instance)) if sent and self.instance is not None else {}
        different = [name for name in sent if name not in stands or data[name] != stands[name]]
        return refused | {name: [_("This cannot be set here.")] for name in different}


class Input(Strict, serializers.Serializer):
    """What a verb takes beside the row."""


class NoteInput(Input):
    """What most verbs take: a note that goes into the audit trail."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=2_000)


class ReasonInput(Input):
    """For verbs that somebody will ask about: the note is a must."""

    note = serializers.CharField(max_length=2_000)


class ChildSerializer(Strict, serializers.ModelSerializer):
    """A row inside another's answer; ``Meta.only`` is the filter of those that lists show."""

    serializer_choice_field = ChoiceField
    serializer_related_field = VisibleRelatedField
    serializer_field_mapping = {
        **{
            kind: type(field.__name__, (Parsing, field), {})
            for kind, field in serializers.ModelSerializer.serializer_field_mapping.items()
        },
        serializers.models.DecimalField: DecimalField,
        EncryptedField: MaskedField,
    }

    def build_standard_field(self, field_name, model_field):
        kind, options = super().build_standard_field(field_name, model_field)
        said = {code: model_field.error_messages[code] for code in ("blank", "null")}
        return kind, {**options, "error_messages": said}

    def get_extra_kwargs(self):
        return {**super().get_extra_kwargs(), "state": {"read_only": True}}

    def get_validators(self):
        return []

    def get_uniqueness_extra_kwargs(self, field_names, declared_fields, extra_kwargs):
        return extra_kwargs, {}


class RecordSerializer(ChildSerializer):
    """A row as the API shows and takes it, with its version and what this person may do with it next."""

    open_moves = serializers.SerializerMethodField()

    def get_field_names(self, declared_fields, info):
        moves = ["open_moves"] if hasattr(self.Meta.model, "MOVES") else []
        return [*super().get_field_names(declared_fields, info), "version", *moves]

    def get_open_moves(self, obj) -> list[str]:
        user = self.context["request"].user
        return [verb for verb in obj.MOVES.leaving(obj.state) if may(user, verb, obj)]
