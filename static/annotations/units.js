/**
 * The units in which a text is walked through without a mouse: character, word, sentence, quotation.
 *
 * Pure functions over a `TextMap`; a unit is `{start, end}` in code points, inside one line.
 */

export const KINDS = ["character", "word", "sentence", "quotation"];

const QUOTATIONS = /“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|»[^«]*«|‹[^›]*›|「[^」]*(?:」|$)|『[^』]*(?:』|$)|"[^"]+(?:"|$)/gu;
const segmenters = new Map();

function segmenterOf(kind, locale) {
  const granularity = kind === "character" ? "grapheme" : kind;
  const key = `${granularity} ${locale}`;
  if (!segmenters.has(key)) segmenters.set(key, new Intl.Segmenter(localeOrNone(locale), { granularity }));
  return segmenters.get(key);
}

function localeOrNone(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

/** Return the pieces of a line as `[from, to]` in UTF-16 units, white space at the ends left out. */
function piecesOf(words, kind, locale) {
  if (kind === "quotation") return Array.from(words.matchAll(QUOTATIONS), (m) => [m.index, m.index + m[0].length]);
  const found = [];
  for (const { index, segment, isWordLike } of segmenterOf(kind, locale).segment(words)) {
    if (kind === "word" && !isWordLike) continue;
    const kept = segment.trim();
    const from = index + segment.indexOf(kept);
    if (kept) found.push([from, from + kept.length]);
  }
  return found;
}

let last = {};

/** Return the units of one line in order; the line asked for last is remembered. */
export function unitsIn(map, line, kind) {
  if (last.map !== map || last.line !== line || last.kind !== kind) {
    const pieces = piecesOf(map.texts[line], kind, map.root.lang);
    const units = pieces.map(([from, to]) => ({ start: map.pointIn(line, from), end: map.pointIn(line, to) }));
    last = { map, line, kind, units };
  }
  return last.units;
}

/** Return the first unit that starts at or after `point`, or null at the end of the text. */
export function unitAfter(map, point, kind) {
  for (let { line } = map.placeOf(point); line < map.lines.length; line += 1) {
    const found = unitsIn(map, line, kind).find((unit) => unit.start >= point);
    if (found) return found;
  }
  return null;
}

/** Return the last unit that ends at or before `point`, or null at the start of the text. */
export function unitBefore(map, point, kind) {
  for (let { line } = map.placeOf(point); line >= 0; line -= 1) {
    const found = unitsIn(map, line, kind).findLast((unit) => unit.end <= point);
    if (found) return found;
  }
  return null;
}

/** Return the unit around `point`, else the next one, else the last. */
export function unitAt(map, point, kind) {
  const around = unitsIn(map, map.placeOf(point).line, kind);
  const inside = around.find((unit) => unit.start <= point && point < unit.end);
  return inside ?? unitAfter(map, point, kind) ?? unitBefore(map, point, kind);
}

/** Return where an edge of a span lands when it is pushed one unit `forward` or back. */
export function pushed(map, point, kind, edge, forward) {
  if (edge === "end") {
    const unit = forward ? firstEnding(map, point, kind) : unitBefore(map, point - 1, kind);
    return unit ? unit.end : point;
  }
  const unit = forward ? unitAfter(map, point + 1, kind) : lastStarting(map, point, kind);
  return unit ? unit.start : point;
}

function firstEnding(map, point, kind) {
  for (let { line } = map.placeOf(point); line < map.lines.length; line += 1) {
    const found = unitsIn(map, line, kind).find((unit) => unit.end > point);
    if (found) return found;
  }
  return null;
}

function lastStarting(map, point, kind) {
  for (let { line } = map.placeOf(point); line >= 0; line -= 1) {
    const found = unitsIn(map, line, kind).findLast((unit) => unit.start < point);
    if (found) return found;
  }
  return null;
}
