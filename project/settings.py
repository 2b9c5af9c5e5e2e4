"""All settings, read from the environment; README and docs/administration.md say what each variable does.

Profile *local* (the default) serves one machine over http on loopback; profile *server* stands behind a
proxy that speaks https. DEBUG is off in both.
"""

import os
import re
import sys
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from project.sqlite import Connection

BASE_DIR = Path(__file__).resolve().parent.parent


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_flag(name: str, *, default: bool = False) -> bool:
    value = env_text(name).lower()
    if value not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0.")
    return value in {"1", "true", "yes"} if value else default


def env_list(name: str) -> list[str]:
    return [item.strip() for item in env_text(name).split(",") if item.strip()]


PROFILE = env_text("ATODDS_PROFILE", "local")
if PROFILE not in {"local", "server"}:
    raise ImproperlyConfigured(f"ATODDS_PROFILE is {PROFILE!r}; set it to local or server.")
SERVER = PROFILE == "server"
DATA_DIR = Path(env_text("ATODDS_DATA_DIR") or BASE_DIR / "var").resolve()


def secret_key() -> str:
    """Return the key from the environment, else from the file that `manage.py up` made."""
    key = env_text("ATODDS_SECRET_KEY")
    kept = DATA_DIR / "secret_key"
    if not key and kept.is_file():
        key = kept.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(
            "No secret key: run `python3 manage.py up` once, or set ATODDS_SECRET_KEY."
        )
    if len(key) < 50 or len(set(key)) < 10:
        raise ImproperlyConfigured("The secret key is too weak; use at least 50 random characters.")
    return key


SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = env_list("ATODDS_ALLOWED_HOSTS") or ([] if SERVER else ["127.0.0.1", "localhost", "[::1]"])
if SERVER and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("The server profile needs ATODDS_ALLOWED_HOSTS, the host names it answers to.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "annotations",
]

MIDDLEWARE = [
    "annotations.web.middleware.BehindProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # answers static files itself, with the headers of those above
    "annotations.api.errors.ProblemsOfApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.web.middleware.SignInRequired",
    "annotations.web.middleware.PrivatePages",
    "annotations.web.middleware.OneStep",
    "django.contrib.messages.middleware.MessageMiddleware",
    "annotations.web.middleware.Problems",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Return Django's settings for `DATABASE_URL`; empty means the SQLite file of the data directory."""
    if not url or url.startswith("sqlite:"):
        path = url.removeprefix("sqlite://").removeprefix("/") if url else ""
        return sqlite(Path("/" + path) if path else DATA_DIR / "atodds.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not re.fullmatch(r"/[\w.-]+", parts.path):
        raise ImproperlyConfigured(
            "DATABASE_URL must read postgres://USER:PASSWORD@HOST:PORT/NAME (or be empty)."
        )
    return postgresql(parts)


def sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "factory": Connection,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=2000;",
        },
        "CONN_MAX_AGE": 60,
    }


def postgresql(parts: SplitResult) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            # compiling a query anew for each connection took seconds where the query takes milliseconds
            "options": "-c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=30000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=60000 -c random_page_cost=1.1"
        },
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(env_text("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "figures")
}

AUTH_USER_MODEL = "annotations.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
LOGIN_URL = "annotations:sign-in"
LOGIN_REDIRECT_URL = "annotations:study-list"
LOGOUT_REDIRECT_URL = "annotations:sign-in"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SERVER else "atodds_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SERVER else "atodds_csrf"
CSRF_FAILURE_VIEW = "annotations.web.views.errors.csrf_failure"
SIGN_IN_FAILURES_ALLOWED = 5
SIGN_IN_WINDOW_SECONDS = 300

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVER
SECURE_SSL_REDIRECT = SERVER
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVER else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVER
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVER else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if SERVER else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

PROXIES = int(env_text("ATODDS_PROXIES", "0"))
"""How many proxies of one's own a request passes; each adds an address to `X-Forwarded-For`."""
BIN_DAYS = int(env_text("ATODDS_BIN_DAYS", "30"))
"""How long what was deleted can be taken back; 0 for ever."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
IMPORT_MAX_SIZE = int(env_text("ATODDS_IMPORT_MAX_MB", "1024")) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env_text("ATODDS_STATIC_DIR") or DATA_DIR / "static").resolve()
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our own pages alone use them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.statics.JoinedStaticFiles"},
}

EMAIL_HOST = env_text("ATODDS_EMAIL_HOST")
EMAIL_PORT = int(env_text("ATODDS_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env_text("ATODDS_EMAIL_USER")
EMAIL_HOST_PASSWORD = env_text("ATODDS_EMAIL_PASSWORD")
EMAIL_USE_TLS = env_flag("ATODDS_EMAIL_TLS")
DEFAULT_FROM_EMAIL = env_text("ATODDS_EMAIL_FROM", "atodds@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.TokenAuthentication",
        "annotations.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["annotations.api.permissions.SignedInWithScope"],
    "DEFAULT_RENDERER_CLASSES": ["annotations.api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.parsers.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "annotations.api.renderers.JsonAlways",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_CLASSES": ["annotations.api.throttles.UserThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env_text("ATODDS_API_RATE", "600/s")},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotations.api.errors.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "AtOdds",
    "DESCRIPTION": "Who said what, on whose word, and where the accounts conflict.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,  # the order of annotations/api/urls.py
    "POSTPROCESSING_HOOKS": ["annotations.api.openapi.finish"],
    "TAGS": [
        {"name": "studies", "description": "Workspaces; everything else belongs to one."},
        {"name": "members", "description": "Who takes part in a study, in which role."},
        {"name": "codebook", "description": "The variables and labels that codes are taken from."},
        {"name": "articles", "description": "Texts, stored exactly as sent, with what is known of them."},
        {"name": "sets", "description": "One article's statements by one author; in a shared study by all."},
        {"name": "statements", "description": "Who is made to say what, where, and how it bears on claims."},
        {"name": "speakers", "description": "Whoever statements are attributed to; outlets are among them."},
        {"name": "claims", "description": "Propositions, worded once for the study."},
        {"name": "issues", "description": "Topics that group claims."},
        {"name": "claim relations", "description": "How two claims stand to one another."},
        {"name": "export", "description": "The study as a file."},
    ],
}
API_DOCUMENT = "annotations.api.views.schema.document"
"""Describes the API to the page “API reference”, since pages import nothing of the API."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
