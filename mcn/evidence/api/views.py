"""Files for programs."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from mcn.evidence.files import stream


class FileView(APIView):
    """One file of a document, under the name that its sender gave it."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request, pk):
        return stream(pk, request.user)

    def perform_content_negotiation(self, request, force=False):
        """A file is what it is, whatever the client says it accepts; refusals are JSON."""
        return super().perform_content_negotiation(request, force=True)
