"""SQLite as AtOdds opens it. Standard library only."""

import sqlite3
from typing import Any


class Connection(sqlite3.Connection):
    """A connection that knows case beyond ASCII, for the lookup `holds` of annotations.rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.create_function("holds", 2, holds, deterministic=True)


def holds(text: str | None, folded: str) -> bool:
    """Tell whether case-folded words stand in the text."""
    return text is not None and folded in text.casefold()
