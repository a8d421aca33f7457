"""What the resources of a streamer's papers share: a file comes in with the row."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.viewsets import RecordViewSet, Verb
from streamers.actions import credential as credential_actions

PAPER_FIELDS = ["number", "issuer", "valid_from", "valid_to", "long_term"]
PROOF_FIELDS = ["file_sha256", "verified_on", "ended_on"]
VERIFY = Verb("verify", credential_actions.verify)
WITHDRAW = Verb("withdraw", credential_actions.withdraw)


def file_field():
    """A file that is sent along as multipart form data."""
    return serializers.FileField(write_only=True, required=False, allow_empty_file=True)


class CredentialViewSet(RecordViewSet):
    """Papers that come and change with their file."""

    ordering_fields = ["valid_from", "updated_at"]
    verbs = [VERIFY, WITHDRAW]

    def add(self, values):
        file = values.pop("file", None)
        made = self.queryset.model(**values)
        return credential_actions.add(made, file, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        file = values.pop("file", None)
        for name, value in values.items():
            setattr(obj, name, value)
        return credential_actions.change(obj, file, by=self.request.user, at=clock.now())


class AddedViewSet(RecordViewSet):
    """Rows that are added and then only moved by verbs."""

    http_method_names = ["get", "post", "head", "options"]
    actions = None

    def add(self, values):
        given = {"file": values.pop("file")} if "file" in values else {}
        return self.actions.add(self.queryset.model(**values), **given, by=self.request.user, at=clock.now())
