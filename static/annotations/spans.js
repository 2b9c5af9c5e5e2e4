/**
 * Edit the spans of the open statement: choose one, then push its start or end by words or characters, move
 * it to other words, or remove it. Pushes are shown at once and saved together when the keys rest.
 */

import { raise } from "./panel.js";
import { pushed } from "./units.js";

const RESTS_AFTER = 500; // ms

export class SpanDock {
  /** `save(fields)` posts one change of spans; `selected()` returns the words selected in the text. */
  constructor({ marks, save, selected, announce, hint }) {
    Object.assign(this, { marks, save, selected, announce, hint });
    this.statement = null;
    this.timer = 0;
    this.bind(document.getElementById("dock"));
  }

  /** Take over the dock of a page part that was rendered anew. */
  bind(dock) {
    this.dock = dock;
    if (!dock) return;
    dock.addEventListener("click", (event) => this.clicked(event.target));
    dock.addEventListener("keydown", (event) => this.key(event));
  }

  get isOpen() {
    return Boolean(this.dock) && !this.dock.hidden;
  }

  open(statement) {
    if (!this.dock) return;
    raise(false); // on a narrow screen the text must be in sight
    this.statement = statement;
    this.chosen = 0;
    this.dock.hidden = false;
    this.render();
    this.dock.querySelector("[data-index]")?.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.flush();
    const hadFocus = this.dock.contains(document.activeElement);
    this.dock.hidden = true;
    if (hadFocus) document.getElementById(`s-${this.statement}`)?.focus({ preventScroll: true });
    this.statement = null;
    this.span = null;
    this.marks.preview(null);
  }

  /** Draw the spans as they stand; the chosen one stays chosen where it was moved to. */
  render() {
    if (!this.isOpen || this.timer) return;
    this.spans = this.marks.spansOf(this.statement);
    if (!this.spans.length) return this.close();
    const moved = this.span && this.spans.findIndex((s) => s.role === this.span.role && s.start === this.span.start);
    if (moved > -1) this.chosen = moved;
    const hadFocus = this.dock.contains(document.activeElement) && document.activeElement.dataset.index;
    this.dock.querySelector("#dock-spans").replaceChildren(...this.spans.map((span, index) => this.chip(span, index)));
    this.choose(Math.min(this.chosen, this.spans.length - 1));
    if (hadFocus) this.button()?.focus();
  }

  chip({ role, start, end }, index) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "chip span-chip" });
    button.dataset.index = String(index);
    const name = document.createElement("b");
    name.textContent = role;
    const words = document.createElement("bdi");
    words.textContent = shortened(this.marks.map.slice(start, end));
    button.append(name, " ", words);
    return button;
  }

  button() {
    return this.dock.querySelector(`[data-index="${this.chosen}"]`);
  }

  choose(index) {
    this.flush();
    this.chosen = index;
    this.span = { ...this.spans[index], old: this.spans[index] };
    for (const chip of this.dock.querySelectorAll("[data-index]")) {
      chip.setAttribute("aria-pressed", String(Number(chip.dataset.index) === index));
    }
    this.show(this.span);
  }

  /** Preview a span, and scroll so that the dock does not cover its words. */
  show(span) {
    this.marks.preview(span);
    const words = this.marks.map.rangeOf(span.start, span.end).getBoundingClientRect();
    const covered = words.bottom + 12 - this.dock.getBoundingClientRect().top;
    const above = words.top - 110;
    if (above < 0 || covered > 0) window.scrollBy({ top: Math.min(above, Math.max(covered, 0)) });
  }

  clicked(target) {
    const chip = target.closest("[data-index]");
    const nudge = target.closest("[data-nudge]");
    const act = target.closest("[data-dock]")?.dataset.dock;
    if (chip) this.choose(Number(chip.dataset.index));
    if (nudge) {
      const [edge, kind, direction] = nudge.dataset.nudge.split(" ");
      this.push(edge, kind, direction === "forward");
    }
    if (act === "move") this.move();
    if (act === "remove") this.remove();
  }

  key(event) {
    const ahead = this.marks.map.root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.push(event.shiftKey ? "start" : "end", event.altKey ? "character" : "word", event.key === ahead);
    } else if (event.key === "Delete" || event.key === "Backspace") this.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Push one edge of the chosen span; it never crosses the other. */
  push(edge, kind, forward) {
    const point = pushed(this.marks.map, this.span[edge], kind, edge, forward);
    const next = { ...this.span, [edge]: point };
    if (next.start >= next.end) return this.hint("The span cannot become empty; remove it instead.");
    this.span = next;
    const words = this.marks.map.slice(next.start, next.end);
    this.button().querySelector("bdi").textContent = shortened(words);
    this.show(next);
    this.announce(words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), RESTS_AFTER);
  }

  /** Save what was pushed and not yet saved. */
  flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    const { old, start, end } = this.span;
    if (start !== old.start || end !== old.end) this.replace(start, end);
  }

  move() {
    const range = this.selected();
    if (!range) return this.hint("Select the new words in the text first.");
    return this.replace(range.start, range.end);
  }

  replace(start, end) {
    const { role, old } = this.span;
    const text = this.marks.map.slice(start, end);
    this.span = { ...this.span, start, end };
    this.save({ action: "replace", role, old_start: old.start, old_end: old.end, start, end, text });
  }

  remove() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { role, old } = this.span;
    this.span = null;
    const text = this.marks.map.slice(old.start, old.end);
    this.save({ action: "remove", role, old_start: old.start, old_end: old.end, ...old, text });
  }
}

function shortened(words) {
  const characters = [...words];
  if (characters.length <= 40) return words;
  return `${characters.slice(0, 22).join("")} … ${characters.slice(-14).join("")}`;
}
