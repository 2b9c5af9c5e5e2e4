"""How gunicorn serves AtOdds: its configuration file, and the hooks that say so. Standard library only."""

import gc
import os
from pathlib import Path

bind = os.environ.get("ATODDS_BIND", "127.0.0.1:8000")
wsgi_app = "project.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # one start of Django instead of one for each worker
graceful_timeout = 10
loglevel = "warning"
accesslog = None
control_socket_disable = True  # it would lie in the home directory
if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):  # noqa: S108  (gunicorn unlinks its file at once)
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: object) -> None:
    """Say where it serves, once the port listens; leave what is loaded by then out of garbage collection.

    The workers, which are forked after this, would otherwise walk over all of it again and again, and so come to own
    a copy each.
    """
    gc.collect()
    gc.freeze()
    print(f"AtOdds serves at {os.environ.get('ATODDS_ADDRESS', bind)} (Ctrl-C stops it)", flush=True)


def on_exit(server: object) -> None:
    print("AtOdds has stopped", flush=True)
