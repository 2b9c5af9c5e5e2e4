/**
 * Type-ahead fields: a text field with a list below it, after the ARIA pattern "combobox with listbox".
 *
 * The field fetches its list by htmx on the event `look`. A row with `data-href` is fetched into another
 * place; one with `data-value` goes into the hidden field `[data-chosen]` and sends the form; where there
 * is none, the row's name becomes the field's text. Everything is delegated, so swapped-in fields work.
 */

const DELAY = 150;
const timers = new WeakMap();

const fieldOf = (element) => element.closest?.("[data-combobox]")?.querySelector("[role=combobox]");
const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const rowsOf = (field) => [...listOf(field).querySelectorAll("[role=option]:not([aria-disabled])")];
const isOpen = (field) => field.getAttribute("aria-expanded") === "true";
const isField = (element) => element.matches?.("[data-combobox] [role=combobox]");

function look(field) {
  window.clearTimeout(timers.get(field));
  window.htmx.trigger(field, "look");
}

function lookSoon(field) {
  window.clearTimeout(timers.get(field));
  timers.set(field, window.setTimeout(() => field.isConnected && look(field), DELAY));
}

export function close(field) {
  window.clearTimeout(timers.get(field));
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  const list = listOf(field);
  if (list) list.hidden = true;
}

function open(field) {
  const list = listOf(field);
  rowsOf(field).forEach((row, i) => { row.id = `${list.id}-${i}`; });
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  activate(field, rowForEnter(field)); // what Enter would take is seen before it is pressed
  list.scrollIntoView?.({ block: "nearest" });
}

function activate(field, row) {
  for (const each of rowsOf(field)) each.setAttribute("aria-selected", String(each === row));
  if (row) {
    field.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function step(field, by) {
  const rows = rowsOf(field);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  activate(field, rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : (now + by + rows.length) % rows.length]);
}

function choose(field, row) {
  close(field);
  if (row.dataset.href) {
    const whole = document.querySelector(row.dataset.into)?.matches(".card");
    field.value = field.defaultValue;
    window.htmx.ajax("GET", row.dataset.href, {
      source: field, target: row.dataset.into, swap: whole ? "outerHTML" : "innerHTML",
    });
    return;
  }
  field.value = row.dataset.name;
  field.select(); // what is typed next is another search
  const chosen = field.closest("[data-combobox]").querySelector("[data-chosen]");
  if (!chosen) return;
  chosen.value = row.dataset.value;
  field.form.requestSubmit();
}

/** Tell whether the field takes any words; the rows are then mere help. */
const isFree = (field) => field.name !== "q";

/** Return the row that Enter takes: the active one, else for words typed the only exact name or the first. */
function rowForEnter(field) {
  const rows = rowsOf(field);
  const active = rows.find((row) => row.getAttribute("aria-selected") === "true");
  const typed = field.value.trim().toLocaleLowerCase();
  if (active || isFree(field) || !typed) return active ?? null;
  const exact = rows.filter((row) => row.dataset.name.toLocaleLowerCase() === typed);
  return exact.length === 1 ? exact[0] : (rows[0] ?? null);
}

/** What keys do in a field; a key answered with `false` is left to the page. */
const KEYS = {
  ArrowDown: (field) => (isOpen(field) ? step(field, 1) : look(field)),
  ArrowUp: (field) => (isOpen(field) ? step(field, -1) : look(field)),
  Enter: (field) => {
    const row = isOpen(field) ? rowForEnter(field) : null;
    if (row) choose(field, row);
    else if (isFree(field)) {
      close(field);
      field.form.requestSubmit();
    } else if (field.value.trim()) look(field);
  },
  Escape: (field) => {
    if (isOpen(field)) close(field);
    else if (!isFree(field) && field.value !== field.defaultValue) field.value = field.defaultValue;
    else return false;
    return true;
  },
  Tab: (field) => {
    close(field);
    return false;
  },
};

document.addEventListener("keydown", (event) => {
  if (!isField(event.target) || !KEYS[event.key] || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (KEYS[event.key](event.target) === false) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("input", (event) => {
  if (isField(event.target)) lookSoon(event.target);
});

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-combobox] [role=option]:not([aria-disabled])");
  if (row) choose(fieldOf(row), row);
  else if (isField(event.target) && !isOpen(event.target)) look(event.target);
});

/* a press on a row must not take the focus from the field */
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.("[data-combobox] [role=listbox]")) event.preventDefault();
});

document.addEventListener("focusout", (event) => {
  const field = isField(event.target) ? event.target : null;
  if (field && !field.closest("[data-combobox]").contains(event.relatedTarget)) close(field);
});

/* the typed words are a search, not a value: they are not a change that the form should send */
document.addEventListener("change", (event) => {
  if (isField(event.target) && event.target.name === "q") event.stopPropagation();
}, true);

/* whatever the field is called in its form, a look asks for `q` */
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, formData } = event.detail;
  if (!isField(elt)) return;
  formData.delete(elt.name);
  formData.set("q", elt.value);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const field = event.target.matches?.("[role=listbox]") ? fieldOf(event.target) : null;
  if (!field || document.activeElement !== field) return;
  if (rowsOf(field).length || field.name === "q") open(field);
  else close(field); // any words will do here, so there is nothing to say
});
