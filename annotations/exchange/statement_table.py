"""The CSV table of statements: a row for each stance link, and one for a statement that has none.

Most of its many cells are those of a set, a speaker, a claim or a choice of labels, and stand in many rows: they are
written once. What is a row's own comes straight from the cursor.
"""

from collections.abc import Collection, Generator, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from annotations.claims.models import Claim, StanceLink
from annotations.codebook.models import Variable
from annotations.exchange.columns import AsText, PublicId, moment_of_text, parsed
from annotations.exchange.formats.csv_cells import KEPT, quoted, row_writer
from annotations.exchange.privacy import shown_speakers
from annotations.exchange.scope import Scope
from annotations.exchange.statement_rows import PARENT, Follower, Names, in_step, parents_kept, rows_of
from annotations.statements.models import Code
from annotations.workload.models import AnnotationSet

COLUMNS: Final = (
    "pk",
    PublicId("uid"),
    "external_id",
    "annotation_set",
    "created_by__pseudonym",
    "voice",
    "start",
    "end",
    "quotation",
    "speaker",
    "metonym",
    "collective",
    AsText("said_on"),
    PublicId("utterance__uid"),
    PARENT,
    PublicId("adopted_from"),
    "note",
    AsText("created_at"),
    AsText("updated_at"),
    "version",
)
SET_AT: Final = COLUMNS.index("annotation_set")
PARENT_AT: Final = COLUMNS.index(PARENT)
BEFORE_CODES: Final = (
    "statement", "external_id", "article", "article_external_id", "article_title", "outlet", "outlet_name",
    "published_on", "set", "set_kind", "set_author", "coder", "voice", "start", "end", "quotation", "speaker",
    "speaker_name", "speaker_type", "metonym", "collective",
)  # fmt: skip
AFTER_CODES: Final = (
    "said_from", "said_to", "said_precision", "said_anchored", "utterance", "parent", "adopted_from", "note",
    "created_at", "updated_at", "version", "claim", "claim_external_id", "claim_text", "claim_kind", "issue",
    "issue_name", "stance", "commitment", "explicit", "presupposed", "label", "value_op", "value_number",
    "value_number_high", "value_as_written", "stance_note",
)  # fmt: skip
STANCE: Final = (
    "claim_id", "stance", "commitment", "explicit", "presupposed", "label", AsText("value"), "note",
)  # fmt: skip
NO_STANCE: Final = "," * (len(AFTER_CODES) - AFTER_CODES.index("claim") - 1)
SHOWN: Final = {True: "true", False: "false"}


def statement_header(scope: Scope) -> list[str]:
    """A variable of the study's own that is called like one of our columns gets `code_` in front."""
    taken = {*BEFORE_CODES, *AFTER_CODES}
    codes = [f"code_{slug}" if slug in taken else slug for slug in _variables(scope)]
    return [*BEFORE_CODES, *codes, *AFTER_CODES]


def _variables(scope: Scope) -> list[str]:
    """Return the variables of statements in all codebooks concerned, each once, in their order."""
    books = scope.codebooks().order_by().values("pk")
    rows = Variable.objects.using(scope.using).filter(codebook__in=books, scope="statement")
    return list(dict.fromkeys(rows.order_by("order", "pk").values_list("slug", flat=True)))


def statement_lines(scope: Scope) -> Generator[str]:
    """Yield the rows as lines of CSV."""
    cells = _Cells(scope)
    codes = Follower(in_step(scope, Code.objects.using(scope.using), (), "label_id"), itemgetter(1))
    links = StanceLink.objects.using(scope.using)
    stances = Follower(in_step(scope, links, ("order", "pk"), *STANCE), cells.stance)
    for batch in rows_of(scope, COLUMNS):
        sets = cells.sets({row[SET_AT] for row in batch})
        parents = parents_kept(scope, (row[PARENT_AT] for row in batch))
        for row in batch:
            common = cells.statement(row, sets, tuple(codes.of(row[0])), parents)
            for stance in stances.of(row[0]) or [NO_STANCE]:
                yield f"{common},{stance}"
    codes.end()
    stances.end()


class _Cells:
    """Cells of a study, written once for all the rows in which they stand."""

    def __init__(self, scope: Scope) -> None:
        self._scope, self._variables, self._names = scope, _variables(scope), Names.read(scope)
        self._row = row_writer()
        self._shown = shown_speakers(scope)
        self._speakers = {pk: self._speaker(uid) for pk, uid in self._names.speakers.items()}
        self._claims = dict(self._of_claims())
        self._text = lru_cache(KEPT)(lambda words: quoted(words) if words else "")
        self._codes = lru_cache(KEPT)(self._written_codes)
        self._said = lru_cache(KEPT)(self._written_saying)
        self._value = lru_cache(KEPT)(self._written_value)

    def sets(self, keys: Collection[int]) -> Mapping[int, str]:
        """Return what is said of each of these sets and its article."""
        rows = AnnotationSet.objects.using(self._scope.using).filter(pk__in=keys)
        columns = rows.values_list(
            "pk", PublicId("article__uid"), "article__external_id", "article__title", PublicId("article__outlet__uid"),
            "article__published_on", PublicId("uid"), "kind", "author__pseudonym",
        )  # fmt: skip
        return {
            pk: self._row((*before, outlet, self._shown[outlet].name if outlet else None, *after))
            for (pk, *before), outlet, after in ((row[:4], row[4], row[5:]) for row in columns.iterator())
        }

    def statement(
        self, row: tuple[Any, ...], sets: Mapping[int, str], labels: tuple[int, ...], parents: Collection[str]
    ) -> str:
        (
            _, uid, external_id, into, coder, voice, start, end, quotation, speaker, metonym, collective, said_on,
            utterance, parent, adopted_from, note, created_at, updated_at, version,
        ) = row  # fmt: skip
        text = self._text
        return (
            f"{uid},{text(external_id)},{sets[into]},{text(coder)},{text(voice)},{start},{end},{quoted(quotation)}"
            f",{self._speakers[speaker] if speaker else ',,'},{SHOWN[metonym]},{SHOWN[collective]}"
            f"{self._codes(labels)},{self._said(said_on)},{utterance or ''},{parent if parent in parents else ''}"
            f",{adopted_from or ''},{text(note)},{moment_of_text(created_at)},{moment_of_text(updated_at)},{version}"
        )

    def stance(self, row: tuple[Any, ...]) -> str:
        _, claim, stance, commitment, explicit, presupposed, label, value, note = row
        text = self._text
        return (
            f"{self._claims[claim]},{text(stance)},{text(commitment)},{SHOWN[explicit]},{SHOWN[presupposed]}"
            f",{text(label)},{self._value(value)},{text(note)}"
        )

    def _speaker(self, uid: str) -> str:
        shown = self._shown[uid]
        return self._row((uid, shown.name, shown.type))

    def _of_claims(self) -> Iterator[tuple[int, str]]:
        """Yield id, external id, wording, kind and issue of every claim."""
        rows = Claim.objects.using(self._scope.using).within(self._scope.study_id)
        columns = rows.values_list(
            "pk", PublicId("uid"), "external_id", "text", "kind", PublicId("issue__uid"), "issue__name"
        )
        for pk, *values in columns.iterator():
            yield pk, self._row(values)

    def _written_codes(self, labels: tuple[int, ...]) -> str:
        """Return the cells of the variables, each with its comma in front."""
        found = dict(map(self._names.labels.__getitem__, labels))
        return "".join(f",{self._row([found.get(variable)])}" for variable in self._variables)

    def _written_saying(self, said_on: str | None) -> str:
        said = parsed(said_on) or {}
        return self._row([said.get(name) for name in ("from", "to", "precision", "anchored")])

    def _written_value(self, value: str | None) -> str:
        found = parsed(value) or {}
        return self._row([found.get(name) for name in ("op", "number", "number_high", "as_written")])
