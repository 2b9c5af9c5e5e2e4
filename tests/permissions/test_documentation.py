"""docs/permissions.md says what the code does: each of its tables, cell by cell."""

import pytest
from django.conf import settings

from annotations.corpus.models import Article
from annotations.permissions import Act, allows
from annotations.studies.models import Role
from annotations.workload.models import AnnotationSet
from tests.factories.accounts import make_user
from tests.factories.corpus import make_article
from tests.factories.studies import make_membership
from tests.factories.workload import make_own_set, make_set, submitted

PAGE = (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8")
BY_MODE = (Act.EDIT_FURNITURE, Act.REVISE_ARTICLE)
BY_SET = {Act.EDIT_SET, Act.SUBMIT_SET}
pytestmark = pytest.mark.django_db


def table(heading):
    """The table under a heading: the first cell of each row, and the roles that have a yes in it."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines() if line[:1] == "|"]
    head, _, *rows = rows
    assert {cell for row in rows for cell in row[1:]} <= {"yes", ""}
    return {row[0]: {role for role, cell in zip(head[1:], row[1:], strict=True) if cell} for row in rows}


def an_article(study):
    """An article unlike those before it."""
    return make_article(study, f"The miller spoke, for the {Article.objects.count() + 1}th time.\n")


def test_acts(study, independent_study, ana):
    things = {
        ", in a shared study": make_article(study),
        ", in an independent study": make_article(independent_study),
    }
    told = table("Acts")
    by_mode = {f"{act.value}{end}": (act, thing) for act in BY_MODE for end, thing in things.items()}
    by_role = {act.value: (act, None) for act in Act if act not in {*BY_SET, *BY_MODE}}
    asked = by_mode | by_role
    assert told.keys() == asked.keys()
    for name, (act, thing) in asked.items():
        assert told[name] == {role for role in Role.values if allows(act, ana, role, thing)}, name


def test_sets(study, independent_study, ana, ben):
    article = make_article(independent_study)
    into = {
        "one's own": make_own_set(article, ana),
        "another's": make_own_set(article, ben),
        **{kind: make_set(an_article(study), kind=kind) for kind in ("shared", "adjudicated", "machine")},
    }
    told = table("Sets")
    assert told.keys() == into.keys()
    for act in BY_SET:
        for name, thing in into.items():
            assert told[name] == {role for role in Role.values if allows(act, ana, role, thing)}, name


def test_blindness(independent_study, ben):
    told = table("Blindness")
    seen = {name: set() for name in told}
    for role in Role.values:
        reader = make_user(f"the-{role}")
        make_membership(independent_study, reader, role)
        for name, into in sets_beside(independent_study, reader, ben).items():
            if AnnotationSet.objects.visible_to(reader).filter(pk=into.pk).exists():
                seen[name].add(role)
    seen["one's own"].discard("viewer")  # who annotated before reads that still, but viewers do not annotate
    assert seen == told


def sets_beside(study, reader, ben):
    """A set of each kind in an article of its own; in one of them the reader has an open set as well."""
    alone, done, both, settled = (an_article(study) for _ in range(4))
    own = make_own_set(both, reader)
    return {
        "one's own": own,
        "another's, open": make_own_set(alone, ben),
        "another's, submitted": make_own_set(done, ben, **submitted()),
        "another's, submitted, while one's own on the article is open": make_own_set(
            both, ben, **submitted()
        ),
        "adjudicated": make_set(settled, kind="adjudicated"),
    }
