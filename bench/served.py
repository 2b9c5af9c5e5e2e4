"""The project as gunicorn serves it, with the empty view beside it."""

from django.conf import settings

from project.wsgi import application

__all__ = ["application"]
settings.ROOT_URLCONF = "bench.urls"
