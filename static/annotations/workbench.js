/**
 * The workbench: ties text, marks, selection, spans and keys to the list of statements.
 *
 * The server renders every card and all text. Here a key or a click becomes a command, a command a post,
 * and after each answer `settle` brings the page into line with the list.
 */

import { Commands } from "./commands.js";
import { listen } from "./keys.js";
import { Marks, pointUnder, supported } from "./marks.js";
import { TextMap } from "./offsets.js";
import * as panel from "./panel.js";
import { Selecting } from "./selection.js";
import { SpanDock } from "./spans.js";
import { toStatement } from "./writes.js";

const $ = (id) => document.getElementById(id);
/** Read words out to those who do not see the page. */
const say = (words) => {
  $("announce").textContent = words;
};
/** Say, for all to see, what is missing or what comes next. */
const hint = (words) => {
  $("hint").textContent = words;
};

let openId = panel.idOf(panel.opened());

const marks = new Marks(new TextMap($("text")), $("statements"));
const selecting = new Selecting({ map: marks.map, bar: $("mark-bar"), announce: say, onChange: showSelection });
const dock = new SpanDock({
  marks,
  announce: say,
  hint,
  selected: () => selecting.range,
  save: (fields) => toStatement(dock.statement, "spans", fields),
});
const commands = new Commands({ marks, selecting, dock, hint, settle });

/** Fill the bar's form with what is selected; other roles than content need an open statement. */
function showSelection(range) {
  const fields = $("mark-form")?.elements;
  if (fields && range) {
    fields.start.value = range.start;
    fields.end.value = range.end;
    fields.text.value = range.words;
  }
  const able = { open: Boolean(panel.opened()), selection: Boolean(range) };
  for (const button of document.querySelectorAll("[data-needs]")) {
    button.setAttribute("aria-disabled", String(!able[button.dataset.needs]));
  }
}

/** Bring the page into line with the list after any answer: order, one open card, marks, counts. */
function settle() {
  if ($("text") !== marks.map.root) takeHold();
  const now = panel.keepOne(openId);
  panel.order();
  marks.refresh();
  if (now && now !== openId) {
    panel.reveal(now, marks.map, marks.spansOf(now)[0]);
    if (panel.isBesideOpen()) panel.opened().focus({ preventScroll: true });
  }
  openId = now;
  if (dock.statement !== now) dock.close();
  dock.render();
  showSelection(selecting.range);
  panel.count();
}

/** Take hold of text and panel after the server has rendered them anew. */
function takeHold() {
  selecting.map = new TextMap($("text"));
  selecting.bar = $("mark-bar");
  selecting.read();
  marks.remap(selecting.map, $("statements"));
  if (dock.dock !== $("dock")) dock.bind($("dock"));
  prepare();
  if (document.activeElement === document.body) $("text").focus({ preventScroll: true });
}

/** Show what works with scripts only. */
function prepare() {
  for (const part of document.querySelectorAll(".end [data-command], #side-toggle")) part.hidden = false;
  $("bench").classList.add("live");
  if (supported() || document.querySelector("[data-unpainted]")) return;
  const words = document.createElement("p");
  words.className = "notice";
  words.dataset.unpainted = "";
  words.textContent = "This browser cannot paint statements into the text; they are all in the list.";
  $("notice").before(words);
}

/** Open the statement that was clicked in the text; further clicks go through those beneath it. */
function clickText(event) {
  if (event.detail > 1 || !window.getSelection().isCollapsed || event.target.closest("button")) return;
  const point = pointUnder(marks.map, event.clientX, event.clientY);
  const here = point === null ? [] : marks.at(point);
  if (!here.length) return;
  const next = here[(here.indexOf(openId) + 1) % here.length];
  if (commands.joining) commands.enter(panel.cardOf(next));
  else if (next === openId) panel.reveal(next, marks.map, null);
  else panel.open(next);
  if (here.length > 1) say(`Statement ${here.indexOf(next) + 1} of ${here.length} at these words.`);
}

/** A click on a card opens it, unless it was meant for something in it. */
function clickCard(event) {
  const card = event.target.closest("#statements > .card");
  if (!card || event.ctrlKey || event.metaKey || event.target.closest(".card-body")) return;
  const control = event.target.closest("a, button, input, select, textarea, summary");
  if (control && !control.hasAttribute("aria-expanded")) return;
  if (!control && !window.getSelection().isCollapsed) return;
  event.preventDefault();
  commands.enter(card);
}

listen((name) => commands.run(name));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-command]");
  if (button) {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") !== "true") commands.run(button.dataset.command);
  } else if (event.target.closest("#side-toggle")) panel.raise(!panel.isRaised());
  else if (event.target.closest("#text")) clickText(event);
  else clickCard(event);
});

document.addEventListener("keydown", (event) => {
  if (document.activeElement !== $("text") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (selecting.key(event)) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "furniture-form") return;
  event.preventDefault();
  commands.furniture(Number(event.submitter?.value));
});

document.addEventListener("statement-gone", (event) => gone(event.detail.id));

/** Take the card of a deleted statement out of the list; the focus goes to the one after it. */
function gone(id) {
  const card = panel.cardOf(id);
  const next = card && (panel.beside(1, card) ?? panel.beside(-1, card));
  const hadFocus = card?.contains(document.activeElement);
  card?.remove();
  settle();
  if (hadFocus) next?.focus({ preventScroll: true });
}

document.addEventListener("statements-changed", ({ detail }) => {
  for (const id of detail.gone) gone(id);
  panel.reload(detail.there);
});

document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt?.id === "mark-form") commands.marked(event.detail);
});

prepare();
settle();
if (openId) panel.reveal(openId, marks.map, marks.spansOf(openId)[0]);
