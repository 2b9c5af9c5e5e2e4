// What is typed while the guess is under way stays: the answer fills only fields that nobody has touched
// since, and never the one with the cursor in it.

const kept = new Map();

const fieldsOf = (part) => part.querySelectorAll("input[name]:not([type=hidden])");
const stateOf = (field) => (field.type === "checkbox" ? (field.checked ? field.value : null) : field.value);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "details") return;
  const sent = detail.requestConfig.formData;
  for (const field of fieldsOf(detail.target)) {
    const untouched = stateOf(field) === sent.get(field.name) && field !== document.activeElement;
    if (!untouched) kept.set(field.name, stateOf(field));
  }
});

document.addEventListener("htmx:afterSwap", () => {
  for (const field of fieldsOf(document)) {
    if (!kept.has(field.name) || !field.closest("#details")) continue;
    const typed = kept.get(field.name);
    if (field.type === "checkbox") field.checked = typed !== null;
    else field.value = typed;
  }
  kept.clear();
});
