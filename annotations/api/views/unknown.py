"""Addresses at which there is nothing."""

from django.http import Http404
from rest_framework.request import Request

from annotations.api.endpoint import Endpoint


class Nothing(Endpoint):
    """Answer 404 to everybody and every method; strangers too, for there is nothing to hide."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise Http404
