"""Who may ask what: one row for each URL name, `method -> Ask`. The guard that reads it is `test_urls.py`.

A URL without a row fails there. To add one, write its name (`api:...` for the API), the methods it answers,
for each method who may use it, and a body with which it succeeds. Ids come from the world of `desk.py`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.corpus.models import Article
from annotations.exchange.exporter import export_jsonl
from annotations.exchange.formats.jsonl import to_jsonl
from tests.architecture.desk import Desk, place

ANYONE = frozenset(
    {
        "anonymous",
        "deactivated",
        "loner",
        "outsider",
        "administrator",
        "viewer",
        "annotator",
        "adjudicator",
        "manager",
    }
)
USERS = ANYONE - {"anonymous", "deactivated"}
MEMBERS = frozenset({"viewer", "annotator", "adjudicator", "manager"})
ANNOTATORS = MEMBERS - {"viewer"}
MANAGERS = frozenset({"manager"})
ADMINISTRATORS = frozenset({"administrator"})
"""Of the installation; of studies they are no members."""


@dataclass(frozen=True)
class Ask:
    """One method of one URL: who may use it, and with what it succeeds in the world of a `Desk`.

    `ids` replaces ids of the address, `given` brings the world into the state that the act needs, `binned`
    says that the act is for things in the bin, `hidden` that whoever may not do it is told of nothing there.
    """

    who: frozenset[str]
    body: Callable[[Desk], Any] = lambda desk: {}
    query: Callable[[Desk], Mapping[str, str]] = lambda desk: {}
    ids: Callable[[Desk], Mapping[str, str]] = lambda desk: {}
    given: Callable[[Desk], None] = lambda desk: None
    binned: bool = False
    hidden: bool = False


Row = Mapping[str, Ask]


def pick(who, **query) -> Row:
    """A page that is only read."""
    return {"GET": Ask(who, query=lambda desk: query)}


def version(desk):
    return {"version": "1"}


def of_statement(desk):
    return {"statement": str(desk.statement.uid)}


def new_claim(desk):
    return {**of_statement(desk), "text": "The river rose.", "kind": "fact"}


def edited_claim(desk):
    return {**version(desk), "text": "The river rose.", "kind": "fact", "issue": "Gates"}


def new_speaker(desk):
    return {**of_statement(desk), **version(desk), "name": "Ann Ott", "type": "person"}


def edited_speaker(desk):
    return {**version(desk), "name": "Ann Ott", "type": "person", "affiliation": "Menovar Voice"}


def stance(desk):
    return {**version(desk), "claim": str(desk.claim.uid), "stance": "oppose"}


def chain(desk):
    return {
        **version(desk),
        "chain.0.speaker": str(desk.speaker.uid),
        "chain.0.role": "original",
        "speaker": str(desk.outlet.uid),
    }


def own_file(desk):
    """The study as it was exported, with its texts and without what would stand twice: it comes in beside itself."""
    exported = b"".join(export_jsonl(desk.study, None)).splitlines()
    lines = [json.loads(line) for line in exported[:-1]]
    free = {"external_id": None, "duplicate_allowed": True, "licence": {"name": "", "text_may_leave": True}}
    texts = {str(uid): text for uid, text in Article.objects.values_list("uid", "text")}
    for line in lines:
        line.update({name: value for name, value in free.items() if name in line})
        if line["type"] == "article":
            line["text"] = texts[line["id"]]
    return b"".join(to_jsonl((line.pop("type"), line) for line in lines))


def article_files(desk):
    return {"files": SimpleUploadedFile("one.txt", b"The miller spoke.\n", "text/plain")}


PAGES: Mapping[str, Row] = {
    # sign-in
    "sign-in": {
        "GET": Ask(ANYONE),
        "POST": Ask(ANYONE, lambda desk: {"username": "vic", "password": "a-long-quiet-password"}),
    },
    "sign-out": {"POST": Ask(USERS)},
    # password/
    "password-change": {
        "GET": Ask(USERS),
        "POST": Ask(
            USERS,
            lambda desk: {
                "old_password": "a-long-quiet-password",
                "new_password1": "another-long-quiet-one",
                "new_password2": "another-long-quiet-one",
            },
        ),
    },
    "password-reset": {"GET": Ask(ANYONE), "POST": Ask(ANYONE, lambda desk: {"email": "vic@example.org"})},
    "password-set-done": {"GET": Ask(ANYONE)},
    "password-set": {"GET": Ask(ANYONE), "POST": Ask(ANYONE)},
    # tokens/
    "token-list": {"GET": Ask(USERS)},
    "token-create": {"POST": Ask(USERS, lambda desk: {"scope": "read", "days": "7", "study": ""})},
    "token-revoke": {"POST": Ask(frozenset({"annotator"}), hidden=True)},  # ana's own
    # api-reference/
    "api-reference": {"GET": Ask(USERS)},
    # users/: for administrators
    "user-list": {"GET": Ask(ADMINISTRATORS, hidden=True)},
    "user-add": {"POST": Ask(ADMINISTRATORS, lambda desk: {"username": "new"}, hidden=True)},
    "user-reset": {"POST": Ask(ADMINISTRATORS, hidden=True)},
    "user-deactivate": {"POST": Ask(ADMINISTRATORS, hidden=True)},
    "user-reactivate": {"POST": Ask(ADMINISTRATORS, hidden=True)},
    "user-administrator": {"POST": Ask(ADMINISTRATORS, lambda desk: {"administrator": "yes"}, hidden=True)},
    # bin/: whole studies
    "binned-study-list": {"GET": Ask(USERS)},
    "study-restore": {"POST": Ask(MANAGERS, version, given=Desk.bin_study, hidden=True)},
    "study-purge": {
        "POST": Ask(MANAGERS, lambda desk: {"name": desk.study.name}, given=Desk.bin_study, hidden=True)
    },
    # studies/
    "study-list": {"GET": Ask(USERS)},
    "study-create": {"GET": Ask(USERS), "POST": Ask(USERS, lambda desk: {"name": "New", "mode": "shared"})},
    "study-detail": {"GET": Ask(MEMBERS)},
    "study-edit": {
        "GET": Ask(MANAGERS),
        "POST": Ask(MANAGERS, lambda desk: {"name": "Renamed", **version(desk)}),
    },
    "study-archive": {"POST": Ask(MANAGERS, version)},
    "study-unarchive": {"POST": Ask(MANAGERS, version)},
    "study-delete": {"POST": Ask(MANAGERS, lambda desk: {"name": desk.study.name, **version(desk)})},
    "study-leave": {"POST": Ask(MEMBERS, given=Desk.another_manager)},
    "codebook-detail": {"GET": Ask(MEMBERS)},
    "codebook-variable": {"GET": Ask(MEMBERS)},
    "export-detail": {"GET": Ask(MEMBERS)},
    "export-download": pick(MEMBERS, file="statements"),
    "article-download": {"GET": Ask(MEMBERS)},
    "statement-download": {"GET": Ask(MEMBERS)},
    "speaker-download": {"GET": Ask(MEMBERS)},
    "claim-download": {"GET": Ask(MEMBERS)},
    "study-bin": {"GET": Ask(ANNOTATORS)},
    "bin-purge": {"POST": Ask(MANAGERS, lambda desk: {"sure": "yes"})},
    "step-undo": {"POST": Ask(ANNOTATORS, given=Desk.each_adds_an_issue)},
    "step-redo": {"POST": Ask(ANNOTATORS, given=Desk.each_takes_an_issue_back)},
    # studies/<slug>/log/
    "log-detail": {"GET": Ask(MANAGERS)},
    "log-download": {"GET": Ask(MANAGERS)},
    # studies/<slug>/members/
    "member-list": {"GET": Ask(MEMBERS)},
    "member-add": {"POST": Ask(MANAGERS, lambda desk: {"user": "loner", "role": "viewer"})},
    "member-role": {"POST": Ask(MANAGERS, lambda desk: {"role": "annotator", **version(desk)})},
    "member-remove": {"POST": Ask(MANAGERS, version)},
    # studies/<slug>/articles/
    "article-add": {
        "GET": Ask(ANNOTATORS),
        "POST": Ask(ANNOTATORS, lambda desk: {"text": "The miller spoke.\n"}),
    },
    "article-guess": {"POST": Ask(ANNOTATORS, lambda desk: {"text": "The miller spoke.\n"})},
    "article-upload": {"POST": Ask(ANNOTATORS, article_files)},
    "article-edit": {
        "GET": Ask(ANNOTATORS),
        "POST": Ask(ANNOTATORS, lambda desk: {"title": "Another", **version(desk)}),
    },
    "article-delete": {"POST": Ask(MANAGERS, version)},
    "article-restore": {"POST": Ask(MANAGERS, version, binned=True)},
    "article-revise": {
        "GET": Ask(ANNOTATORS),
        "POST": Ask(
            ANNOTATORS,
            lambda desk: {"text": "A correction.\n", "title": "New", "act": "add", **version(desk)},
        ),
    },
    "article-changes": {"GET": Ask(MEMBERS)},
    "to-place": {"GET": Ask(MEMBERS)},
    "statement-place": {
        "POST": Ask(ANNOTATORS, lambda desk: {"proposed": "0-8", **version(desk)}, given=Desk.add_later_text)
    },
    "article-detail": {"GET": Ask(MEMBERS)},
    "set-submit": {"POST": Ask(ANNOTATORS, lambda desk: {"set": str(desk.set.uid), **version(desk)})},
    "set-reopen": {
        "POST": Ask(
            ANNOTATORS, lambda desk: {"set": str(desk.set.uid), **version(desk)}, given=Desk.submit_set
        )
    },
    "article-furniture": {
        "POST": Ask(ANNOTATORS, lambda desk: {"line": "0", **version(desk)}, given=Desk.clear_first_line)
    },
    "statement-create": {
        "POST": Ask(ANNOTATORS, lambda desk: {"role": "content", **place(desk.article, "The keeper")})
    },
    # studies/<slug>/statements/
    "statement-list": {"GET": Ask(MEMBERS)},
    "statement-card": {"GET": Ask(MEMBERS)},
    "statement-edit": {"POST": Ask(ANNOTATORS, lambda desk: {"note": "changed", **version(desk)})},
    "statement-spans": {
        "POST": Ask(
            ANNOTATORS,
            lambda desk: {
                "action": "add",
                "role": "source",
                **place(desk.article, "The keeper"),
                **version(desk),
            },
        )
    },
    "statement-delete": {"POST": Ask(ANNOTATORS, version)},
    "statement-restore": {"POST": Ask(ANNOTATORS, version, binned=True)},
    "statement-history": {"GET": Ask(MEMBERS)},
    "statement-version-restore": {
        "POST": Ask(ANNOTATORS, lambda desk: {"step": desk.first_step()}, given=Desk.note_twice)
    },
    "statement-split": {
        "POST": Ask(ANNOTATORS, lambda desk: {"at": str(desk.statement.start + 4), **version(desk)})
    },
    "statement-join": {
        "POST": Ask(
            ANNOTATORS,
            lambda desk: {"with": str(desk.second.uid), "with_version": "1", **version(desk)},
        )
    },
    "chain-edit": {"POST": Ask(ANNOTATORS, chain)},
    "stance-take": {"POST": Ask(ANNOTATORS, stance)},
    "stance-drop": {"POST": Ask(ANNOTATORS, stance)},
    # studies/<slug>/claims/
    "claim-list": {"GET": Ask(MEMBERS)},
    "claim-detail": {"GET": Ask(MEMBERS)},
    "claim-edit": {"GET": Ask(ANNOTATORS), "POST": Ask(ANNOTATORS, edited_claim)},
    "claim-delete": {"POST": Ask(MANAGERS, version, ids=lambda desk: {"claim": str(desk.spare_claim.uid)})},
    "statement-citation": {"GET": Ask(MEMBERS)},
    "claim-merge": {
        "GET": Ask(MANAGERS),
        "POST": Ask(MANAGERS, lambda desk: {**version(desk), "with": str(desk.spare_claim.uid)}),
    },
    "claim-unmerge": {
        "POST": Ask(
            MANAGERS,
            lambda desk: {**version(desk), "away": str(desk.spare_claim.uid)},
            given=Desk.merge_the_spare_ones,
        )
    },
    # studies/<slug>/speakers/
    "speaker-list": {"GET": Ask(MEMBERS)},
    "speaker-detail": {"GET": Ask(MEMBERS)},
    "speaker-edit": {"GET": Ask(ANNOTATORS), "POST": Ask(ANNOTATORS, edited_speaker)},
    "speaker-delete": {
        "POST": Ask(MANAGERS, version, ids=lambda desk: {"speaker": str(desk.spare_speaker.uid)})
    },
    "speaker-merge": {
        "GET": Ask(MANAGERS),
        "POST": Ask(MANAGERS, lambda desk: {**version(desk), "with": str(desk.spare_speaker.uid)}),
    },
    "speaker-unmerge": {
        "POST": Ask(
            MANAGERS,
            lambda desk: {**version(desk), "away": str(desk.spare_speaker.uid)},
            given=Desk.merge_the_spare_ones,
        )
    },
    # studies/<slug>/: what is found and made while coding
    "speaker-suggest": {"GET": Ask(MEMBERS, query=lambda desk: {"q": "a", **of_statement(desk)})},
    "speaker-create": {
        "GET": Ask(ANNOTATORS, query=of_statement),
        "POST": Ask(ANNOTATORS, new_speaker),
    },
    "claim-suggest": {"GET": Ask(MEMBERS, query=lambda desk: {"q": "gates", **of_statement(desk)})},
    "claim-create": {"GET": Ask(ANNOTATORS, query=of_statement), "POST": Ask(ANNOTATORS, new_claim)},
    "issue-suggest": {"GET": Ask(MEMBERS, query=lambda desk: {"q": "a"})},
}


def span_of(desk, words="The keeper"):
    return {"role": "content", **place(desk.article, words)}


def new_statement(desk):
    """Every field in which a statement may name another row."""
    addressee = {"role": "addressee", **place(desk.article, "The keeper"), "speaker": str(desk.speaker.uid)}
    return {
        "spans": [span_of(desk), addressee],
        "speaker": str(desk.speaker.uid),
        "utterance": str(desk.utterance.uid),
        "parent": str(desk.second.uid),
        "restates": [str(desk.second.uid)],
        "replies_to": [str(desk.second.uid)],
        "chain": [{"speaker": str(desk.speaker.uid), "role": "original"}],
        "stances": [{"claim": str(desk.claim.uid), "stance": "support"}],
    }


def changed_statement(desk):
    return {name: value for name, value in new_statement(desk).items() if name != "spans"}


def study_statement(desk):
    return {"article": str(desk.article.uid), **new_statement(desk)}


def full_speaker(desk):
    others = [str(desk.outlet.uid)]
    return {"name": "Ann Ott", "affiliation": others[0], "speaks_for": others[0], "members": others}


def full_claim(desk):
    return {"text": "The river rose.", "issue": str(desk.issue.uid)}


def full_relation(desk):
    return {"a": str(desk.relation.b.uid), "b": str(desk.relation.a.uid), "relation": "contrary"}


def spare(**names):
    """Ids of rows that nothing else refers to, so that they can be deleted."""
    return lambda desk: {name: str(getattr(desk, attribute).uid) for name, attribute in names.items()}


def listed(who_adds, body) -> Row:
    return {"GET": Ask(MEMBERS), "POST": Ask(who_adds, body)}


API: Mapping[str, Row] = {
    # studies/
    "api:study-list": {
        "GET": Ask(USERS),
        "POST": Ask(USERS, lambda desk: {"name": "New", "slug": "brand-new", "mode": "shared"}),
    },
    "api:study-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(MANAGERS, lambda desk: {"name": "Renamed"}),
        "DELETE": Ask(MANAGERS),
    },
    "api:member-list": listed(MANAGERS, lambda desk: {"user": "loner", "role": "viewer"}),
    "api:member-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(MANAGERS, lambda desk: {"role": "annotator"}),
        "DELETE": Ask(MANAGERS | {"annotator"}),  # whose membership it is
    },
    "api:codebook-detail": {"GET": Ask(MEMBERS)},
    # articles/
    "api:article-list": listed(
        ANNOTATORS, lambda desk: {"text": "The miller spoke.\n", "outlet": str(desk.outlet.uid)}
    ),
    "api:article-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, lambda desk: {"title": "Another", "outlet": str(desk.outlet.uid)}),
        "DELETE": Ask(MANAGERS),
    },
    "api:revision-list": {
        "POST": Ask(ANNOTATORS, lambda desk: {"text": "A correction.\n", "outlet": str(desk.outlet.uid)})
    },
    # sets/
    "api:set-list": {"GET": Ask(MEMBERS)},
    "api:set-detail": {"GET": Ask(MEMBERS)},
    "api:set-submit": {"POST": Ask(ANNOTATORS)},
    "api:set-reopen": {"POST": Ask(ANNOTATORS, given=Desk.submit_set)},
    # statements/
    "api:article-statement-list": listed(ANNOTATORS, new_statement),
    "api:statement-list": listed(ANNOTATORS, study_statement),
    "api:statement-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, changed_statement),
        "DELETE": Ask(ANNOTATORS),
    },
    "api:statement-place": {
        "POST": Ask(ANNOTATORS, lambda desk: {"spans": [{"start": 0, "end": 8}]}, given=Desk.add_later_text)
    },
    # speakers/
    "api:speaker-list": listed(ANNOTATORS, full_speaker),
    "api:speaker-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, full_speaker),
        "DELETE": Ask(MANAGERS, ids=spare(speaker="spare_speaker")),
    },
    "api:speaker-merge": {"POST": Ask(MANAGERS, lambda desk: {"away": str(desk.spare_speaker.uid)})},
    "api:speaker-unmerge": {
        "POST": Ask(
            MANAGERS, lambda desk: {"away": str(desk.spare_speaker.uid)}, given=Desk.merge_the_spare_ones
        )
    },
    "api:outlet-list": {"GET": Ask(MEMBERS)},
    # claims/
    "api:claim-list": listed(ANNOTATORS, full_claim),
    "api:claim-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, full_claim),
        "DELETE": Ask(MANAGERS, ids=spare(claim="spare_claim")),
    },
    "api:claim-merge": {"POST": Ask(MANAGERS, lambda desk: {"away": str(desk.spare_claim.uid)})},
    "api:claim-unmerge": {
        "POST": Ask(
            MANAGERS, lambda desk: {"away": str(desk.spare_claim.uid)}, given=Desk.merge_the_spare_ones
        )
    },
    "api:issue-list": listed(ANNOTATORS, lambda desk: {"name": "Warnings"}),
    "api:issue-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, lambda desk: {"name": "Warnings"}),
        "DELETE": Ask(ANNOTATORS),
    },
    "api:claim-relation-list": listed(ANNOTATORS, full_relation),
    "api:claim-relation-detail": {
        "GET": Ask(MEMBERS),
        "PATCH": Ask(ANNOTATORS, lambda desk: {"relation": "tension"}),
        "DELETE": Ask(ANNOTATORS),
    },
    # exchange
    "api:study-export": {"GET": Ask(MEMBERS)},
    "api:study-changes": {"GET": Ask(MEMBERS)},
    "api:study-manifest": {"GET": Ask(MEMBERS)},
    "api:study-import": {"POST": Ask(MANAGERS, own_file, lambda desk: {"new_ids": "true"})},
    # the document of this API
    "api:schema": {"GET": Ask(USERS)},
}

ROWS: Mapping[str, Row] = {**PAGES, **API}

NOTHING = {"api:unknown": "answers 404 to whatever has no address"}
"""URL names that stand for no resource, each with its reason."""

STREAMS = {
    "export-download",
    "statement-download",
    "api:study-export",
    "api:study-manifest",
    "api:study-import",
}
"""URLs that read through a connection of their own, which sees committed rows only."""
