"""Add and change speakers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from annotations.accounts.models import User
from annotations.audit.actions import delete_for_good, record
from annotations.errors import Conflict, Invalid
from annotations.rows import advance, count_up
from annotations.speakers.affiliations import Dated, dated_record, in_order
from annotations.speakers.models import Affiliation, Alias, Speaker, name_key
from annotations.studies.actions import lock_study
from annotations.studies.models import Study


@dataclass(frozen=True, kw_only=True)
class SpeakerChanges:
    """The fields to write; None in `values` clears a link. The lists replace the whole of what stands."""

    values: dict[str, Any] = field(default_factory=dict)
    aliases: Sequence[str] | None = None
    members: Sequence[Speaker] | None = None
    affiliations: Sequence[Dated] | None = None

    def given(self) -> list[str]:
        """Return the names of the fields that are to change."""
        lists = {"aliases": self.aliases, "members": self.members, "affiliations": self.affiliations}
        return [*self.values, *(name for name, members in lists.items() if members is not None)]


FIELDS = frozenset({"external_id", "name", "type", "role", "affiliation", "speaks_for", "named", "private"})


class SpeakerInUse(Conflict):
    code = "speaker_in_use"


@transaction.atomic
def add_speaker(*, study: Study, changes: SpeakerChanges, by: User) -> Speaker:
    values = _checked(study, changes.values, Speaker(study=study))
    if "name" not in values:
        raise Invalid.field("name", "A speaker needs a name.")
    speaker = Speaker.objects.create(study=study, **values)
    _replace_lists(speaker, changes)
    record(
        study_id=study.pk,
        by=by,
        verb="speaker.add",
        target=speaker,
        after=standing_fields(speaker, changes.given()),
    )
    return speaker


@transaction.atomic
def introduce_speaker(*, study: Study, changes: SpeakerChanges, affiliation: str, by: User) -> Speaker:
    """Add a speaker with the organisation it belongs to, which goes by name and is found or added as well."""
    values = dict(changes.values)
    if affiliation:
        values["affiliation"] = find_or_add_speaker(
            study=study, name=affiliation, type_=Speaker.Type.ORGANISATION, by=by
        )
    return add_speaker(study=study, changes=replace(changes, values=values), by=by)


@transaction.atomic
def change_speaker(*, speaker: Speaker, expected: int, changes: SpeakerChanges, by: User) -> Speaker:
    values = _checked(speaker.study, changes.values, speaker)
    before = standing_fields(speaker, changes.given())
    advance(speaker, expected=expected, changes=values)
    _replace_lists(speaker, changes)
    record(
        study_id=speaker.study_id,
        by=by,
        verb="speaker.change",
        target=speaker,
        before=before,
        after=standing_fields(speaker, changes.given()),
    )
    return speaker


@transaction.atomic
def describe_speaker(
    *,
    speaker: Speaker,
    expected: int,
    values: Mapping[str, Any],
    names: Mapping[str, str],
    aliases: Sequence[str],
    members: Sequence[str],
    affiliations: Sequence[Mapping[str, Any]] | None = None,
    by: User,
) -> Speaker:
    """Change a speaker to what a page says of it, all fields at once; write only what differs.

    `names` (affiliation, speaks_for), `members` and the `body` of `affiliations` hold names of others. A name
    that stands there already keeps who is meant, for names may be shared; any other is found by name or alias,
    or else added.
    """
    given = dict(values)
    for link, name in names.items():
        given[link] = _by_name(speaker, link, name, [getattr(speaker, link)], by) if name.strip() else None
    now = list(speaker.members.all())
    found = [_by_name(speaker, "members", name, now, by) for name in members]
    group = {other.pk: other for other in found}
    known = {alias.name for alias in speaker.aliases.all()}
    changes = SpeakerChanges(
        values={name: value for name, value in given.items() if getattr(speaker, name) != value},
        aliases=aliases if set(aliases) != known else None,
        members=list(group.values()) if group.keys() != {member.pk for member in now} else None,
        affiliations=None if affiliations is None else _dated_by_name(speaker, affiliations, by),
    )
    if changes == SpeakerChanges() and speaker.version == expected:
        return speaker
    return change_speaker(speaker=speaker, expected=expected, changes=changes, by=by)


@transaction.atomic
def delete_speaker(*, speaker: Speaker, expected: int, by: User) -> None:
    """Delete a speaker to whom nothing is attributed; refuse otherwise."""
    advance(speaker, expected=expected, changes={})
    count_up(Speaker.objects.telling_of(speaker))
    try:
        delete_for_good(row=speaker, study_id=speaker.study_id, by=by)
    except ProtectedError as error:
        raise SpeakerInUse(
            f"{speaker.name} is still speaker, relay or outlet of something in this study, or mentioned in a text;"
            " set that to another first. What lies in the bin counts too."
        ) from error


@transaction.atomic
def find_or_add_speaker(*, study: Study, name: str, type_: str, by: User) -> Speaker:
    """Return the speaker known by this name or alias, or add one; two at the same moment add one."""
    found = _called(study, name, type_)
    if found:
        return found
    lock_study(study)
    return _called(study, name, type_) or add_speaker(
        study=study, changes=SpeakerChanges(values={"name": name, "type": type_}), by=by
    )


def _by_name(speaker: Speaker, where: str, name: str, now: Iterable[Speaker | None], by: User) -> Speaker:
    words = _checked_name(name, where)
    kept = next((other for other in now if other and other.name_key == name_key(words)), None)
    type_ = Speaker.Type.PERSON if where == "members" else Speaker.Type.ORGANISATION
    return kept or find_or_add_speaker(study=speaker.study, name=words, type_=type_, by=by)


def _dated_by_name(speaker: Speaker, given: Sequence[Mapping[str, Any]], by: User) -> list[Dated] | None:
    """Return the affiliations that a page gives by name; None if they stand like that."""
    now = [Dated.of(row) for row in speaker.affiliations.with_body()]
    bodies = [each.body for each in now]
    found = [
        Dated(**{**each, "body": _by_name(speaker, "affiliations", each["body"], bodies, by)})
        for each in given
    ]
    return None if in_order(found) == in_order(now) else found


def _called(study: Study, name: str, type_: str) -> Speaker | None:
    known = Speaker.objects.in_study(study).called(name).by_name()
    return known.filter(type=type_).first() or known.first()


def _checked(study: Study, values: dict[str, Any], speaker: Speaker) -> dict[str, Any]:
    unknown = values.keys() - FIELDS
    if unknown:
        raise Invalid.field(min(unknown), f"{min(unknown)!r} is no field of a speaker.")
    out = dict(values)
    if "name" in out:
        out["name"] = _checked_name(out["name"], "name")
        out["name_key"] = name_key(out["name"])
    if "type" in out and out["type"] not in Speaker.Type.values:
        raise Invalid.field(
            "type", f"{out['type']!r} is no type; use one of {', '.join(Speaker.Type.values)}."
        )
    if len(out.get("role") or "") > 300:
        raise Invalid.field("role", "The role is longer than 300 characters; shorten it.")
    for link in ("affiliation", "speaks_for"):
        _check_link(study, link, out.get(link), speaker)
    if "external_id" in out:
        out["external_id"] = _checked_external_id(study, out["external_id"] or None, speaker)
    return out


def _checked_external_id(study: Study, external: str | None, speaker: Speaker) -> str | None:
    if external is None:
        return None
    if len(external) > 200:
        raise Invalid.field("external_id", "The external id is longer than 200 characters; shorten it.")
    lock_study(study)
    if Speaker.objects.in_study(study).filter(external_id=external).exclude(pk=speaker.pk).exists():
        raise Invalid.field("external_id", f"{external!r} names another speaker of this study already.")
    return external


def _check_link(study: Study, link: str, other: Speaker | None, speaker: Speaker) -> None:
    if other is not None and other.study_id != study.pk:
        raise Invalid.field(link, "There is no such speaker in this study.")
    if other is not None and other.pk == speaker.pk:
        raise Invalid.field(link, "A speaker cannot stand in this relation to itself.")


def _checked_name(name: object, where: str) -> str:
    words = " ".join(str(name).split())
    if not words:
        raise Invalid.field(where, "A speaker needs a name.")
    if max(len(words), len(name_key(words))) > 300:  # folding case can lengthen: ß becomes ss
        raise Invalid.field(where, "The name is longer than 300 characters; shorten it.")
    return words


def _replace_lists(speaker: Speaker, changes: SpeakerChanges) -> None:
    if changes.aliases is not None:
        names = {name_key(name): _checked_name(name, "aliases") for name in changes.aliases}
        names.pop(speaker.name_key, None)
        speaker.aliases.all().delete()
        Alias.objects.bulk_create([Alias(speaker=speaker, name=name, key=key) for key, name in names.items()])
    if changes.members is not None:
        for member in changes.members:
            _check_link(speaker.study, "members", member, speaker)
        speaker.members.set(changes.members)
    if changes.affiliations is not None:
        _replace_affiliations(speaker, changes.affiliations)


def _replace_affiliations(speaker: Speaker, dated: Sequence[Dated]) -> None:
    """Write the list; a row that stands like that stays the same row."""
    for n, each in enumerate(dated):
        _check_dated(speaker, each, f"affiliations[{n}]")
    wanted = {(each.body.pk, each.kind, each.role, each.since, each.until): each for each in dated}
    for row in speaker.affiliations.all():
        if wanted.pop((row.body_id, row.kind, row.role, row.since, row.until), None) is None:
            row.delete()
    Affiliation.objects.bulk_create(
        Affiliation(
            speaker=speaker,
            body=each.body,
            kind=each.kind,
            role=each.role,
            since=each.since,
            until=each.until,
        )
        for each in wanted.values()
    )


def _check_dated(speaker: Speaker, dated: Dated, where: str) -> None:
    _check_link(speaker.study, f"{where}.body", dated.body, speaker)
    if dated.kind not in Affiliation.Kind.values:
        kinds = ", ".join(Affiliation.Kind.values)
        raise Invalid.field(f"{where}.kind", f"{dated.kind!r} is no kind of affiliation; use one of {kinds}.")
    if len(dated.role) > 300:
        raise Invalid.field(f"{where}.role", "The role is longer than 300 characters; shorten it.")
    if dated.since and dated.until and dated.since > dated.until:
        raise Invalid.field(f"{where}.to", "It ends before it begins; correct one of the dates.")


def standing_fields(speaker: Speaker, names: Iterable[str]) -> dict[str, object]:
    """Return fields as they are stored, as events keep them: aliases as given, members in the order of their ids."""
    return {name: _standing(speaker, name) for name in names}


def _standing(speaker: Speaker, name: str) -> object:
    if name == "aliases":  # asked anew, for what was loaded with the row may have been replaced
        return list(speaker.aliases.order_by("pk").values_list("name", flat=True))
    if name == "members":
        return sorted(map(str, speaker.members.values_list("uid", flat=True)))
    if name == "affiliations":
        return dated_record(speaker.affiliations.with_body())
    value = getattr(speaker, name)
    return str(value.uid) if isinstance(value, Speaker) else value
