"""Addresses of the API that belong to no resource."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView


@extend_schema(exclude=True)
class NothingHere(APIView):
    """The answer under ``/api/`` where no resource is: in JSON, as all others."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404
