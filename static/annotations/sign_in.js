// Sign in again in place: the request that met a dead session is sent once more, nothing typed is lost.

const waiting = [];
const asPart = { headers: { "HX-Request": "true" } };

/**
 * Call `retry` when the same user is signed in, with the token of that session in every form of the page:
 * at once where they have signed in elsewhere, else after the dialog.
 */
export async function offerSignIn(retry) {
  waiting.push(retry);
  const dialog = document.getElementById("sign-in-dialog") ?? makeDialog();
  if (dialog.open) return;
  dialog.returnFocus = document.activeElement;
  await show(dialog, await fetch(document.body.dataset.signIn, asPart));
  if (goOn(dialog)) return; // signed in meanwhile, in another tab
  dialog.showModal();
  (dialog.querySelector("[name=password]") ?? dialog).focus();
}

function makeDialog() {
  const dialog = document.createElement("dialog");
  dialog.id = "sign-in-dialog";
  dialog.setAttribute("aria-label", "Sign in again");
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(dialog, event.target);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    waiting.length = 0;
    dialog.returnFocus?.focus?.();
  });
  document.body.append(dialog);
  return dialog;
}

async function show(dialog, answer) {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.replaceChildren(...parsed.body.childNodes);
  const name = dialog.querySelector("[name=username]");
  if (name && !name.value) name.value = document.body.dataset.user ?? "";
}

async function send(dialog, form) {
  await show(dialog, await fetch(form.action, { method: "POST", body: new FormData(form), ...asPart }));
  if (!goOn(dialog)) dialog.querySelector("[name=password]")?.focus();
}

/** Where the answer says who is signed in: take its token and send what waits. */
function goOn(dialog) {
  const signedIn = dialog.querySelector("[data-signed-in]");
  if (!signedIn) return false;
  if (signedIn.dataset.signedIn !== document.body.dataset.user) {
    window.location.reload(); // somebody else: this page is not theirs
    return true;
  }
  const token = signedIn.querySelector("input[name=csrfmiddlewaretoken]").value;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  const retries = waiting.splice(0);
  if (dialog.open) dialog.close();
  document.getElementById("notice")?.replaceChildren();
  for (const retry of retries) retry();
  return true;
}
