"""The workbench as the README shows it, in light and dark: a statement open, its words among the others.

With ATODDS_SCREENSHOTS=1 the pictures go into docs/images. Without it they are taken all the same, into a
temporary folder, so that every run finds what they are to show.
"""

import pytest
from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.journeys.desk import Desk
from tests.journeys.pictures import show

SHOWN = "a05"
"""The statement of the demo study that stands open: a minister's words, through an agency."""
LARGEST = 300_000


@pytest.mark.parametrize(("name", "scheme"), [("workbench-light", "light"), ("workbench-dark", "dark")])
def test_the_workbench_for_the_readme(browse, members, demo, name, scheme):
    statement = Statement.objects.get(external_id=SHOWN, annotation_set__article__study=demo)
    desk = Desk(browse(members["ana"], scheme=scheme)).open(statement.annotation_set.article, statement)
    expect(desk.opened.locator(".chain")).to_be_visible()
    for mark in ("mark-support", "mark-oppose", "mark-open", "mark-source"):
        assert desk.page.evaluate("mark => CSS.highlights.get(mark)?.size", mark), mark
    assert show(desk.page, name).stat().st_size < LARGEST
