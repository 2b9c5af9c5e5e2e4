"""The application that a web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_wsgi_application()
resolve("/")  # loads every view now: once, not in each worker as it meets its first request
