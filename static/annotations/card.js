/**
 * The open card: one save at a time, nothing typed is lost when a card is swapped, errors beside their
 * field, and the keys of the codebook. Everything is delegated from the document.
 */

import "./combobox.js";
import "./habits.js";

const $ = (id) => document.getElementById(id);
const cardOf = (element) => element?.closest?.(".card[data-statement]") ?? null;
const openCard = () => document.querySelector("#statements > .card.open");
const isTyped = (control) => control.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])");

/* ---- one save at a time: what is changed meanwhile waits, then goes with the version that the first made ---- */

/** Per card: the request under way, as `{xhr, form, states}`. */
const sending = new Map();
/** Per card: forms changed while a request was under way, with the states of their controls. */
const waiting = new Map();
/** Per card: forms whose changes did not reach the server; they go along with the next save. */
const stranded = new Map();
/** Per card: words typed and not yet sent, by the control's id. */
const unsent = new Map();

const stateOf = (control) => (control.matches("[type=radio], [type=checkbox]") ? control.checked : control.value);

function statesOf(form) {
  return new Map([...form.elements].filter((each) => each.id).map((each) => [each.id, stateOf(each)]));
}

function setState(id, state) {
  const control = $(id);
  if (!control) return;
  if (typeof state === "boolean") control.checked = state;
  else control.value = state;
}

/* asked before every request, and before htmx's own queue, which forgets what was swapped out meanwhile */
document.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent, verb } = event.detail;
  const card = cardOf(elt);
  const form = elt.closest("form");
  if (verb !== "post" || !form || !sending.has(card?.id)) return;
  event.preventDefault();
  if (triggeringEvent?.submitter) return;
  if (!waiting.has(card.id)) waiting.set(card.id, new Map());
  waiting.get(card.id).set(form.id, statesOf(form));
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr, requestConfig } = event.detail;
  const card = cardOf(elt);
  const form = elt.closest("form");
  if (card && form && requestConfig.verb === "post") {
    const pressed = Boolean(requestConfig.triggeringEvent?.submitter);
    sending.set(card.id, { xhr, form: form.id, states: statesOf(form), pressed });
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  for (const [id, sent] of sending) {
    if (sent.xhr !== event.detail.xhr) continue;
    sending.delete(id);
    strand(id, sent);
    if (event.detail.successful) rescue(id);
    if (event.detail.xhr.status !== 401) sendWaiting(id);
  }
});

/** Keep a change that found no answer; a button is offered once more by Retry alone. */
function strand(id, { xhr, form, states, pressed }) {
  if (!stranded.has(id)) stranded.set(id, new Map());
  if (xhr.status && xhr.status < 500) stranded.get(id).delete(form);
  else if (!pressed) stranded.get(id).set(form, states);
}

/** Let what was stranded follow a save that went through; what was changed since then goes before it. */
function rescue(id) {
  waiting.set(id, new Map([...stranded.get(id), ...(waiting.get(id) ?? [])]));
  stranded.delete(id);
}

function sendWaiting(id) {
  const forms = waiting.get(id);
  if (!forms || sending.has(id)) return;
  waiting.delete(id);
  for (const [formId, states] of forms) {
    states.forEach((state, control) => setState(control, state));
    window.setTimeout(() => $(formId)?.dispatchEvent(new Event("submit", { cancelable: true })));
  }
}

/** Remember what is typed in the card and not yet saved. */
function keep(card) {
  const sent = sending.get(card.id);
  const kept = unsent.get(card.id) ?? new Map();
  for (const control of card.querySelectorAll("input, textarea")) {
    if (!control.id || !isTyped(control) || control.closest("[hx-preserve]")) continue;
    const saved = control.form?.id === sent?.form ? sent?.states.get(control.id) : control.defaultValue;
    if (control.value === saved) kept.delete(control.id);
    else kept.set(control.id, { value: control.value, at: [control.selectionStart, control.selectionEnd] });
  }
  unsent.set(card.id, kept);
}

function giveBack(card) {
  const kept = unsent.get(card.id) ?? new Map();
  for (const [id, { value, at }] of kept) {
    const control = $(id);
    if (!control) continue;
    kept.delete(id);
    if (control.value === value) continue;
    control.value = value;
    control.dataset.kept = "";
    if (control === document.activeElement && at[0] !== null) control.setSelectionRange(...at);
  }
}

/** Where the caret stands in the card's field in focus: htmx forgets a selection that starts at 0. */
function caretIn(card) {
  const field = card.contains(document.activeElement) ? document.activeElement : null;
  return field?.id && isTyped(field) && field.selectionStart !== null
    ? { id: field.id, at: [field.selectionStart, field.selectionEnd] }
    : null;
}

function putCaret({ id, at }) {
  const field = document.activeElement;
  if (field.id === id) field.setSelectionRange(...at);
}

/* a browser sends no `change` for words that a script has put back */
document.addEventListener("focusout", (event) => {
  const control = event.target;
  if (control.dataset?.kept === undefined) return;
  delete control.dataset.kept;
  if (control.name !== "q" && control.value !== control.defaultValue) {
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

window.addEventListener("beforeunload", (event) => {
  const typed = [...document.querySelectorAll(".card .card-body :is(input, textarea)")].some(
    (control) => isTyped(control) && control.name !== "q" && control.value !== control.defaultValue,
  );
  const held = [...waiting.values(), ...stranded.values()].some((forms) => forms.size);
  if (typed || held) event.preventDefault();
});

/* ---- before and after a card is swapped ---- */

/** What the card looked like before the swap: drafts, open definitions, whether it was open. */
const before = new Map();
const draftsIn = (card) => [...card.querySelectorAll("[data-draft]")].map((form) => form.dataset.draft);

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, formData, path, verb, target } = event.detail;
  const id = /\/statements\/([0-9a-f-]{36})\//.exec(path)?.[1];
  const card = id ? $(`s-${id}`) : cardOf(target);
  if (!card?.classList.contains("open")) return;
  if (card !== target && verb === "get") return;
  if (card.querySelector("details.fold[open]")) formData.set("unfolded", "1");
  const left = elt.matches("a") ? elt.closest("[data-draft]")?.dataset.draft : null;
  for (const draft of draftsIn(card)) if (draft !== left) formData.append("draft", draft);
  if (elt.closest(".panel") && formData.has("version")) formData.set("version", card.dataset.version);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, requestConfig } = event.detail;
  const source = requestConfig.elt;
  const card = cardOf(target) ?? cardOf(source);
  if (!card) return;
  if (xhr.status >= 400 && !xhr.getResponseHeader("HX-Retarget")?.startsWith("#s-")) {
    showProblem(event.detail, card, source);
    return;
  }
  if (card !== target) return;
  const isSave = requestConfig.verb === "post" && card.contains(source);
  before.set(card.id, {
    drafts: new Set(draftsIn(card)),
    folds: isSave && !card.classList.contains("open"),
    panel: source.closest?.(".panel")?.id ?? null,
    caret: caretIn(card),
  });
  keep(card);
  source.closest?.(".panel")?.replaceChildren();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const card = event.target;
  if (!card.matches?.(".card[data-statement]")) return;
  const was = before.get(card.id);
  before.delete(card.id);
  if (was?.folds) fold(card);
  giveBack(card);
  if (was?.caret) putCaret(was.caret);
  for (const link of card.querySelectorAll("a.about")) {
    link.setAttribute("aria-expanded", String(!$(link.getAttribute("aria-controls")).hidden));
  }
  const fresh = was && [...card.querySelectorAll("[data-draft]")].find((form) => !was.drafts.has(form.dataset.draft));
  if (fresh) fresh.querySelector("[type=radio]").focus();
  else if (was?.panel) focusWhole($(was.panel.replace("new-", "")));
  else if (card.querySelector("[data-stale]")) card.querySelector("[data-stale]").focus();
  else if (was && document.activeElement === document.body && card.classList.contains("open")) {
    card.focus({ preventScroll: true });
  }
});

/** Go to a field with its words selected, so that typing takes their place. */
function focusWhole(field) {
  field?.focus();
  field?.select();
}

/** A save whose card was folded meanwhile must not unfold it. */
function fold(card) {
  card.querySelector(".card-body")?.remove();
  card.classList.remove("open");
  card.querySelector("[aria-expanded]")?.setAttribute("aria-expanded", "false");
}

/** Show an error beside the field that it is about, and leave everything else as it stands. */
function showProblem(detail, card, source) {
  for (const old of card.querySelectorAll(".slot")) old.remove();
  const slot = document.createElement("div");
  slot.className = "slot";
  const place = card.contains(source) ? source.closest("form, .panel, .coding") : null;
  (place ?? card.querySelector(".card-head")).after(slot);
  const control = detail.requestConfig.triggeringEvent?.target;
  if (control?.matches?.("input, select, textarea")) {
    control.setAttribute("aria-invalid", "true");
    control.addEventListener("input", () => control.removeAttribute("aria-invalid"), { once: true });
  }
  detail.target = slot;
  detail.swapOverride = "innerHTML";
  detail.selectOverride = "unset";
}

/* ---- definitions, small forms, the statement around ---- */

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.about");
  if (link && !event.ctrlKey && !event.metaKey) {
    const box = $(link.getAttribute("aria-controls"));
    box.hidden = !box.hidden;
    link.setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden || box.childElementCount) {
      event.preventDefault();
      event.stopPropagation();
    }
  }
  const cancel = event.target.closest?.(".panel [data-cancel]");
  if (cancel) {
    event.preventDefault();
    const panel = cancel.closest(".panel");
    panel.replaceChildren();
    $(panel.id.replace("new-", ""))?.focus();
  }
}, true);

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.matches?.(".panel")) event.target.querySelector("[autofocus]")?.focus();
});

/** Offer the other statements of the list as parents: those around this one first, then the nearest. */
function offerParents(select) {
  const card = cardOf(select);
  if (!card || select.dataset.filled !== undefined) return;
  select.dataset.filled = "";
  const [start, end] = [Number(card.dataset.start), Number(card.dataset.end)];
  const others = [...document.querySelectorAll("#statements > .card")].filter((each) => each !== card);
  const around = (each) => Number(each.dataset.start) <= start && Number(each.dataset.end) >= end;
  const distance = (each) => Math.abs(Number(each.dataset.start) - start);
  const near = others.filter((each) => !around(each)).sort((a, b) => distance(a) - distance(b)).slice(0, 40);
  for (const [label, cards] of [["Around it", others.filter(around)], ["Nearest", near]]) {
    const group = document.createElement("optgroup");
    group.label = label;
    for (const each of cards) {
      if (each.dataset.statement === select.value) continue;
      const words = each.querySelector(".quote").textContent;
      const who = each.querySelector(".who b").textContent;
      group.append(new Option(`${who}: ${words.slice(0, 60)}`, each.dataset.statement));
    }
    if (group.childElementCount) select.append(group);
  }
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-parents]")) offerParents(event.target);
});
document.addEventListener("pointerdown", (event) => {
  if (event.target.matches?.("[data-parents]")) offerParents(event.target);
});

document.addEventListener("keydown", (event) => {
  const cancel = event.key === "Escape" && event.target.closest(".panel")?.querySelector("[data-cancel]");
  if (!cancel || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  cancel.click();
}, true);

/* a claim is one sentence: Enter in it sends the form, as in a field of one line */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".new textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

/* ---- keys ---- */

const changed = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));

/** Take a label by its key; return whether the group has one of this key. */
function takeLabel(group, key) {
  const match = [...group.querySelectorAll("[aria-keyshortcuts]")].find(
    (each) => each.getAttribute("aria-keyshortcuts").toLowerCase() === key.toLowerCase(),
  );
  if (!match) return false;
  if (match.matches("option")) {
    if (group.value !== match.value) {
      group.value = match.value;
      changed(group);
    }
    return true;
  }
  match.focus();
  if (match.type === "checkbox" || !match.checked) {
    match.checked = match.type === "checkbox" ? !match.checked : true;
    changed(match);
  }
  return true;
}

/** Return the groups whose keys count where the focus is: its own, then those of the same claim. */
function groupsAt(control) {
  const own = control.closest("[data-labels]");
  const row = control.closest("form.claim");
  return [own, ...(row?.querySelectorAll("[data-labels]") ?? [])].filter(Boolean);
}

function showDefinitions(control) {
  const field = control?.closest?.(".coding, .claim") ?? openCard();
  field?.querySelector("a.about")?.click();
}

/** Run a key that counts in a field whose labels do not use it; `I` counts in every field. */
function runKey(key, control) {
  if (!control.matches("input, select, textarea, button, a, summary")) return false;
  if (key.toLowerCase() === "i") showDefinitions(control);
  else if (key === ".") COMMANDS["same-speaker"](cardOf(control));
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const control = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return;
  if (!cardOf(control) || isTyped(control) || control.matches("[role=combobox]")) return;
  const taken = !event.shiftKey && groupsAt(control).some((group) => takeLabel(group, event.key));
  if (!taken && !runKey(event.key, control)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

const COMMANDS = {
  speaker: (card) => focusField(card, "speaker"),
  claim: (card) => focusField(card, "claim"),
  "same-speaker": (card) => $(`same-${card.dataset.statement}`)?.click(),
  definitions: (card) => showDefinitions(card.contains(document.activeElement) ? document.activeElement : card),
};

const focusField = (card, name) => focusWhole($(`${name}-${card.dataset.statement}`));

document.addEventListener("atodds:key", (event) => {
  const card = openCard();
  if (card) COMMANDS[event.detail.name]?.(card);
});
