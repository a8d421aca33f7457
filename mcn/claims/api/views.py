"""The claim scan for programs: scan a text, read and keep the terms."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from mcn.claims import actions, in_force
from mcn.claims.api.serializers import ScanInput, ScanSerializer, TermSerializer
from mcn.claims.categories import regime_of
from mcn.claims.filters import TermFilter
from mcn.claims.models import Term
from mcn.kit import clock
from mcn.kit.api.viewsets import RecordViewSet


class TermViewSet(RecordViewSet):
    """The terms; what is saved here counts from the next scan on."""

    queryset = Term.objects.all()
    serializer_class = TermSerializer
    filterset_class = TermFilter
    ordering_fields = ["text", "severity"]

    def add(self, values):
        return actions.keep(Term(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return actions.keep(obj, by=self.request.user, at=clock.now())


class ScanView(APIView):
    """Scan one text; nothing of it is kept."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=ScanInput, responses=ScanSerializer)
    def post(self, request):
        given = ScanInput(data=request.data)
        given.is_valid(raise_exception=True)
        regime = regime_of(given.validated_data["category"])
        scan = in_force.scanner().scan(given.validated_data["text"], regime)
        hits = [hit.as_dict() for hit in scan.hits]
        return Response(
            {"outcome": scan.outcome.value, "version": scan.version, "regime": regime.value, "hits": hits}
        )
