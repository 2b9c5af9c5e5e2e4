/** The list of statements beside the text: which card is open, where they stand, how they come into view. */

const $ = (id) => document.getElementById(id);
const NARROW = window.matchMedia("(max-width: 60rem)");

export const cards = () => [...document.querySelectorAll("#statements > .card")];
export const cardOf = (id) => $(`s-${id}`);
export const opened = () => document.querySelector("#statements > .card.open");
export const focused = () => document.activeElement?.closest("#statements > .card") ?? null;
export const current = () => opened() ?? focused();
export const idOf = (card) => card?.dataset.statement ?? null;

/** Ask the server for the open card. */
export function open(id) {
  const card = cardOf(id);
  if (!card || card.classList.contains("open")) return;
  const address = `${$("bench").dataset.statements}${id}/`;
  window.htmx.ajax("GET", address, { source: card, target: card, swap: "outerHTML" }).catch(() => {});
}

/** Ask for the cards of statements that have changed; the first is shown open. */
export function reload(ids) {
  for (const [i, id] of ids.entries()) {
    if (!cardOf(id) && !$("mark-form")) continue; // it belongs to a set that is not shown
    const address = `${$("bench").dataset.statements}${id}/${i ? "?view=closed" : ""}`;
    const place = cardOf(id) ? { target: `#s-${id}`, swap: "outerHTML" } : { target: "#statements", swap: "beforeend" };
    window.htmx.ajax("GET", address, place).catch(() => {});
  }
}

let left = null; // the statement that was closed last: the walk goes on from it

/** Fold a card in the page alone: nothing in it is unsaved. */
export function close(card) {
  const hadFocus = card.contains(document.activeElement);
  left = idOf(card);
  card.querySelector(".card-body")?.remove();
  card.classList.remove("open");
  card.querySelector("[aria-expanded]")?.setAttribute("aria-expanded", "false");
  if (hadFocus) card.focus({ preventScroll: true });
}

/** Keep one card open: of several the one that was not open before. Return its id, or null. */
export function keepOne(before) {
  const open = [...document.querySelectorAll("#statements > .card.open")];
  const kept = open.find((card) => idOf(card) !== before) ?? open[0];
  for (const card of open) if (card !== kept) close(card);
  return idOf(kept);
}

/** Put cards that came in at the end, or whose words were moved, into text order. */
export function order() {
  const place = (card) => Number(card.dataset.start) * 4e6 + Number(card.dataset.end);
  const list = cards();
  if (list.every((card, i) => !i || place(list[i - 1]) <= place(card))) return;
  const focus = document.activeElement;
  $("statements").append(...list.sort((a, b) => place(a) - place(b)));
  if (focus !== document.activeElement) focus.focus({ preventScroll: true });
}

/** Say everywhere how many statements there are. */
export function count() {
  const n = cards().length;
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = n;
  for (const place of document.querySelectorAll("[data-plural]")) place.textContent = n === 1 ? "" : "s";
}

/** Tell whether the focus is in the list, but in no open card. */
export const isBesideOpen = () => Boolean(focused()) && focused() !== opened();

/** Show a statement's card in the panel and its words, `span` of `map`, in the text. */
export function reveal(id, map, span) {
  if (NARROW.matches) raise(true);
  cardOf(id)?.scrollIntoView({ block: "nearest" });
  if (!span) return;
  const box = map.rangeOf(span.start, span.end).getBoundingClientRect();
  const highest = 110;
  const lowest = NARROW.matches ? window.innerHeight * 0.38 : window.innerHeight - 30; // above the sheet
  if (box.top >= highest && box.bottom <= lowest) return;
  window.scrollBy({ top: box.top - (NARROW.matches ? highest + 10 : window.innerHeight / 3) });
}

/** On a narrow screen the panel is a sheet over the text: bring it up or let it down. */
export function raise(up) {
  $("side").classList.toggle("up", up);
  $("side-toggle")?.setAttribute("aria-expanded", String(up));
}

export const isRaised = () => $("side").classList.contains("up");

/** Return the card before or after the one in focus (else the open one, the one closed last, the list's end). */
export function beside(step, from = focused() ?? opened() ?? cardOf(left)) {
  const list = cards();
  const at = list.indexOf(from);
  if (at < 0) return (step > 0 ? list[0] : list.at(-1)) ?? null;
  return list[at + step] ?? null;
}
