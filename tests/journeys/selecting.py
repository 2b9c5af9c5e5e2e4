"""Select words of the article as a person does: by dragging the mouse, or as touch handles do."""

BOXES = """
([words, until]) => {
  const lines = [...document.querySelectorAll("#text p[data-start]")];
  const at = (found, from) => {
    for (let n = from; n < lines.length; n += 1) {
      const start = lines[n].textContent.indexOf(found);
      if (start > -1) return { line: n, start, end: start + found.length };
    }
    throw new Error(`“${found}” is not in the text`);
  };
  const first = at(words, 0);
  const last = until ? at(until, first.line) : first;
  const box = (line, from, to) => {
    const range = document.createRange();
    range.setStart(lines[line].firstChild, from);
    range.setEnd(lines[line].firstChild, to);
    return range.getClientRects();
  };
  lines[first.line].scrollIntoView({ block: "center" });
  const rtl = document.getElementById("text").dir === "rtl";
  const head = box(first.line, first.start, first.start + 1)[0];
  const tail = [...box(last.line, last.end - 1, last.end)].at(-1);
  const inset = (edge) => Math.min(edge.width / 4, 2);
  return {
    from: { x: rtl ? head.right - inset(head) : head.left + inset(head), y: head.top + head.height / 2 },
    to: { x: rtl ? tail.left + inset(tail) : tail.right - inset(tail), y: tail.top + tail.height / 2 },
  };
}
"""

HANDLES = """
(words) => {
  for (const line of document.querySelectorAll("#text p[data-start]")) {
    const start = line.textContent.indexOf(words);
    if (start < 0) continue;
    line.scrollIntoView({ block: "center" });
    const range = [line.firstChild, start, line.firstChild, start + words.length];
    window.getSelection().setBaseAndExtent(...range);
    return;
  }
  throw new Error(`“${words}” is not in the text`);
}
"""


def drag(page, words, until=""):
    """Draw the mouse from the first character of `words` to the last of them, or of `until` further on."""
    boxes = page.evaluate(BOXES, [words, until])
    page.mouse.move(**boxes["from"])
    page.mouse.down()
    page.mouse.move(**boxes["to"], steps=6)
    page.mouse.up()


def click_at(page, words):
    """Click just before the first character of `words`, and before nothing else of it."""
    page.mouse.click(**spot(page, words))


def spot(page, words):
    """Return where the first character of `words` stands in the window."""
    return page.evaluate(BOXES, [words, ""])["from"]


def pull_handles(page, words):
    """Select as the handles of a touch screen do: the page hears of it by `selectionchange` alone."""
    page.evaluate(HANDLES, words)
