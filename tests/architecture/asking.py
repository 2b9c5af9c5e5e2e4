"""Walk the URL conf, ask, and make two answers comparable."""

import hashlib
import json
import re

from django.apps import apps
from django.db import connection, transaction
from django.urls import get_resolver, reverse

SAFE = ("GET", "HEAD")
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*|("X-CSRFToken": ")[^"]*')


def all_urls(patterns=None, namespace="", prefix=""):
    """Walk the URL conf: (name, route, names of what the address holds) of every pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = pattern.namespace or namespace
            yield from all_urls(pattern.url_patterns, inner, route)
        else:
            name = pattern.name if namespace == "annotations" else f"{namespace}:{pattern.name}"
            yield name, route, re.findall(r"<(?:\w+:)?(\w+)>", route)


HOLDS = {name: holds for name, _, holds in all_urls()}


def is_api(name):
    return name.startswith("api:")


def address(name, ids):
    return reverse(name if is_api(name) else f"annotations:{name}", kwargs={n: ids[n] for n in HOLDS[name]})


def send(client, name, method, ids, body=None, *, query=None, **headers):
    """Ask with a form (pages) or JSON (API); things of the API are asked for in their first version.

    A stream is read to its end, for until then it holds a connection of its own.
    """
    headers = {"Origin": "https://evil.example", **headers}
    url = address(name, ids)
    options = {"query_params": query or {}, "headers": headers}
    if is_api(name):
        is_file = isinstance(body, bytes)
        raw = body if is_file else json.dumps(body).encode() if body else b""
        kind = "application/x-ndjson" if is_file else "application/json" if body else ""
        options["headers"] = {"If-Match": '"v1"', **headers} if method not in SAFE else headers
        response = client.generic(method, url, raw, content_type=kind, **options)
    elif method in SAFE:
        response = client.generic(method, url, **options)
    else:
        response = getattr(client, method.lower())(url, body or {}, **options)
    if response.streaming:
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def content_of(response):
    """The bytes of an answer, CSRF tokens apart."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return TOKENS.sub(b"", body)


def told(response, ids):
    """Status and bytes, with what the asker has sent taken out, so that two refusals can be compared."""
    body = content_of(response)
    for name, value in ids.items():
        body = body.replace(value.encode(), f"[{name}]".encode())
    return response.status_code, body


def undone(act):
    """Run `act` and take back what it wrote."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def fingerprint():
    """A digest of every row of every table of ours; only who signed in and which token was used last is left out."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_app_config("annotations").get_models(include_auto_created=True):
            columns = [
                field.column
                for field in model._meta.concrete_fields
                if field.name not in {"last_login", "used_on"}
            ]
            named = ", ".join(map(connection.ops.quote_name, columns))
            table, key = map(connection.ops.quote_name, (model._meta.db_table, model._meta.pk.column))
            cursor.execute(f"SELECT {named} FROM {table} ORDER BY {key}")  # noqa: S608  (names of our own models)
            digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()
