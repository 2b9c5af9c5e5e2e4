"""Create studies, say who belongs to them, take pseudonyms."""

import re

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.errors import Conflict, Invalid
from annotations.prepared import Prepared
from annotations.rows import advance
from annotations.studies.models import Author, Membership, Role, Study

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"new"})


class LastManager(Conflict):
    code = "last_manager"


class Archived(Conflict):
    code = "archived"


class InTheBin(Conflict):
    code = "in_the_bin"


class ModeLocked(Conflict):
    code = "mode_locked"


def refuse_archived(study: Study) -> None:
    """Raise unless the study takes writes."""
    if study.archived_at is not None:
        raise Archived(
            f"“{study.name}” is archived, and nothing in it changes. A manager can take it back from the archive,"
            " in its settings."
        )


def writable(slug: str) -> Study | None:
    """Return the study under an address for a command that writes into it, None if there is none."""
    study = Study.objects.filter(slug=slug).first()
    if study is not None and study.deleted_at is not None:
        raise InTheBin(
            f"The study {slug!r} lies in the bin: take it back first, or choose another short name."
        )
    if study is not None:
        refuse_archived(study)
    return study


@transaction.atomic
def create_study(*, name: str, by: User, slug: str = "", mode: str = Study.Mode.SHARED) -> Study:
    """Create a study with `by` as its manager; without a slug one is made from the name."""
    name = " ".join(name.split())
    if not name:
        raise Invalid.field("name", "A study needs a name.")
    if len(name) > 200:
        raise Invalid.field("name", "The name is longer than 200 characters; shorten it.")
    _refuse_unknown(mode)
    slug = _checked_slug(slug) if slug else _free_slug(name)
    study = _stored(Study(name=name, slug=slug, mode=mode))
    Membership.objects.create(study=study, user=by, role=Role.MANAGER)
    after = {"name": name, "slug": slug, "mode": str(mode)}
    record(study_id=study.pk, by=by, verb="study.create", target=study, after=after)
    return study


@transaction.atomic
def personal_study(*, user: User) -> Study:
    """Return the shared study that `user` finds at the first sign-in, making it, empty, when there is none.

    Being a member of other studies does not replace it.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    name = f"{user.get_full_name() or user.username}’s study"
    own = Study.objects.present().filter(memberships__user=user, memberships__role=Role.MANAGER, name=name)
    return own.order_by("pk").first() or create_study(name=name, by=user)


@transaction.atomic
def change_study(
    *,
    study: Study,
    expected: int,
    by: User,
    name: str | None = None,
    mode: str | None = None,
    archived: bool | None = None,
) -> Study:
    """Rename a study, change its mode while no set rests on it, archive it or take it back from the archive."""
    changes: dict[str, object] = {}
    if name is not None:
        name = " ".join(name.split())
        if not name or len(name) > 200:
            raise Invalid.field("name", "A study needs a name of at most 200 characters.")
        changes["name"] = name
    if mode is not None and mode != study.mode:
        _check_mode(study, mode)
        changes["mode"] = mode
    if changes and archived is not False:
        refuse_archived(study)
    if archived is not None and archived != (study.archived_at is not None):
        changes["archived_at"] = timezone.now() if archived else None
    before = {field: _plain(getattr(study, field)) for field in changes}
    advance(study, expected=expected, changes=changes)
    after = {field: _plain(value) for field, value in changes.items()}
    record(study_id=study.pk, by=by, verb="study.change", target=study, before=before, after=after)
    return study


@transaction.atomic
def delete_study(*, study: Study, expected: int, by: User) -> Study:
    """Put a whole study into the bin: it is gone for everybody, and its managers can take it back."""
    advance(study, expected=expected, changes={"deleted_at": timezone.now()})
    record(study_id=study.pk, by=by, verb="study.delete", target=study)
    return study


@transaction.atomic
def restore_study(*, study: Study, expected: int, by: User) -> Study:
    """Take a study back from the bin, with everything in it as it was."""
    advance(study, expected=expected, changes={"deleted_at": None})
    record(study_id=study.pk, by=by, verb="study.restore", target=study)
    return study


@transaction.atomic
def add_member(*, study: Study, user: User, role: str, by: User) -> Membership:
    lock_study(study)
    _check_role(role)
    if Membership.objects.filter(study=study, user=user).exists():
        raise Invalid.field("user", f"{user.username} is a member already; change the role instead.")
    member = Membership.objects.create(study=study, user=user, role=role)
    record(
        study_id=study.pk,
        by=by,
        verb="member.add",
        target=member,
        after={"user": user.username, "role": str(role)},
    )
    return member


@transaction.atomic
def change_role(*, member: Membership, role: str, expected: int, by: User) -> Membership:
    lock_study(member.study)
    _check_role(role)
    if role != Role.MANAGER:
        _keep_a_manager(member)
    before = {"role": member.role}
    advance(member, expected=expected, changes={"role": role})
    record(
        study_id=member.study_id,
        by=by,
        verb="member.role",
        target=member,
        before=before,
        after={"role": str(role)},
    )
    return member


@transaction.atomic
def remove_member(*, member: Membership, expected: int, by: User) -> None:
    """End a membership; the work stays under the pseudonym."""
    lock_study(member.study)
    _keep_a_manager(member)
    advance(member, expected=expected, changes={})
    before = {"user": member.user.username, "role": member.role}
    record(study_id=member.study_id, by=by, verb="member.remove", target=member, before=before)
    member.delete()


_AUTHORS = Prepared(lambda study, user: Author.objects.filter(study=study, user=user), int, int)


def author_of(*, study: Study, user: User) -> Author:
    """Return the pseudonym of `user` in `study`, taking the next free one at the first authored act."""
    known = _AUTHORS(study.pk, user.pk)
    return known[0] if known else _take_pseudonym(study, user)


@transaction.atomic
def _take_pseudonym(study: Study, user: User) -> Author:
    lock_study(study)
    known = Author.objects.filter(study=study, user=user).first()
    if known:
        return known
    taken = Author.objects.filter(study=study).values_list("pseudonym", flat=True)
    numbers = [int(name[1:]) for name in taken if re.fullmatch(r"c\d{2,6}", name)]
    return Author.objects.create(study=study, user=user, pseudonym=f"c{max(numbers, default=0) + 1:02d}")


def lock_study(study: Study) -> None:
    """Let one transaction at a time decide what must be unique in the study; rows may still refer to it."""
    Study.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=study.pk)


def _stored(study: Study) -> Study:
    """Insert the row; two that take one slug at the same moment cannot both."""
    try:
        with transaction.atomic():
            study.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid.field("slug", f"The slug {study.slug!r} was taken a moment ago; try again.") from error
    return study


def _keep_a_manager(member: Membership) -> None:
    managers = Membership.objects.filter(study=member.study, role=Role.MANAGER, user__is_active=True)
    if member.role == Role.MANAGER and not managers.exclude(pk=member.pk).exists():
        raise LastManager(f"{member.user.username} is the last manager; make someone else a manager first.")


def _refuse_unknown(mode: str) -> None:
    if mode not in Study.Mode.values:
        raise Invalid.field("mode", f"{mode!r} is no mode; use shared or independent.")


def _check_mode(study: Study, mode: str) -> None:
    _refuse_unknown(mode)
    if study.has_sets:
        raise ModeLocked(
            "The mode stays as it is, for there are statements or sets in the study already, in the bin perhaps."
            " Make another study for the other mode."
        )


def _check_role(role: str) -> None:
    if role not in Role.values:
        raise Invalid.field("role", f"{role!r} is no role; use one of {', '.join(Role.values)}.")


def _checked_slug(slug: str) -> str:
    if not SLUG.fullmatch(slug) or len(slug) > 80 or slug in RESERVED:
        raise Invalid.field(
            "slug", f"{slug!r} is no slug; use lower-case letters, digits and single hyphens."
        )
    if Study.objects.filter(slug=slug).exists():
        raise Invalid.field("slug", f"The slug {slug!r} is taken; choose another.")
    return slug


def _free_slug(name: str) -> str:
    base = slugify(name)[:70].strip("-") or "study"
    taken = set(Study.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    candidates = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
