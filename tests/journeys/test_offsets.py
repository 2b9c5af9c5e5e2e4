"""Row c1 in the browser: UTF-16 and back at every place of a corpus, by the very functions of the workbench."""

import pytest

from tests.nasty import corpus

WALK_ALL = """
async (cases) => {
  const { astralsOf, pointsOf, unitsOf } = await import("/static/annotations/offsets.js");
  const failed = [];
  for (const [text, spans] of cases) {
    const astrals = astralsOf(text);
    for (const [start, end, from, to] of spans) {
      if (unitsOf(astrals, start) !== from || unitsOf(astrals, end) !== to) failed.push([text, start, end]);
      if (pointsOf(astrals, from) !== start || pointsOf(astrals, to) !== end) failed.push([text, from, to]);
      if ([...text].slice(start, end).join("") !== text.slice(from, to)) failed.push([text, "words"]);
    }
    const points = [...text].length;
    for (let point = 0; point <= points; point += 1) {
      if (pointsOf(astrals, unitsOf(astrals, point)) !== point) failed.push([text, point]);
    }
  }
  return failed;
}
"""


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.django_db(transaction=True)
def test_the_browser_counts_as_the_server_does(browse, size):
    cases = [
        (text, [[start, end, units(text[:start]), units(text[:end])] for start, end in places])
        for text, places in corpus(size(10_000, 200_000), spans=3)
    ]
    page = browse()
    page.goto("/sign-in/")
    assert page.evaluate(WALK_ALL, cases) == []
