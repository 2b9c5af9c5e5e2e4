"""The first pass: every line of a file against its shape, its meaning, and what the installation holds."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from annotations.codebook.models import CodebookVersion
from annotations.codebook.stored import scheme_of
from annotations.exchange.dataset.faults import DatasetInvalid, Faults
from annotations.exchange.dataset.lines import Line, Trailer, checked_lines
from annotations.exchange.dataset.meaning import MEANINGS
from annotations.exchange.dataset.presence import Presence
from annotations.exchange.dataset.state import Awaited, State
from annotations.exchange.dataset.texts import TextFolder, Texts
from annotations.exchange.dataset.types import KNOWN, SHAPES
from annotations.studies.models import Study

NUMEROUS: Final = frozenset({"mention", "statement", "verdict"})
"""Of these a file may hold so many that their ids are kept as bytes."""


@dataclass
class Checked:
    """What the second pass needs to know; nothing of it grows with the statements."""

    study: dict[str, Any]
    counts: dict[str, int]
    folder: TextFolder
    notes: list[str] = field(default_factory=list)
    codebooks: list[dict[str, Any]] = field(default_factory=list)


@lru_cache(200)
def _unknown(kind: str, keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if key not in KNOWN[kind]]


class _Check:
    def __init__(self, file: BinaryIO, folder: TextFolder, presence: Presence) -> None:
        default = CodebookVersion.objects.with_labels().get(study=None)
        self.file, self.presence, self.faults = file, presence, Faults()
        self.state = State(Texts(file, folder), scheme_of(default))
        self.checked = Checked({}, {}, folder)
        self.ids: dict[str, set[str]] = {}
        self.sealed = False
        self.parents: dict[str, str] = {}

    def run(self) -> Checked:
        trailer = Trailer()
        for line in checked_lines(self.file, self.faults, trailer):
            self.see(line)
        self.resolve()
        if not self.state.studies and not self.faults.n:
            self.faults.add(1, 1, "", "there is no study line; a file begins with one.")
        self.faults.refuse_if_any()
        self.refuse_missing_texts()
        self.presence.refuse_first()
        self.checked.counts = trailer.counts
        return self.checked

    def see(self, line: Line) -> None:
        shape = SHAPES[line.kind]
        if not shape.passes(line.record):
            self.faults.add_trouble(line.number, line.raw, shape.trouble(line.record))
            return
        self.note_unknown(line)
        if line.kind == "verdict" and not self.sealed:
            self.seal()
        self.see_id(line)
        for trouble in MEANINGS[line.kind](self.state, line):
            self.faults.add_trouble(line.number, line.raw, trouble)
        if line.kind == "study":
            self.checked.study = line.record
        if line.kind == "codebook":
            self.checked.codebooks.append(line.record)
        self.presence.see(line)

    def note_unknown(self, line: Line) -> None:
        for key in _unknown(line.kind, tuple(line.record)):
            note = f"the key {key!r} of {line.kind} lines is not known here and was left out"
            if note not in self.checked.notes:
                self.checked.notes.append(note)

    def see_id(self, line: Line) -> None:
        uid, external = line.record["id"], line.record.get("external_id")
        if line.kind in NUMEROUS:
            into = self.state.sets.get(line.record.get("set", ""))
            self.state.register(line.kind).add(uid, line.number, into.number if into else 0)
        elif uid in (seen := self.ids.setdefault(line.kind, set())):
            self.faults.add_trouble(line.number, line.raw, (("id",), f"{uid} stands for two {line.kind}s."))
        else:
            seen.add(uid)
        within = line.record.get("set", "")
        if external is not None and not self.state.is_first(f"external {line.kind}", within, external):
            trouble = ("external_id",), f"{external!r} stands for two {line.kind}s."
            self.faults.add_trouble(line.number, line.raw, trouble)

    def seal(self) -> None:
        """All statements are read: from here on it can be asked which there are."""
        self.sealed = True
        for uid, number in self.state.register("statement").seal():
            self.faults.add(number, 1, "id", f"{uid} stands for two statements.")

    def resolve(self) -> None:
        """Look up the references that could point forward, and the ids that were kept as bytes."""
        if not self.sealed:
            self.seal()
        for kind in NUMEROUS - {"statement"}:
            for uid, number in self.state.register(kind).seal():
                self.faults.add(number, 1, "id", f"{uid} stands for two {kind}s.")
        for one in self.state.awaited:
            if what := self.lost(one):
                self.file.seek(one.offset)
                self.faults.add_trouble(one.line, self.file.readline(), (one.path, what))

    def lost(self, one: Awaited) -> str | None:
        """Return what is wrong with a reference, now that everything it may lead to is known."""
        if not self.state.knows(one.kind, one.uid):
            return f"there is no {one.kind} {one.uid} in this file."
        if one.path == ("revision_of",):
            return self.lost_revision(one)
        if one.path != ("parent",):
            return None
        statements = self.state.register("statement")
        if statements.find(one.uid) != statements.find(one.by):
            return "stands in another set; a statement is nested in one of its own set."
        self.parents[one.by] = one.uid
        above: str | None = one.uid
        while above is not None and above != one.by:
            above = self.parents.get(above)
        if above is None:
            return None
        del self.parents[one.by]  # so that no later walk goes in circles
        return "a statement cannot be nested in itself."

    def lost_revision(self, one: Awaited) -> str | None:
        above: str | None = one.uid
        while above is not None and above != one.by:
            above = self.state.earlier.get(above)
        if above is None:
            return None
        del self.state.earlier[one.by]  # so that no later walk goes in circles
        return "an article cannot be an earlier revision of itself."

    def refuse_missing_texts(self) -> None:
        missing = self.state.without_text
        if missing:
            listed, more = (
                "\n".join(missing[:20]),
                f"\n... and {len(missing) - 20} more" if missing[20:] else "",
            )
            raise DatasetInvalid(
                f"The file carries no text of {len(missing)} of its articles, and no text with that SHA-256 was given"
                " beside it; the command import_dataset takes a folder of them with --texts:"
                f"\n{listed}{more}"
            )


def check_file(file: BinaryIO, *, texts: Path | None, presence: Presence) -> Checked:
    """Check a whole file; raise an error that lists the first faults, or says which ids are here already."""
    file.seek(0)
    return _Check(file, TextFolder(texts), presence).run()


def target_is_empty(study: Study) -> bool:
    """Tell whether a study holds nothing yet, so that a file may make it what it was elsewhere."""
    rows = (study.articles, study.speakers, study.issues, study.claims, study.authors, study.codebooks)
    return not any(manager.exists() for manager in rows)
