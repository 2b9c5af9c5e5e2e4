"""Word claims and issues, and relate claims to one another."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from annotations.accounts.models import User
from annotations.audit.actions import delete_for_good, record
from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import Conflict, FieldError, Invalid
from annotations.rows import Row, advance, count_up
from annotations.speakers.models import name_key
from annotations.studies.actions import lock_study
from annotations.studies.models import Study

CLAIM_FIELDS = frozenset({"external_id", "text", "kind", "issue", "quantity", "note"})


class ClaimInUse(Conflict):
    code = "claim_in_use"


class SameWording(Invalid):
    """Another claim of the study is worded like this already: `claim`."""

    code = "same_wording"

    def __init__(self, claim: Claim) -> None:
        message = f"“{claim.text}” is another claim of this study already; word this one differently."
        super().__init__(message, [FieldError("text", message)])
        self.claim = claim


@transaction.atomic
def add_claim(*, study: Study, values: dict[str, Any], by: User) -> Claim:
    """Word a claim; `values` may hold text, kind, issue, quantity, note, external_id."""
    checked = _checked_claim(study, values, None)
    claim = Claim.objects.create(study=study, **checked)
    record(study_id=study.pk, by=by, verb="claim.add", target=claim, after=_plain(checked))
    return claim


@transaction.atomic
def word_claim(*, study: Study, values: dict[str, Any], issue: str, by: User) -> Claim:
    """Add a claim under an issue, which goes by name and is found or added as well."""
    text = str(values.get("text", ""))
    lock_study(study)
    if Claim.objects.in_study(study).worded(text).exists():
        raise Invalid.field("text", f"“{text}” is a claim of this study already; choose it from the list.")
    if issue:
        values = {**values, "issue": _issue_named(study, issue, by)}
    return add_claim(study=study, values=values, by=by)


@transaction.atomic
def change_claim(*, claim: Claim, expected: int, values: dict[str, Any], by: User) -> Claim:
    checked = _checked_claim(claim.study, values, claim)
    before = _plain({name: getattr(claim, name) for name in checked})
    advance(claim, expected=expected, changes=checked)
    record(
        study_id=claim.study_id,
        by=by,
        verb="claim.change",
        target=claim,
        before=before,
        after=_plain(checked),
    )
    return claim


@transaction.atomic
def describe_claim(
    *, claim: Claim, expected: int, values: dict[str, Any], issue: str | None = None, by: User
) -> Claim:
    """Change what differs of a claim; its issue goes by name ("" for none) and is found or added as well.

    Refuses a new wording that another claim of the study has.
    """
    study = claim.study
    lock_study(study)
    if issue is not None and issue != (claim.issue.name if claim.issue else ""):
        values = {**values, "issue": _issue_named(study, issue, by)}
    changed = {name: value for name, value in values.items() if getattr(claim, name) != value}
    if "text" in changed:
        others = Claim.objects.in_study(study).worded(changed["text"]).exclude(pk=claim.pk).by_text()
        if same := others.first():
            raise SameWording(same)
    return change_claim(claim=claim, expected=expected, values=changed, by=by) if changed else claim


@transaction.atomic
def delete_claim(*, claim: Claim, expected: int, by: User) -> None:
    """Delete a claim on which no statement takes a stance; refuse otherwise."""
    advance(claim, expected=expected, changes={})
    try:
        delete_for_good(row=claim, study_id=claim.study_id, by=by)
    except ProtectedError as error:
        n, binned = len(error.protected_objects), claim.stances.exclude(statement__deleted_at=None).count()
        told = f" ({binned} of them in the bin)" if binned else ""
        raise ClaimInUse(
            f"{n} statement(s){told} take a stance on this claim; move or drop those first."
        ) from error


@transaction.atomic
def find_or_add_claim(*, study: Study, text: str, kind: str, by: User) -> Claim:
    """Return the claim worded like this, or add one; two at the same moment add one."""
    known = Claim.objects.in_study(study).worded(text).by_text()
    found = known.first()
    if found:
        return found
    lock_study(study)
    return known.first() or add_claim(study=study, values={"text": text, "kind": kind}, by=by)


@transaction.atomic
def add_issue(*, study: Study, values: dict[str, Any], by: User) -> Issue:
    checked = _checked_issue(study, values, None)
    issue = Issue.objects.create(study=study, **checked)
    record(study_id=study.pk, by=by, verb="issue.add", target=issue, after=_plain(checked))
    return issue


@transaction.atomic
def change_issue(*, issue: Issue, expected: int, values: dict[str, Any], by: User) -> Issue:
    checked = _checked_issue(issue.study, values, issue)
    before = _plain({name: getattr(issue, name) for name in checked})
    advance(issue, expected=expected, changes=checked)
    record(
        study_id=issue.study_id,
        by=by,
        verb="issue.change",
        target=issue,
        before=before,
        after=_plain(checked),
    )
    return issue


@transaction.atomic
def delete_issue(*, issue: Issue, expected: int, by: User) -> None:
    """Delete an issue; its claims stay, without one."""
    advance(issue, expected=expected, changes={})
    count_up(issue.claims.all())
    delete_for_good(row=issue, study_id=issue.study_id, by=by)


@transaction.atomic
def relate_claims(*, study: Study, a: Claim, b: Claim, relation: str, by: User) -> ClaimRelation:
    _check_relation(study, a, b, relation)
    _refuse_known_relation(study, a, b, relation)
    made = ClaimRelation.objects.create(study=study, a=a, b=b, relation=relation)
    after = {"a": str(a.uid), "b": str(b.uid), "relation": relation}
    record(study_id=study.pk, by=by, verb="claim_relation.add", target=made, after=after)
    return made


@transaction.atomic
def change_relation(
    *, claim_relation: ClaimRelation, expected: int, relation: str, by: User
) -> ClaimRelation:
    study, a, b = claim_relation.study, claim_relation.a, claim_relation.b
    _check_relation(study, a, b, relation)
    if relation != claim_relation.relation:
        _refuse_known_relation(study, a, b, relation)
    before = {"relation": claim_relation.relation}
    advance(claim_relation, expected=expected, changes={"relation": relation})
    after = {"relation": relation}
    record(
        study_id=study.pk,
        by=by,
        verb="claim_relation.change",
        target=claim_relation,
        before=before,
        after=after,
    )
    return claim_relation


@transaction.atomic
def unrelate_claims(*, claim_relation: ClaimRelation, expected: int, by: User) -> None:
    advance(claim_relation, expected=expected, changes={})
    delete_for_good(row=claim_relation, study_id=claim_relation.study_id, by=by)


def _issue_named(study: Study, name: str, by: User) -> Issue | None:
    """Find the issue of this name or add it; None for no name."""
    if not name.strip():
        return None
    known = Issue.objects.in_study(study).named(name).first()
    return known or add_issue(study=study, values={"name": name}, by=by)


def _check_relation(study: Study, a: Claim, b: Claim, relation: str) -> None:
    for name, claim in (("a", a), ("b", b)):
        if claim.study_id != study.pk:
            raise Invalid.field(name, "There is no such claim in this study.")
    if a.pk == b.pk:
        raise Invalid.field("b", "A claim cannot stand in a relation to itself.")
    vocabulary_of(CodebookVersion.objects.current_for(study)).label("claim_relation", relation, "relation")


def _refuse_known_relation(study: Study, a: Claim, b: Claim, relation: str) -> None:
    lock_study(study)
    if ClaimRelation.objects.filter(a=a, b=b, relation=relation).exists():
        raise Invalid.field("relation", "These two claims stand in this relation already.")


def _checked_claim(study: Study, values: dict[str, Any], claim: Claim | None) -> dict[str, Any]:
    unknown = values.keys() - CLAIM_FIELDS
    if unknown:
        raise Invalid.field(min(unknown), f"{min(unknown)!r} is no field of a claim.")
    out = dict(values)
    if "text" in out or claim is None:
        out["text"] = _words(out.get("text", ""), "text", "A claim needs its wording.", 1000)
        out["text_key"] = name_key(out["text"])
    if "kind" in out:
        _check_kind(study, out["kind"], claim)
    if out.get("issue") is not None and out["issue"].study_id != study.pk:
        raise Invalid.field("issue", "There is no such issue in this study.")
    if out.get("quantity") is not None:
        out["quantity"] = _checked_quantity(out["quantity"])
    if "external_id" in out:
        out["external_id"] = _checked_external_id(Claim, study, out["external_id"] or None, claim)
    return out


def _check_kind(study: Study, kind: str, claim: Claim | None) -> None:
    """Refuse an unknown kind, and one that takes no numbers while statements give some on this claim."""
    label = vocabulary_of(CodebookVersion.objects.current_for(study)).label("claim_kind", kind, "kind")
    if claim and label.comparison != "quantity" and claim.stances.filter(value__isnull=False).exists():
        raise Invalid.field(
            "kind", "Statements give numbers on this claim, so it stays a quantity; take those out first."
        )


def _checked_quantity(quantity: object) -> dict[str, str]:
    if not isinstance(quantity, dict) or quantity.keys() - {"measure", "unit"}:
        raise Invalid.field("quantity", "must be an object with measure and unit.")
    out = {name: str(quantity.get(name) or "").strip() for name in ("measure", "unit")}
    if not out["measure"]:
        raise Invalid.field("quantity.measure", "A quantity claim says what is measured.")
    return out


def _checked_issue(study: Study, values: dict[str, Any], issue: Issue | None) -> dict[str, Any]:
    unknown = values.keys() - {"external_id", "name"}
    if unknown:
        raise Invalid.field(min(unknown), f"{min(unknown)!r} is no field of an issue.")
    out = dict(values)
    if "name" in out or issue is None:
        out["name"] = _words(out.get("name", ""), "name", "An issue needs a name.", 300)
    if "external_id" in out:
        out["external_id"] = _checked_external_id(Issue, study, out["external_id"] or None, issue)
    return out


def _checked_external_id(
    model: type[Claim | Issue], study: Study, external: str | None, row: Row | None
) -> str | None:
    if external is None:
        return None
    if len(external) > 200:
        raise Invalid.field("external_id", "The external id is longer than 200 characters; shorten it.")
    lock_study(study)
    same = model._default_manager.filter(study=study, external_id=external).exclude(pk=row.pk if row else 0)
    if same.exists():
        raise Invalid.field("external_id", f"{external!r} is taken in this study already.")
    return external


def _words(value: object, where: str, missing: str, limit: int) -> str:
    words = " ".join(str(value).split())
    if not words:
        raise Invalid.field(where, missing)
    if max(len(words), len(name_key(words))) > limit:  # folding case can lengthen: ß becomes ss
        raise Invalid.field(where, f"is longer than {limit} characters; shorten it.")
    return words


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: str(value.uid) if isinstance(value, Row) else value
        for name, value in values.items()
        if name != "text_key"
    }
