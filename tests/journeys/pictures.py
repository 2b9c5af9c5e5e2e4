"""Pictures of pages: for looking in a temporary folder, and for the documentation where that is asked for."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

PUBLISH = bool(os.environ.get("ATODDS_SCREENSHOTS"))
PUBLISHED = settings.BASE_DIR / "docs" / "images"
REVIEW = Path(tempfile.gettempdir()) / "atodds-pictures"
MARGIN = 16


def take(page, name, *, publish=False, full_page=False, around=(), margin=MARGIN):
    """Save the page as `name`.png, or no more of it than the parts of it that it is to be `around`.

    With `publish` it goes into the documentation, if ATODDS_SCREENSHOTS is set.
    """
    folder = PUBLISHED if publish and PUBLISH else REVIEW
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    clip = box_around(page, around, margin) if around else None
    page.screenshot(path=path, full_page=full_page, clip=clip, animations="disabled", caret="initial")
    return path


def show(page, name, *around, margin=MARGIN):
    """Take a picture for the documentation, which must hold one of this name; return where it lies."""
    picture = take(page, name, publish=True, around=around, margin=margin)
    assert (PUBLISHED / picture.name).exists(), f"{name}: make it with ATODDS_SCREENSHOTS=1"
    return picture


def box_around(page, parts, margin):
    """The smallest box with all parts and a margin, no more than what the window shows."""
    boxes = [part.bounding_box() for part in parts]
    left = max(0, min(box["x"] for box in boxes) - margin)
    top = max(0, min(box["y"] for box in boxes) - margin)
    right = min(page.viewport_size["width"], max(box["x"] + box["width"] for box in boxes) + margin)
    bottom = min(page.viewport_size["height"], max(box["y"] + box["height"] for box in boxes) + margin)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
