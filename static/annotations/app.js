// What every page shares: the word "Saved" in the header, menus that close, signing in again in place.

import { copyCitation } from "./citation.js";
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

const AGAIN = "X-Sent-Again";

/** Tell whether the request writes; what stands under data-quiet only asks. */
const isSave = ({ requestConfig, elt }) => requestConfig?.verb === "post" && !("quiet" in elt.dataset);

/** Where each request's answer was to go: an error shown beside a field is put elsewhere. */
const aims = new WeakMap();

/** Send a request of htmx once more, with what it carried and the page's present CSRF token. */
function sendAgain({ xhr, requestConfig: config, etc }) {
  const aim = aims.get(xhr);
  const target = document.getElementById(aim.id) ?? aim;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const values = new FormData();
  for (const [name, value] of config.formData.entries()) values.append(name, value);
  if (token && values.has("csrfmiddlewaretoken")) values.set("csrfmiddlewaretoken", token);
  const place = { source: config.elt, target, swap: etc?.swapOverride, event: config.triggeringEvent };
  const headers = { [AGAIN]: "true" };
  window.htmx.ajax(config.verb.toUpperCase(), config.path, { ...place, values, headers }).catch(() => {});
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  aims.set(detail.xhr, detail.target);
  if (!isSave(detail)) return;
  lost = false;
  say("saving", "Saving…");
  document.getElementById("notice")?.replaceChildren();
});

document.addEventListener("saved", () => say("saved", "Saved"));

/* Listened to here, not at htmx:responseError: that one is lost with an element which the answer has replaced. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { xhr, successful } = detail;
  if (xhr.status === 401 || isExpired(detail)) {
    if (isSave(detail)) say("failed", "Not saved: sign in to go on.");
    offerSignIn(() => sendAgain(detail));
  } else if (isSave(detail) && xhr.status) {
    if (!successful) sayFailure(detail);
    else if (indicator()?.dataset.state === "saving") say("", "");
  } else if (xhr.status >= 500) sayLost(detail, `The server answered ${xhr.status}.`);
  else if (successful && lost) {
    lost = false;
    say("", "");
  }
});

/** Tell whether the page's token is older than the last sign-in, in this tab or another; once a request. */
const isExpired = ({ xhr, requestConfig }) =>
  xhr.getResponseHeader("HX-Trigger") === "form-expired" && !(AGAIN in requestConfig.headers);

/** Whether the header speaks of a page part that did not come, not of a save. */
let lost = false;

/** Say that a part of the page did not come; a save that failed goes before it. */
function sayLost(detail, words) {
  if (indicator()?.dataset.state === "failed" && !lost) return;
  lost = true;
  say("failed", words, () => sendAgain(detail));
}

function sayFailure(detail) {
  const { status } = detail.xhr;
  const retry = status >= 500 || status === 429 ? () => sendAgain(detail) : null;
  say("failed", `Not saved: ${reasonOf(detail.xhr)}`, retry);
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => {
    if (isSave(detail)) say("failed", "Not saved: the server does not answer.", () => sendAgain(detail));
    else sayLost(detail, "The server does not answer.");
  });
}

/** Read the sentence out of the answer; fall back to what the status says. */
function reasonOf(xhr) {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const sentence = answer.querySelector("[data-problem], .faults li")?.textContent.trim();
  if (sentence) return sentence;
  if (xhr.status === 409) return "somebody was faster; look at both versions.";
  return xhr.status === 422 ? "something needs correcting." : `the server answered ${xhr.status}.`;
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

/* where the names of a study's pages do not fit, the page's own is among those that show */
document.querySelector(".bar nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/* links to a citation copy it; with a key held, or where the clipboard is closed, they lead to its page */
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-cite]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (await copyCitation(link.href)) say("saved", "Citation copied");
  else location.assign(link.href);
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
