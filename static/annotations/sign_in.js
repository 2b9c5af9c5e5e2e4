// Sign in again in place: the request that met a dead session is sent once more, nothing typed is lost.

const waiting = [];

/** Open the dialog, unless it is open already; call `retry` when the same user has signed in. */
export async function offerSignIn(retry) {
  waiting.push(retry);
  const dialog = document.getElementById("sign-in-dialog") ?? makeDialog();
  if (dialog.open) return;
  dialog.returnFocus = document.activeElement;
  await show(dialog, await fetch(document.body.dataset.signIn, { headers: { "HX-Request": "true" } }));
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
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "HX-Request": "true" },
  });
  await show(dialog, answer);
  const signedIn = dialog.querySelector("[data-signed-in]");
  if (!signedIn) {
    dialog.querySelector("[name=password]")?.focus();
    return;
  }
  if (signedIn.dataset.signedIn !== document.body.dataset.user) {
    window.location.reload(); // somebody else: this page is not theirs
    return;
  }
  const token = signedIn.querySelector("input[name=csrfmiddlewaretoken]").value;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  const retries = waiting.splice(0);
  dialog.close();
  for (const retry of retries) retry();
}
