/**
 * Places in the article: code points of the stored text <-> positions in the page.
 *
 * The server counts Unicode code points of the stored text, the browser UTF-16 units of one text node per
 * line. The two differ by the astral characters (emoji and others beyond U+FFFF) that stand before; only
 * lines that hold some get a table. Twin of `annotations/spans.py`; both read tests/vectors/spans.json.
 */

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Return the UTF-16 positions of the astral characters of `string`, in order. */
export function astralsOf(string) {
  return Array.from(string.matchAll(ASTRAL), (match) => match.index);
}

/** Count the entries of the ascending `table` for which `isBefore(entry, index)` holds: a binary search. */
function countBefore(table, isBefore) {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(table[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Return the code points before UTF-16 position `units`; inside a pair, those before the pair. */
export function pointsOf(astrals, units) {
  const passed = countBefore(astrals, (at) => at + 2 <= units);
  const inside = passed < astrals.length && astrals[passed] + 1 === units;
  return units - passed - (inside ? 1 : 0);
}

/** Return the UTF-16 position of code point `points`. */
export function unitsOf(astrals, points) {
  return points + countBefore(astrals, (at, index) => at - index < points);
}

/** Return the index of the line that holds code point `point`; `starts` are the lines' first points. */
export function lineOf(starts, point) {
  return Math.max(0, countBefore(starts, (start) => start <= point) - 1);
}

/** The article's lines as they stand in the page: `<p data-start>` elements, text exactly the line. */
export class TextMap {
  constructor(root) {
    this.root = root;
    this.lines = [...root.querySelectorAll("p[data-start]")];
    this.starts = this.lines.map((line) => Number(line.dataset.start));
    this.texts = this.lines.map((line) => line.textContent);
    this.length = Number(root.dataset.length);
    this.astrals = new Map();
  }

  astralsIn(index) {
    let table = this.astrals.get(index);
    if (!table) this.astrals.set(index, (table = astralsOf(this.texts[index])));
    return table;
  }

  /** Return `{line, units}`: the line of a code point and the UTF-16 position in it. */
  placeOf(point) {
    const line = lineOf(this.starts, Math.min(Math.max(point, 0), this.length));
    const units = unitsOf(this.astralsIn(line), point - this.starts[line]);
    return { line, units: Math.min(Math.max(units, 0), this.texts[line].length) };
  }

  /** Return the code point at UTF-16 position `units` of a line. */
  pointIn(line, units) {
    return this.starts[line] + pointsOf(this.astralsIn(line), units);
  }

  /** Return the end of a line: the point of its line break, or of the end of the text. */
  endOf(line) {
    return this.pointIn(line, this.texts[line].length);
  }

  /** Return the DOM position of a code point as `[node, offset]`. */
  domOf(point) {
    const { line, units } = this.placeOf(point);
    const node = this.lines[line].firstChild;
    return node ? [node, units] : [this.lines[line], 0];
  }

  /** Return the code point of a DOM position; places outside the text count as its nearer end. */
  pointOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const paragraph = element?.closest("p[data-start]");
    if (paragraph && this.root.contains(paragraph)) {
      const line = lineOf(this.starts, Number(paragraph.dataset.start));
      return this.pointIn(line, unitsInto(paragraph, node, offset));
    }
    const border = document.createRange();
    const passed = countBefore(this.lines, (line) => {
      border.setStartAfter(line);
      border.collapse(true);
      return border.comparePoint(node, offset) >= 0;
    });
    return passed < this.lines.length ? this.starts[passed] : this.length;
  }

  /** Return the words of [start, end). */
  slice(start, end) {
    const from = this.placeOf(start);
    const to = this.placeOf(end);
    if (from.line === to.line) return this.texts[from.line].slice(from.units, to.units);
    const between = this.texts.slice(from.line + 1, to.line);
    return [this.texts[from.line].slice(from.units), ...between, this.texts[to.line].slice(0, to.units)].join("\n");
  }

  /** Return [start, end) as a range that can be measured and scrolled to. */
  rangeOf(start, end) {
    const range = document.createRange();
    range.setStart(...this.domOf(start));
    range.setEnd(...this.domOf(end));
    return range;
  }

  /** Return [start, end) as the cheap kind of range that highlights paint. */
  staticRangeOf(start, end) {
    const [startContainer, startOffset] = this.domOf(start);
    const [endContainer, endOffset] = this.domOf(end);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /** Return [start, end) without white space at its ends and without cutting a character, or null. */
  tidy(start, end) {
    const words = this.slice(start, end);
    if (!words.trim()) return null;
    const first = start + (words.length - words.trimStart().length);
    const last = end - (words.length - words.trimEnd().length);
    return { start: this.wholeCharacter(first, false), end: this.wholeCharacter(last, true) };
  }

  /** Return the nearest border of a whole character (grapheme cluster), backward or `forward`. */
  wholeCharacter(point, forward) {
    const { line, units } = this.placeOf(point);
    const found = graphemes.segment(this.texts[line]).containing(units);
    if (!found || found.index === units) return point;
    return this.pointIn(line, forward ? found.index + found.segment.length : found.index);
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Return how many UTF-16 units of the paragraph's text stand before the DOM position. */
function unitsInto(paragraph, node, offset) {
  if (node === paragraph.firstChild && node.nodeType === Node.TEXT_NODE) return offset;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
