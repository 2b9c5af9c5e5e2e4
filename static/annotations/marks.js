/**
 * The statements painted into the text with CSS custom highlights: the page's text itself never changes.
 *
 * Each card of the list says in its data attributes what it marks. Content is painted by stance (colour and
 * line), sources and cues by line; the open statement stands out, and where contents overlap the wash is
 * doubled, so that a statement inside another stays visible. `at` finds all statements at a place.
 */

const STANCES = ["support", "oppose", "neutral", "mixed", "unclear", "none"];
const PRIORITY = { source: 1, cue: 2, deep: 3, deeper: 4, open: 5, quoted: 6, addressee: 6, target: 6, preview: 8 };
const ONLY_OPEN = new Set(["quoted", "addressee", "target"]);

export const supported = () => typeof Highlight === "function" && "highlights" in CSS;

/** Read what a card marks. */
function read(card) {
  const spans = JSON.parse(card.dataset.spans || "[]").map(([role, start, end]) => ({ role, start, end }));
  const content = spans.filter((span) => span.role === "content");
  const size = content.reduce((sum, span) => sum + span.end - span.start, 0);
  const stance = STANCES.includes(card.dataset.stance) ? card.dataset.stance : "none";
  return { spans, content, size, stance, open: card.classList.contains("open") };
}

export class Marks {
  constructor(map, list) {
    this.map = map;
    this.list = list;
    this.known = new Map();
    this.highlights = new Map();
  }

  /** Return the named highlight, registered on first use. */
  highlight(name) {
    if (!this.highlights.has(name)) {
      const made = new Highlight();
      made.priority = PRIORITY[name] ?? 0;
      CSS.highlights.set(`mark-${name}`, made);
      this.highlights.set(name, made);
    }
    return this.highlights.get(name);
  }

  /** Paint what has changed in the list since the last time; cards that are gone lose their marks. */
  refresh() {
    const present = new Set();
    let moved = false;
    for (const card of this.list.querySelectorAll(":scope > .card")) {
      const id = card.dataset.statement;
      const key = `${card.dataset.spans} ${card.dataset.stance} ${card.classList.contains("open")}`;
      present.add(id);
      const before = this.known.get(id);
      if (before?.key === key) continue;
      const mark = { ...read(card), id, key, painted: [] };
      moved ||= JSON.stringify(before?.content) !== JSON.stringify(mark.content);
      this.unpaint(before);
      this.known.set(id, mark);
      this.paint(mark);
    }
    for (const [id, mark] of this.known) {
      if (present.has(id)) continue;
      this.unpaint(mark);
      this.known.delete(id);
      moved = true;
    }
    if (moved) this.paintOverlaps();
  }

  /** Paint everything anew over another `TextMap`, after the text itself was rendered again. */
  remap(map, list) {
    this.map = map;
    this.list = list;
    this.known.clear();
    for (const highlight of this.highlights.values()) highlight.clear();
    this.refresh();
  }

  paint(mark) {
    if (!supported()) return;
    for (const { role, start, end } of mark.spans) {
      if (ONLY_OPEN.has(role) && !mark.open) continue;
      const names = role === "content" ? [mark.stance] : [role];
      if (mark.open && role === "content") names.push("open");
      for (const name of names) {
        const range = this.map.staticRangeOf(start, end);
        this.highlight(name).add(range);
        mark.painted.push([name, range]);
      }
    }
  }

  unpaint(mark) {
    for (const [name, range] of mark?.painted ?? []) this.highlight(name).delete(range);
  }

  /** Wash once more what two statements share, and again what three or more do. */
  paintOverlaps() {
    if (!supported()) return;
    const edges = [];
    for (const mark of this.known.values()) {
      for (const { start, end } of mark.content) edges.push([start, 1], [end, -1]);
    }
    edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [name, depth] of [["deep", 2], ["deeper", 3]]) {
      const highlight = this.highlight(name);
      highlight.clear();
      for (const [start, end] of stretches(edges, depth)) highlight.add(this.map.staticRangeOf(start, end));
    }
  }

  /** Show where a span would come to stand; without one, nothing. */
  preview(span) {
    if (!supported()) return;
    const highlight = this.highlight("preview");
    highlight.clear();
    if (span) highlight.add(this.map.staticRangeOf(span.start, span.end));
  }

  /** Return the ids of the statements with content (failing that, any span) at `point`, smallest first. */
  at(point) {
    const holds = (span) => span.start <= point && point < span.end;
    const found = (part) => [...this.known.values()].filter((mark) => mark[part].some(holds));
    const hits = found("content");
    return (hits.length ? hits : found("spans")).sort((a, b) => a.size - b.size).map((mark) => mark.id);
  }

  /** Return the spans of a statement, in the order of its card. */
  spansOf(id) {
    return this.known.get(id)?.spans ?? [];
  }
}

/** Return the stretches where at least `depth` spans run, from sorted `[point, +1 | -1]` edges. */
export function stretches(edges, depth) {
  const found = [];
  let running = 0;
  let from = null;
  for (const [point, step] of edges) {
    running += step;
    if (from === null && running >= depth) from = point;
    else if (from !== null && running < depth) {
      if (point > from) found.push([from, point]);
      from = null;
    }
  }
  return found;
}

/** Return the code point of the character under a pointer, or null beside the words. */
export function pointUnder(map, x, y) {
  const caret = document.caretPositionFromPoint?.(x, y) ?? fromRange(document.caretRangeFromPoint?.(x, y));
  if (!caret || !map.root.contains(caret.offsetNode)) return null;
  const near = map.pointOf(caret.offsetNode, caret.offset);
  const covers = (point) => {
    if (point < 0 || point >= map.length) return false;
    return [...map.rangeOf(point, point + 1).getClientRects()].some(
      (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom,
    );
  };
  return [near, near - 1].find(covers) ?? null;
}

const fromRange = (range) => range && { offsetNode: range.startContainer, offset: range.startOffset };
