/**
 * The words selected in the text, by mouse, touch or keyboard, and the bar that says what they may become.
 *
 * A selection is kept as code points, without white space at its ends. With the keyboard the text is walked
 * unit by unit (see units.js): arrows move, Shift extends, 1 to 4 choose the unit.
 */

import { KINDS, unitAfter, unitAt, unitBefore } from "./units.js";

const SETTLES_AFTER = 150; // ms without a change: the finger has let go of the handles

export class Selecting {
  /** `onChange` is told `{start, end, words}`, or null when nothing is selected. */
  constructor({ map, bar, announce, onChange }) {
    Object.assign(this, { map, bar, announce, onChange });
    this.kind = "word";
    this.range = null;
    this.unit = null; // where the keyboard stands: {anchor, focus}, two units
    this.pressed = false;
    this.drag = null; // where the mouse is that was pressed in the text
    this.listen();
  }

  listen() {
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      if (this.drag) this.stayInText();
      if (!this.pressed) timer = setTimeout(() => this.read(), SETTLES_AFTER);
    });
    document.addEventListener("pointerdown", (event) => {
      this.pressed = event.pointerType === "mouse" && !this.bar?.contains(event.target);
      this.drag = this.pressed && this.map.root.contains(event.target) ? event : null;
      if (this.drag && !event.button && this.bar) this.bar.hidden = true; // the bar of the words before would lie in the way
    });
    document.addEventListener("pointermove", (event) => {
      if (this.drag) this.drag = event;
    });
    for (const name of ["pointerup", "pointercancel"]) {
      document.addEventListener(name, () => {
        this.pressed = false;
        this.drag = null;
        setTimeout(() => this.read(), 0);
      });
    }
  }

  /** Let a drag that slips out of the text at its side end in the line beside it: browsers select all that follows. */
  stayInText() {
    const selection = window.getSelection();
    if (this.map.root.contains(selection.focusNode)) return;
    const box = this.map.root.getBoundingClientRect();
    const x = Math.max(box.left + 1, Math.min(this.drag.clientX, box.right - 1));
    const spot = document.caretPositionFromPoint?.(x, this.drag.clientY);
    if (spot && this.map.root.contains(spot.offsetNode)) selection.extend(spot.offsetNode, spot.offset);
  }

  /** Take over what is selected in the page now. */
  read() {
    const found = this.inText();
    const same = found?.start === this.range?.start && found?.end === this.range?.end;
    if (same) return;
    this.range = found;
    if (this.bar) this.placeBar();
    this.onChange(found);
  }

  /** Return the page's selection as code points, or null when it is empty or elsewhere. */
  inText() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.map.root)) return null;
    const start = this.map.pointOf(range.startContainer, range.startOffset);
    const end = this.map.pointOf(range.endContainer, range.endOffset);
    const tidy = start < end ? this.map.tidy(start, end) : null;
    return tidy && { ...tidy, words: this.map.slice(tidy.start, tidy.end) };
  }

  /** Return where the selection starts, or where the text was clicked last; null outside the text. */
  caret() {
    if (this.range) return this.range.start;
    const { anchorNode, anchorOffset } = window.getSelection();
    return anchorNode && this.map.root.contains(anchorNode) ? this.map.pointOf(anchorNode, anchorOffset) : null;
  }

  select(start, end) {
    window.getSelection().setBaseAndExtent(...this.map.domOf(start), ...this.map.domOf(end));
    this.read();
  }

  /** Let go of the selection; the keyboard goes on from its end. */
  clear() {
    const end = this.range?.end;
    if (end !== undefined) window.getSelection().collapse(...this.map.domOf(end));
    this.read();
  }

  placeBar() {
    this.bar.hidden = !this.range;
    if (!this.range) return;
    const boxes = this.map.rangeOf(this.range.start, this.range.end).getClientRects();
    const last = boxes[boxes.length - 1];
    const sheet = this.bar.offsetParent?.getBoundingClientRect();
    if (!last || !sheet) return;
    const room = sheet.width - this.bar.offsetWidth - 16;
    const below = last.bottom + 10 + this.bar.offsetHeight < window.innerHeight;
    const top = below ? last.bottom + 10 : Math.max(boxes[0].top - this.bar.offsetHeight - 10, 60);
    this.bar.style.setProperty("--x", `${Math.max(8, Math.min(last.left - sheet.left, room))}px`);
    this.bar.style.setProperty("--y", `${top - sheet.top}px`);
  }

  /** Answer a key pressed while the text has the focus; return whether it was one of ours. */
  key(event) {
    if (/^[1-4]$/.test(event.key) && !event.shiftKey) return this.choose(KINDS[Number(event.key) - 1]);
    const toward = this.towards(event.key);
    if (toward === null) return false;
    this.walk(toward, event.shiftKey);
    return true;
  }

  /** Return +1 or -1 for an arrow in reading direction, "first" or "last" for Home and End, else null. */
  towards(key) {
    const ahead = this.map.root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = this.map.root.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    return { [ahead]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1, Home: "first", End: "last" }[key] ?? null;
  }

  choose(kind) {
    this.kind = kind;
    const at = this.range ? this.range.start : (this.caret() ?? this.firstInView());
    const unit = unitAt(this.map, at, kind);
    if (unit) this.stand(unit, unit);
    this.announce(`By ${kind}. ${this.range?.words ?? ""}`);
    return true;
  }

  walk(toward, extend) {
    const { anchor, focus } = this.standing();
    let next = null;
    if (toward === "first") next = unitAfter(this.map, 0, this.kind);
    else if (toward === "last") next = unitBefore(this.map, this.map.length, this.kind);
    else if (!focus) next = unitAt(this.map, this.caret() ?? this.firstInView(), this.kind);
    else if (toward > 0) next = unitAfter(this.map, focus.end, this.kind);
    else next = unitBefore(this.map, focus.start, this.kind);
    if (!next) return this.announce(toward === 1 || toward === "last" ? "End of the text." : "Start of the text.");
    this.stand(extend && anchor ? anchor : next, next);
    return this.announce(this.range?.words ?? "");
  }

  /** Return the two units of the keyboard's selection; a selection made otherwise counts as one unit. */
  standing() {
    const { anchor, focus } = this.unit ?? {};
    const ours = anchor && this.range?.start === Math.min(anchor.start, focus.start);
    if (ours && this.range.end === Math.max(anchor.end, focus.end)) return this.unit;
    return this.range ? { anchor: this.range, focus: this.range } : {};
  }

  stand(anchor, focus) {
    this.unit = { anchor, focus };
    this.select(Math.min(anchor.start, focus.start), Math.max(anchor.end, focus.end));
    const box = this.map.rangeOf(focus.start, focus.end).getBoundingClientRect();
    if (box.top < 110 || box.bottom > window.innerHeight - 90) {
      window.scrollBy({ top: box.top - window.innerHeight / 3 });
    }
  }

  firstInView() {
    const line = this.map.lines.findIndex((paragraph) => paragraph.getBoundingClientRect().bottom > 120);
    return this.map.starts[Math.max(line, 0)];
  }
}
