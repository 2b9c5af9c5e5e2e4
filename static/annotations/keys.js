/**
 * The keys of the workbench: one table, from which both the listener and the `?` dialog are made.
 *
 * Keys that belong to the open card are sent on as `atodds:key` with the command's name; single letters
 * never fire while something is typed or chosen.
 */

export const KEYS = [
  ["Words", [
    ["n", "mark-content", "New statement from the selected words"],
    ["a", "add-content", "Add the words to the open statement as a further segment"],
    ["s", "add-source", "Mark the words as its source"],
    ["u", "add-cue", "Mark the words as its cue"],
    ["q", "add-quoted", "Mark the words as quoted inside it"],
    ["r", "add-addressee", "Mark the words as its addressee"],
    ["t", "add-target", "Mark the words as its target"],
    ["f", "furniture", "Say that the line is page furniture, or that it is not"],
    ["g", "go-to-text", "Go to the text"],
  ]],
  ["In the text", [
    [["←", "→"], null, "Previous, next unit; with Shift: extend"],
    [["1", "2", "3", "4"], null, "Go by character, word, sentence, quotation"],
  ]],
  ["Statements", [
    ["j", "next", "Next statement"],
    ["k", "previous", "Previous statement"],
    ["Enter", "toggle", "Open or close it"],
    ["e", "edit-spans", "Move, stretch, shorten or remove its spans"],
    ["x", "split", "Split it where the selection starts or the text was clicked"],
    ["J", "join-next", "Join it with the next one"],
    ["K", "join-previous", "Join it with the one before"],
    ["m", "join-chosen", "Join it with one that you choose"],
    ["y", "cite", "Copy its words with their citation"],
    ["Delete", "delete", "Delete it"],
  ]],
  ["In the open statement", [
    ["/", "speaker", "Search the speaker"],
    ["c", "claim", "Add a claim"],
    [".", "same-speaker", "Take the speaker that was named last"],
    ["i", "definitions", "Definitions of the field in focus"],
    [["letter"], null, "The key shown beside a label of the field in focus chooses it"],
    ["Escape", "escape", "Let go: of the field, the spans, the selection, the statement"],
  ]],
  ["Article", [
    ["[", "previous-article", "Previous article"],
    ["]", "next-article", "Next article"],
    ["d", "done", "Mark as done, or reopen"],
    ["z", "undo", "Undo my last change, also one made elsewhere in the study"],
    ["Z", "redo", "Do it again"],
    ["o", "go-on", "When done: go on with the next one to do"],
    ["?", "help", "These keys"],
  ]],
];

const commands = new Map(
  KEYS.flatMap(([, rows]) => rows).filter(([, name]) => name).map(([key, name]) => [key, name]),
);
commands.set("Backspace", "delete");

const SHORT = { Delete: "Del", Escape: "Esc" };
const TYPING = "input, select, textarea, [contenteditable], [role=combobox], [role=listbox], dialog[open]";
const PRESSING = "a, button, summary, [role=button]";

/** Tell whether the event's target takes keys itself. */
function isTaken(event) {
  if (event.target.closest(TYPING)) return event.key !== "Escape" || event.target.closest("dialog");
  return event.key === "Enter" && event.target.closest(PRESSING);
}

/** Call `run(name)` for each key of the table; `run` returns false for what it does not know. */
export function listen(run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const name = commands.get(event.key);
    if (!name || isTaken(event)) return;
    if (name !== "escape") event.preventDefault();
    if (run(name, event) === false) {
      document.dispatchEvent(new CustomEvent("atodds:key", { detail: { name, key: event.key } }));
    }
  });
}

/** Write the table into the dialog once, then show it. */
export function showHelp(dialog) {
  const list = dialog.querySelector("[data-keys]");
  if (!list.childElementCount) list.append(...KEYS.map(([title, rows]) => groupOf(title, rows)));
  dialog.showModal();
}

function groupOf(title, rows) {
  const group = document.createElement("section");
  const heading = document.createElement("h3");
  heading.textContent = title;
  const list = document.createElement("dl");
  for (const [key, , words] of rows) {
    if (!words) continue;
    const term = document.createElement("dt");
    term.append(...[key].flat().map(keyOf));
    const sentence = document.createElement("dd");
    sentence.textContent = words;
    list.append(term, sentence);
  }
  group.append(heading, list);
  return group;
}

/** Return a key as the page shows it: letters as on the keyboard, capitals with Shift. */
function keyOf(key) {
  const element = document.createElement("kbd");
  const shift = /^[A-Z]$/.test(key) ? "Shift " : "";
  element.textContent = shift + (SHORT[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return element;
}
