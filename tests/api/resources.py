"""The resources of the API as one table, for the tests that hold for all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import World

DATES = {"created_at", "updated_at", "version"}
KEPT = {"id", *DATES}


@dataclass(frozen=True)
class Resource:
    """`parent` and `one` give addresses in a world; `new` a body of a create, `changes` one of a PATCH.

    `keys` is the frozen list of what an answer tells, `row` the row of a world.
    """

    name: str
    parent: Callable[[World], str]
    keys: set[str]
    row: Callable[[World], Any]
    address: str = ""
    new: Callable[[World], dict] | None = None
    changes: dict = field(default_factory=dict)
    deletes: bool = False

    def one(self, world):
        return self.at(world, self.row(world).uid)

    def at(self, world, uid):
        return f"{self.address.format(slug=world.study.slug)}{uid}/"


def span(world, words="No gate"):
    start = world.article.text.index(words)
    return {"role": "content", "start": start, "end": start + len(words), "text": words}


ARTICLE_SUMMARY = KEPT | {
    "external_id", "title", "outlet", "author", "dateline", "url", "published_on", "language", "licence", "sha256",
    "revision_of", "revised_by",
    "length", "n_words", "extractor", "created_by", "web_url",
}  # fmt: skip
STATEMENT = KEPT | {
    "external_id", "article", "set", "voice", "spans", "speaker", "metonym", "collective", "utterance", "codes",
    "said_on", "chain", "parent", "restates", "replies_to", "flags", "note", "stances", "adopted_from", "created_by",
    "web_url",
}  # fmt: skip

RESOURCES = [
    Resource(
        name="member",
        parent=lambda world: f"/studies/{world.study.slug}/members/",
        address="/studies/{slug}/members/",
        keys=KEPT | {"user", "role"},
        row=lambda world: world.member,
        new=lambda world: {"user": "dora", "role": "annotator"},
        changes={"role": "viewer"},
        deletes=True,
    ),
    Resource(
        name="article",
        parent=lambda world: f"/studies/{world.study.slug}/articles/",
        address="/articles/",
        keys=ARTICLE_SUMMARY,
        row=lambda world: world.article,
        new=lambda world: {"text": "The miller spoke.\n", "title": "Miller"},
        changes={"title": "Another title"},
        deletes=True,
    ),
    Resource(
        name="statement",
        parent=lambda world: f"/articles/{world.article.uid}/statements/",
        address="/statements/",
        keys=STATEMENT,
        row=lambda world: world.statement,
        new=lambda world: {"spans": [span(world)]},
        changes={"note": "changed"},
        deletes=True,
    ),
    Resource(
        name="statement of a study",
        parent=lambda world: f"/studies/{world.study.slug}/statements/",
        address="/statements/",
        keys=STATEMENT,
        row=lambda world: world.statement,
        new=lambda world: {"article": str(world.article.uid), "spans": [span(world)]},
        changes={"metonym": True},
        deletes=True,
    ),
    Resource(
        name="set",
        parent=lambda world: f"/articles/{world.article.uid}/sets/",
        address="/sets/",
        keys=KEPT | {"article", "kind", "author", "codebook", "state", "submitted_at"},
        row=lambda world: world.set,
    ),
    Resource(
        name="speaker",
        parent=lambda world: f"/studies/{world.study.slug}/speakers/",
        address="/speakers/",
        keys=KEPT
        | {
            "external_id",
            "name",
            "type",
            "role",
            "aliases",
            "affiliation",
            "speaks_for",
            "affiliations",
            "members",
            "named",
            "private",
            "web_url",
        },
        row=lambda world: world.speaker,
        new=lambda world: {"name": "Ann Ott"},
        changes={"role": "keeper"},
    ),
    Resource(
        name="claim",
        parent=lambda world: f"/studies/{world.study.slug}/claims/",
        address="/claims/",
        keys=KEPT | {"external_id", "text", "kind", "issue", "quantity", "note", "web_url"},
        row=lambda world: world.claim,
        new=lambda world: {"text": "The river rose."},
        changes={"note": "changed"},
    ),
    Resource(
        name="issue",
        parent=lambda world: f"/studies/{world.study.slug}/issues/",
        address="/issues/",
        keys=KEPT | {"external_id", "name"},
        row=lambda world: world.issue,
        new=lambda world: {"name": "Warnings"},
        changes={"name": "Alarms"},
        deletes=True,
    ),
    Resource(
        name="claim relation",
        parent=lambda world: f"/studies/{world.study.slug}/claim-relations/",
        address="/claim-relations/",
        keys=KEPT | {"a", "b", "relation"},
        row=lambda world: world.relation,
        new=lambda world: {
            "a": str(world.relation.b.uid),
            "b": str(world.relation.a.uid),
            "relation": "contrary",
        },
        changes={"relation": "entails"},
        deletes=True,
    ),
]


def named(resources):
    return {"argvalues": resources, "ids": [resource.name for resource in resources]}


READABLE = named(RESOURCES)
CREATED = named([resource for resource in RESOURCES if resource.new])
CHANGED = named([resource for resource in RESOURCES if resource.changes])
DELETED = named([resource for resource in RESOURCES if resource.deletes])
