/**
 * What keys and buttons of the workbench do, by name. A command acts on the open statement, else on the one
 * in focus, and on the words selected in the text; what it cannot do, it says.
 */

import { showHelp } from "./keys.js";
import * as panel from "./panel.js";
import { post, toStatement, whenIdle } from "./writes.js";

const $ = (id) => document.getElementById(id);
const ROLES = ["content", "source", "cue", "quoted", "addressee", "target"];
const ON_THE_CARD = ["speaker", "claim", "same-speaker"];
const WRITES = new Set([
  "mark-content", "edit-spans", "split", "join-next", "join-previous", "join-chosen", "delete",
  ...ROLES.map((role) => `add-${role}`), ...ON_THE_CARD,
]);

const isSame = (one, other) => one?.start === other.start && one.end === other.end;

export class Commands {
  constructor({ marks, selecting, dock, hint, settle }) {
    Object.assign(this, { marks, selecting, dock, hint, settle });
    this.marking = []; // the ranges whose mark is sent or waits
    this.joining = null; // the id of the statement that another is to be joined to
    this.table = {
      "mark-content": () => this.mark(),
      furniture: () => this.furniture(),
      "go-to-text": () => $("text").focus(),
      next: () => this.walk(1),
      previous: () => this.walk(-1),
      toggle: () => panel.current() && this.enter(panel.focused() ?? panel.opened()),
      "edit-spans": () => this.editSpans(),
      split: () => this.split(),
      "join-next": () => this.join(panel.current(), panel.beside(1, panel.current())),
      "join-previous": () => this.join(panel.current(), panel.beside(-1, panel.current())),
      "join-chosen": () => this.startJoining(),
      cite: () => panel.current() && this.cite(panel.idOf(panel.current())),
      delete: () => panel.current() && toStatement(panel.idOf(panel.current()), "delete", {}),
      undo: () => whenIdle(() => $("undo")?.click()),
      redo: () => whenIdle(() => $("redo")?.click()),
      "previous-article": () => $("previous-article")?.click(),
      "next-article": () => $("next-article")?.click(),
      done: () => $("done-form")?.requestSubmit(),
      "go-on": () => ($("go-on") ? $("go-on").click() : this.hint("Mark this article as done first.")),
      help: () => showHelp($("keys")),
      escape: () => this.escape(),
    };
    for (const role of ROLES) {
      this.table[`add-${role}`] = () => this.add(role);
    }
  }

  /** Copy the citation of a statement, by the link of its card or by one that a closed card does not show. */
  cite(id) {
    const link = $(`cite-${id}`) ?? document.createElement("a");
    if (!link.isConnected) {
      link.href = `${$("bench").dataset.statements}${id}/citation/`;
      link.dataset.cite = "";
      link.hidden = true;
      document.body.append(link);
      link.addEventListener("click", () => setTimeout(() => link.remove()), { once: true });
    }
    link.click();
  }

  /** Run a command; return false for a name that is not of the workbench but of the card. */
  run(name) {
    this.hint("");
    const why = this.hindrance(name);
    if (why) return this.hint(why);
    if (!this.table[name]) return false;
    this.selecting.read(); // a key may come before the selection has settled
    this.table[name]();
    return true;
  }

  /** Say why the command can do nothing now, or return "". */
  hindrance(name) {
    if (WRITES.has(name) && !$("mark-form")) return $("closed").textContent.trim();
    return ON_THE_CARD.includes(name) && !panel.opened() ? "Open a statement first." : "";
  }

  show(id) {
    panel.reveal(id, this.marks.map, this.marks.spansOf(id)[0]); // first: what is out of sight takes no focus
    panel.cardOf(id)?.focus({ preventScroll: true });
  }

  walk(step) {
    const next = panel.beside(step);
    if (!next) return this.hint(step > 0 ? "That was the last statement." : "That was the first statement.");
    return this.show(panel.idOf(next));
  }

  /** Act on a card that was clicked or entered: finish a join, else open it, or close it if it is open. */
  enter(card) {
    if (this.joining) this.join(panel.cardOf(this.stopJoining()), card);
    else if (card.classList.contains("open")) {
      panel.close(card);
      this.settle();
    } else panel.open(panel.idOf(card));
  }

  mark() {
    if (!this.selecting.range) return this.hint("Select words in the text first.");
    const { range } = this.selecting;
    if (this.marking.some((each) => isSame(each, range))) return null; // pressed twice
    this.marking.push(range);
    this.selecting.bar.hidden = true; // it may lie on the words that are to be marked next
    return whenIdle(() => this.sendMark(range));
  }

  /** Post a mark; its words are given here, for others may be selected by now. */
  sendMark({ start, end, words: text }) {
    const form = $("mark-form");
    if (!form) return;
    for (const [name, value] of Object.entries({ start, end, text })) form.elements[name].value = value;
    form.requestSubmit();
  }

  /** Take in the answer to a mark: its words, if they are still selected, are let go. */
  marked({ requestConfig, successful }) {
    const [start, end] = ["start", "end"].map((name) => Number(requestConfig.formData.get(name)));
    const sent = { start, end };
    this.marking = this.marking.filter((each) => !isSame(each, sent));
    if (!isSame(this.selecting.inText(), sent)) return; // other words are selected meanwhile, or half selected
    if (successful) this.selecting.clear();
    else this.selecting.placeBar();
  }

  add(role) {
    const { range } = this.selecting;
    if (!panel.opened()) return this.hint("Open a statement first, or make one.");
    if (!range) return this.hint("Select words in the text first.");
    const fields = { action: "add", role, start: range.start, end: range.end, text: range.words };
    toStatement(panel.idOf(panel.opened()), "spans", fields);
    return this.selecting.clear();
  }

  editSpans() {
    if (this.dock.isOpen) return this.dock.close();
    if (!panel.opened()) return this.hint("Open a statement first.");
    return this.dock.open(panel.idOf(panel.opened()));
  }

  split() {
    const at = this.selecting.caret();
    if (!panel.current()) return this.hint("Choose a statement first.");
    if (at === null) return this.hint("Click where the second half starts, or select it, then split.");
    toStatement(panel.idOf(panel.current()), "split", { at });
    return this.selecting.clear();
  }

  /** Join two statements; the first keeps its own fields. */
  join(first, second) {
    if (!first) return this.hint("Choose a statement first.");
    if (!second || first === second) return this.hint("There is no other statement to join it with.");
    const other = panel.idOf(second);
    return toStatement(panel.idOf(first), "join", { with: other }, other);
  }

  startJoining() {
    this.joining = panel.idOf(panel.current());
    $("bench").classList.toggle("choosing", Boolean(this.joining));
    const how = "Click the statement to join it with, or press Enter on it. Escape stops.";
    this.hint(this.joining ? how : "Choose a statement first.");
  }

  stopJoining() {
    const first = this.joining;
    this.joining = null;
    $("bench").classList.remove("choosing");
    return first;
  }

  /** Turn a line into page furniture or back; without a place, the line of the selection. */
  furniture(place = this.selecting.caret()) {
    const form = $("furniture-form");
    if (!form) return;
    if (place === null) return this.hint("Click into the line first.");
    const { map } = this.marks;
    const line = map.starts[map.placeOf(place).line];
    whenIdle(() => post(form, form.action, { line }));
  }

  /** Let go of one thing: a field, a join, the spans, the selection, the open card, the sheet. */
  escape() {
    const field = document.activeElement?.closest("input, select, textarea");
    const card = field?.closest("#statements > .card");
    if (card) card.focus({ preventScroll: true });
    else if (this.joining) this.stopJoining();
    else if (this.dock.isOpen) this.dock.close();
    else if (this.selecting.range) this.selecting.clear();
    else if (panel.opened()) this.enter(panel.opened());
    else panel.raise(false);
  }
}
