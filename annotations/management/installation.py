"""What a start does before it serves: backup, tables, static files, the first user, the demo study.

Each step finds out by itself whether there is something to do, so that a second start does nothing.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from annotations.accounts.actions import add_user, random_password, set_password
from annotations.accounts.models import User
from annotations.audit.actions import all_or_nothing, forget_old_keys
from annotations.errors import Invalid
from annotations.exchange.actions import import_gold
from annotations.retention.actions import purge_overdue
from annotations.studies.models import Study


def bring_tables_up_to_date() -> str | None:
    """Migrate, after a backup where a SQLite file holds something; return what was done."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return None
    kept = back_up() if executor.loader.applied_migrations else None
    call_command("migrate", interactive=False, verbosity=0)
    done = f"Brought the database up to date ({len(plan)} migrations)"
    return f"{done}, after a backup to {kept}" if kept else done


def back_up() -> Path | None:
    """Copy the SQLite file as one consistent whole, write-ahead log included; PostgreSQL has its own tools."""
    if connection.vendor != "sqlite":
        return None
    folder: Path = settings.DATA_DIR / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.sqlite3"
    draft = kept.with_suffix(".part")
    draft.touch(mode=0o600)
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as live,
        closing(sqlite3.connect(draft)) as copy,
    ):
        live.backup(copy)
    draft.rename(kept)
    return kept


def empty_bins() -> str | None:
    """Purge what has lain in a bin for too long, and forget answers that nobody asks for again."""
    forget_old_keys()
    purged = purge_overdue()
    return f"Purged {purged} from bins (ATODDS_BIN_DAYS is {settings.BIN_DAYS})" if purged else None


def collect_static_files() -> str | None:
    """Lay out the static files anew when they, the packages that bring some, or how they are joined have changed."""
    laid_out: Path = settings.STATIC_ROOT
    stamp = laid_out.with_name(f"{laid_out.name}.sha256")
    found = fingerprint_of_static_files()
    if stamp.is_file() and stamp.read_text() == found and laid_out.is_dir():
        return None
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found)
    return "Laid out the static files"


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for source in ("requirements.lock", "project/statics.py"):
        digest.update((settings.BASE_DIR / source).read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load_demo(by: User) -> str | None:
    """Load the two invented articles with their annotation, unless there is a study under that address."""
    if Study.objects.filter(slug="demo").exists():
        return None
    folder = settings.BASE_DIR / "annotations" / "demo"
    done = import_gold(
        raw=(folder / "demo_gold.json").read_bytes(),
        texts=folder,
        slug="demo",
        name="Korrin Dam flood (demo)",
        text_may_leave=True,
        by=by,
    )
    return (
        f"Loaded the demo study ({done.counts['articles']} articles, {done.counts['statements']} statements)"
    )


def first_user() -> tuple[User, str]:
    """Return a superuser and the sentence that says how to sign in, making one where there is none."""
    known = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if known:
        return known, (
            f"Sign in as {known.username} with the password of the first start "
            f"(`python3 manage.py reset_password {known.username}` gives a new one)"
        )
    name = os.environ.get("ATODDS_ADMIN_USER", "").strip() or "admin"
    chosen = os.environ.get("ATODDS_ADMIN_PASSWORD", "")
    if not chosen:
        password = random_password()
        user = add_user(username=name, password=password, superuser=True, by=None)
        return user, f"Sign in as {name}, password {password} (printed only this once)"
    weakness = weakness_of(chosen, name)
    if weakness and settings.SERVER:
        raise Invalid(f"ATODDS_ADMIN_PASSWORD is too weak for a server: {weakness} Choose another.")

    def make() -> User:
        made = add_user(username=name, superuser=True, by=None)
        return set_password(user=made, password=chosen, by=None)

    warning = f". Warning: {weakness}" if weakness else ""
    return all_or_nothing(make), f"Sign in as {name}, the password of ATODDS_ADMIN_PASSWORD{warning}"


def weakness_of(password: str, username: str) -> str:
    """Return what is wrong with a password, or ""; on one's own machine that is one's own affair."""
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
