"""A made study as own JSONL, the same bytes for the same numbers: articles of about 600 words, 12 statements each.

    python3 -m bench.corpus --articles 10000 > corpus.jsonl

Texts hold curly quotes, accents, Cyrillic and emoji. Ids count upwards, so that lines are in the order of ids
without being held; nothing is random but a fixed shuffle of the words.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from annotations.corpus.text import n_words
from annotations.exchange.formats.jsonl import TYPES, to_jsonl

Record = dict[str, Any]
MOMENT = "2026-01-01T00:00:00.000000Z"
CODEBOOK = "6bc133c2-797e-5675-b484-282a1363d90e"
N_SPEAKERS, N_CLAIMS, N_OUTLETS, N_ISSUES = 400, 200, 40, 20
WORDS = [
    "river",
    "gate",
    "valley",
    "council",
    "water",
    "report",
    "engineer",
    "house",
    "bridge",
    "night",
    "flood",
    "minister",
    "answer",
    "question",
    "level",
    "mill",
    "keeper",
    "street",
    "family",
    "school",
    "rain",
    "morning",
    "village",
    "repair",
    "number",
    "promise",
    "boat",
    "field",
    "warning",
    "station",
    "café",
    "façade",
    "naïve",
    "jalapeño",
    "Ünlü",
    "Łódź",
    "река",
    "плотина",
    "министр",
    "вода",
    "ночь",
    "🌊",
    "🏠",
]
VERBS = ("said", "told reporters", "insisted", "denied", "wrote", "conceded")
STANCES = ("support", "oppose", "neutral", "mixed", "unclear")
SOURCES = ("official", "expert", "eyewitness", "organisation")


def uid(kind: str, n: int) -> str:
    """Return the n-th id of a kind; ids of one kind sort as they count."""
    return str(UUID(int=(0xBE00 + TYPES.index(kind)) << 112 | 4 << 76 | 2 << 62 | n))


def common(kind: str, n: int) -> Record:
    return {"id": uid(kind, n), "version": 1, "created_at": MOMENT, "updated_at": MOMENT}


def corpus(n_articles: int, *, per_article: int = 12, n_sentences: int = 36) -> Iterator[tuple[str, Record]]:
    """Yield the records in the order of the file; each article is made twice, and never held beside another."""
    yield (
        "study",
        {**common("study", 0), "name": f"Bench, {n_articles} articles", "mode": "shared", "archived": False},
    )
    yield "author", {"id": uid("author", 0), "pseudonym": "c01"}
    for n in range(N_ISSUES):
        yield "issue", {**common("issue", n), "external_id": None, "name": f"Issue {n}"}
    for n in range(N_SPEAKERS):
        yield "speaker", speaker(n)
    for n in range(N_CLAIMS):
        yield "claim", claim(n)
    for n in range(n_articles):
        yield "article", Text(n, per_article, n_sentences).article()
    for n in range(n_articles):
        yield (
            "set",
            {
                **common("set", n),
                "article": uid("article", n),
                "author": None,
                "codebook": CODEBOOK,
                "kind": "shared",
                "state": "open",
                "submitted_at": None,
            },
        )
    for n in range(n_articles):
        yield from Text(n, per_article, n_sentences).statements()


def speaker(n: int) -> Record:
    media = n < N_OUTLETS
    return {
        **common("speaker", n),
        "external_id": None,
        "name": f"The {WORDS[n % 30].title()} Courier {n}"
        if media
        else f"{WORDS[n % 30].title()} Speaker {n}",
        "speaker_type": "media" if media else "person",
        "role": "" if media else WORDS[n % 26],
        "aliases": [],
        "affiliation": None,
        "speaks_for": None,
        "members": [],
        "named": True,
        "private": False,
    }


def claim(n: int) -> Record:
    quantity = n % 4 == 0
    return {
        **common("claim", n),
        "external_id": None,
        "text": f"The {WORDS[n % 26]} was the {WORDS[(n + 7) % 26]} of case {n}.",
        "kind": "quantity" if quantity else "fact",
        "issue": uid("issue", n % N_ISSUES),
        "quantity": {"measure": WORDS[n % 26], "unit": "persons"} if quantity else None,
        "note": "",
    }


class Text:
    """One article and its statements: every third sentence is a quotation with source and cue."""

    def __init__(self, n: int, n_statements: int, n_sentences: int) -> None:
        self.n, self.n_statements = n, n_statements
        self.quoted: list[tuple[int, int, int, int, int, int, int]] = []
        random, parts, at = Random(n), [f"Headline {n} of the {WORDS[n % 26]}\n"], 0  # noqa: S311  (no secret)
        at = len(parts[0])
        every = max(n_sentences // n_statements, 1)
        for i in range(n_sentences):
            words = " ".join(random.choices(WORDS, k=16))
            if i % every == 0 and len(self.quoted) < n_statements:
                who = random.randrange(N_OUTLETS, N_SPEAKERS)
                name, verb = speaker(who)["name"], VERBS[who % len(VERBS)]
                quotation = f"“{words.capitalize()},”"
                start, source = at, at + len(quotation) + 1
                cue = source + len(name) + 1
                self.quoted.append(
                    (who, start, start + len(quotation), source, source + len(name), cue, cue + len(verb))
                )
                parts.append(f"{quotation} {name} {verb}.\n")
            else:
                parts.append(f"{words.capitalize()}.\n")
            at += len(parts[-1])
        self.text = "".join(parts)

    def article(self) -> Record:
        return {
            **common("article", self.n),
            "external_id": f"a{self.n}",
            "title": f"Headline {self.n} of the {WORDS[self.n % 26]}",
            "text": self.text,
            "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "length": len(self.text),
            "n_words": n_words(self.text),
            "furniture": [],
            "outlet": uid("speaker", self.n % N_OUTLETS),
            "author": "",
            "dateline": "",
            "url": "",
            "published_on": f"2025-{self.n % 12 + 1:02}-{self.n % 28 + 1:02}",
            "language": "en",
            "licence": {"name": "", "text_may_leave": True},
            "duplicate_allowed": False,
            "extractor": "",
            "created_by": "c01",
        }

    def statements(self) -> Iterator[tuple[str, Record]]:
        for i, place in enumerate(self.quoted):
            yield "statement", self._statement(i, place)

    def _statement(self, i: int, place: tuple[int, int, int, int, int, int, int]) -> Record:
        who, *offsets = place
        n = self.n * self.n_statements + i
        spans = [
            {
                "role": role,
                "start": offsets[2 * k],
                "end": offsets[2 * k + 1],
                "text": self.text[offsets[2 * k] : offsets[2 * k + 1]],
            }
            for k, role in enumerate(("content", "source", "cue"))
        ]
        outlet = uid("speaker", self.n % N_OUTLETS)
        hands = [(uid("speaker", who), "original"), (outlet, "publisher")]
        return {
            **common("statement", n),
            "external_id": None,
            "article": uid("article", self.n),
            "set": uid("set", self.n),
            "voice": "attributed",
            "spans": spans,
            "speaker": uid("speaker", who),
            "metonym": False,
            "collective": False,
            "utterance": None,
            "codes": {"quote_type": "direct", "source_type": SOURCES[who % 4]},
            "said_on": None,
            "chain": [
                {"speaker": hand, "role": role, "uncertain": False, "source": None, "cue": None}
                for hand, role in hands
            ],
            "parent": None,
            "restates": [],
            "replies_to": [],
            "flags": [],
            "note": "",
            "stances": [self._stance(n)],
            "adopted_from": None,
            "created_by": "c01",
        }

    @staticmethod
    def _stance(n: int) -> Record:
        about = n % N_CLAIMS
        number = {
            "op": ">=",
            "number": n % 500,
            "number_high": None,
            "as_written": f"at least {n % 500}",
            "span": None,
        }
        return {
            "claim": uid("claim", about),
            "stance": STANCES[n % 5],
            "commitment": "certain",
            "explicit": True,
            "presupposed": False,
            "label": None,
            "note": "",
            "value": number if about % 4 == 0 else None,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made study as own JSONL.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--per-article", type=int, default=12, help="statements of an article")
    parser.add_argument("--sentences", type=int, default=36, help="of an article, 16 words each")
    given = parser.parse_args()
    made = corpus(given.articles, per_article=given.per_article, n_sentences=given.sentences)
    for piece in to_jsonl(made):
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    main()
