// What every page shares: the word "Saved" in the header, menus that close, signing in again in place.

import { offerSignIn } from "./sign_in.js";

const indicator = () => document.getElementById("saved");

/** Say in the header how the last save went: "saving", "saved" or "failed", with a sentence. */
function say(state, words, retry = null) {
  const place = indicator();
  if (!place) return;
  place.dataset.state = state;
  place.textContent = words;
  if (retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = "Retry";
    button.addEventListener("click", retry, { once: true });
    place.append(" ", button);
  }
}

/** Tell whether the request writes; what stands under data-quiet only asks. */
const isSave = ({ detail }) => detail.requestConfig?.verb === "post" && !("quiet" in detail.elt.dataset);

/** Send a request of htmx once more, with what it carried and the page's present CSRF token. */
export function sendAgain(config) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const values = new FormData();
  for (const [name, value] of config.formData.entries()) values.append(name, value);
  if (token && values.has("csrfmiddlewaretoken")) values.set("csrfmiddlewaretoken", token);
  window.htmx.ajax(config.verb.toUpperCase(), config.path, {
    source: config.elt,
    event: config.triggeringEvent,
    values,
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isSave(event)) say("saving", "Saving…");
});

document.addEventListener("saved", () => say("saved", "Saved"));

document.addEventListener("htmx:afterRequest", (event) => {
  if (isSave(event) && event.detail.successful && indicator()?.dataset.state === "saving") say("", "");
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status === 401) {
    if (isSave(event)) say("failed", "Not saved: sign in to go on.");
    offerSignIn(() => sendAgain(requestConfig));
    return;
  }
  if (!isSave(event)) return;
  const retry = xhr.status >= 500 || xhr.status === 429 ? () => sendAgain(requestConfig) : null;
  say("failed", `Not saved: ${reasonOf(xhr)}`, retry);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (isSave(event)) {
      const { requestConfig } = event.detail;
      say("failed", "Not saved: the server does not answer.", () => sendAgain(requestConfig));
    }
  });
}

/** Read the sentence out of a problem's fragment; fall back to the status. */
function reasonOf(xhr) {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const sentence = answer.querySelector("[data-problem]")?.textContent.trim();
  if (sentence) return sentence;
  return xhr.status === 409 ? "somebody was faster; look at both versions." : `the server answered ${xhr.status}.`;
}

/* menus close on Escape, on a click elsewhere and when the focus leaves */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

/* copy buttons, for keys that are shown once */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const words = document.getElementById(button.dataset.copy)?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
  } catch {
    window.getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    button.textContent = "Press Ctrl+C to copy";
  }
});
