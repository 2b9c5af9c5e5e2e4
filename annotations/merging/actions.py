"""Merge two speakers or two claims that are the same, and take them apart again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from annotations.accounts.models import User
from annotations.audit.actions import delete_for_good, put_back, record
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.corpus.models import Article
from annotations.errors import Conflict, Invalid, NotFound
from annotations.merging.merges import Merge, merges_into
from annotations.merging.moving.actions import (
    Left,
    Memory,
    Touched,
    move_back,
    move_references,
    rename_in_bases,
    rename_in_spans,
    restore_bases,
)
from annotations.rows import Row, advance
from annotations.speakers.models import Alias, Speaker
from annotations.studies.actions import lock_study

R = TypeVar("R", bound=Speaker | Claim)


Beside = Callable[[Touched], Memory]


class CannotMerge(Conflict):
    code = "cannot_merge"


class CannotUnmerge(Conflict):
    code = "cannot_unmerge"


@dataclass(frozen=True)
class Unmerged:
    """What was taken apart; `left` is what was changed since, by reference, and so stays as it is."""

    keep: Row
    away: Row
    left: Left


@transaction.atomic
def merge_speakers(*, keep: Speaker, away: Speaker, expected: int, by: User) -> Speaker:
    """Make `keep` stand wherever `away` does and bear its names too; `away` goes, until they are taken apart."""
    if keep.type != Speaker.Type.MEDIA and Article.objects.filter(outlet=away).exists():
        raise CannotMerge(
            f"{away.name} has published articles, so it can only be merged into a speaker of type media;"
            f" merge {keep.name} into it, or change the type of {keep.name} first."
        )

    hides = away.private and not keep.private  # whose name exports leave out stays out, also as an alias

    def beside(touched: Touched) -> Memory:
        places = rename_in_spans(study_id=keep.study_id, old=away, new=keep, touched=touched)
        return {"spans": places, "aliases": _take_names(keep, away), "hides": hides}

    return _merge(keep, away, beside, {"private": True} if hides else {}, expected=expected, by=by)


@transaction.atomic
def merge_claims(*, keep: Claim, away: Claim, expected: int, by: User) -> Claim:
    """Make `keep` stand wherever `away` does; of two stances of one statement the one on `keep` stays."""
    kinds = vocabulary_of(CodebookVersion.objects.current_for(keep.study)).labels["claim_kind"]
    takes_numbers = keep.kind in kinds and kinds[keep.kind].comparison == "quantity"
    if not takes_numbers and away.stances.filter(value__isnull=False).exists():
        raise CannotMerge(
            f"Statements give numbers on “{away.text}”, so it can only be merged into a quantity claim;"
            f" change the kind of “{keep.text}” first."
        )

    def beside(touched: Touched) -> Memory:
        return {"bases": rename_in_bases(study_id=keep.study_id, old=away, new=keep, touched=touched)}

    return _merge(keep, away, beside, {}, expected=expected, by=by)


@transaction.atomic
def unmerge(*, keep: R, away: str, expected: int, by: User) -> Unmerged:
    """Bring back what was merged into `keep` under the public id `away`, with all that still stands as merged."""
    lock_study(keep.study)
    merge = merges_into(keep).get(away)
    if merge is None:
        raise NotFound(f"Nothing of this id is merged into {keep}; it may have been taken apart already.")
    advance(keep, expected=expected, changes={})
    try:
        with transaction.atomic():
            return _take_apart(keep, away, merge, by)
    except IntegrityError as error:
        raise CannotUnmerge(
            f"What {merge.name} was known by, such as its external id, was taken since; free that first."
        ) from error


def _merge(keep: R, away: R, beside: Beside, changes: Mapping[str, object], *, expected: int, by: User) -> R:
    """Move what both kinds have; `beside` moves the rest and returns what to remember of it."""
    if keep.pk == away.pk:
        raise Invalid.field("away", "Choose another one: nothing is merged into itself.")
    if keep.study_id != away.study_id:
        raise Invalid.field("away", f"There is no such {keep._meta.verbose_name} in this study.")
    lock_study(keep.study)
    advance(keep, expected=expected, changes=changes)
    touched = Touched()
    memory = {"name": str(away), **move_references(away=away, keep=keep, touched=touched), **beside(touched)}
    _record(keep, "merge", str(away.uid), f"{_quoted(away)} into {_quoted(keep)}", memory=memory, by=by)
    touched.add(type(away), _telling_of(away))
    touched.count_up(besides=keep)
    try:
        delete_for_good(row=away, study_id=keep.study_id, by=by)
    except ProtectedError as error:
        raise CannotMerge(f"Somebody was working with {away} just now; try again.") from error
    return keep


def _take_apart(keep: R, uid: str, merge: Merge, by: User) -> Unmerged:
    deletion = Event.objects.last_deletion_of(keep._meta.model_name or "", uid)
    if deletion is None:
        raise CannotUnmerge(f"The log no longer holds {merge.name}; add it anew.")
    away: Row = put_back(deletion=deletion, by=by)
    touched, memory = Touched(), merge.memory
    left = move_back(memory=memory, away=away, keep=keep, touched=touched)
    if isinstance(keep, Speaker):
        left["statement.spans"] = _part_speakers(keep, away, memory, touched)
    else:
        left["verdict.basis"] = restore_bases(bases=memory["bases"], touched=touched)
    touched.add(type(away), [away.pk, *_telling_of(away)])
    touched.count_up(besides=keep)
    left = {name: keys for name, keys in left.items() if keys}
    _record(
        keep,
        "unmerge",
        uid,
        f"{_quoted(away)} and {_quoted(keep)}",
        memory={"name": merge.name, "left": left},
        by=by,
    )
    away.refresh_from_db()
    return Unmerged(keep, away, left)


def _part_speakers(keep: Speaker, away: Row, memory: Memory, touched: Touched) -> list[int]:
    """Take from `keep` what came with `away`: names, privacy, addressees; return where these do not stand."""
    keep.aliases.filter(key__in=memory["aliases"]).delete()
    if memory["hides"]:
        Speaker.objects.filter(pk=keep.pk).update(private=False)
        keep.private = False
    wanted, study = memory["spans"], keep.study_id
    found = rename_in_spans(study_id=study, old=keep, new=away, touched=touched, places=wanted)
    return [int(key) for key, places in wanted.items() if len(found.get(key, [])) < len(places)]


def _take_names(keep: Speaker, away: Speaker) -> list[str]:
    """Give `keep` the names of `away` that it lacks; return their keys."""
    known = {keep.name_key, *keep.aliases.values_list("key", flat=True)}
    names = {away.name_key: away.name, **dict(away.aliases.values_list("key", "name"))}
    new = {key: name for key, name in names.items() if key not in known}
    Alias.objects.bulk_create([Alias(speaker=keep, name=name, key=key) for key, name in new.items()])
    return list(new)


def _telling_of(row: Row) -> list[int]:
    if not isinstance(row, Speaker):
        return []
    return list(Speaker.objects.telling_of(row).values_list("pk", flat=True))


def _record(keep: R, what: str, uid: str, label: str, *, memory: Memory, by: User) -> None:
    states: tuple[Memory | None, Memory | None] = (None, memory) if what == "merge" else (memory, None)
    before, after = ({"merged": {uid: state}} for state in states)
    verb = f"{keep._meta.verbose_name}.{what}"
    record(study_id=keep.study_id, by=by, verb=verb, target=keep, before=before, after=after, label=label)


def _quoted(row: Row) -> str:
    words = str(row)
    return f"“{words if len(words) <= 140 else words[:139] + '…'}”"
