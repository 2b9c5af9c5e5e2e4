"""Pictures of pages: for looking in a temporary folder, and for the documentation where that is asked for."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

PUBLISH = bool(os.environ.get("ATODDS_SCREENSHOTS"))
PUBLISHED = settings.BASE_DIR / "docs" / "images"
REVIEW = Path(tempfile.gettempdir()) / "atodds-pictures"


def take(page, name, *, publish=False, full_page=False):
    """Save the page as `name`.png; with `publish` into the documentation, if ATODDS_SCREENSHOTS is set."""
    folder = PUBLISHED if publish and PUBLISH else REVIEW
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=full_page, animations="disabled", caret="initial")
    return path
