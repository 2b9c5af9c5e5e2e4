#!/usr/bin/env python3
"""AtOdds from the command line: `up` serves, `verify` checks, everything else is Django's."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (whoever starts this has any Python)
    sys.exit("AtOdds needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031
if os.name != "posix":
    sys.exit("AtOdds runs on Linux and macOS; on Windows, inside WSL.")


def main() -> None:
    """Carry out one command."""
    from project.bootstrap import hand_over  # noqa: PLC0415  (an older Python must read this file to the line above)

    hand_over(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        run_django()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports it; whoever pressed Ctrl-C needs no traceback


def run_django() -> None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  (absent before `up`)
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))  # a variable of the environment; the settings say which
    except DatabaseError:
        if not lacks_migrations():
            raise
        sys.exit(
            "The database is older than this code: run `python3 manage.py up` first (or `up --setup-only`),"
            " which keeps a backup of a SQLite file; on a server of your own, `python3 manage.py migrate`."
        )


def lacks_migrations() -> bool:
    """Tell whether this code brings migrations that the database has not seen."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    main()
