/**
 * Writes of the workbench: posts of the page's own forms through htmx, one after the other, so that each
 * carries the version that the one before it left behind.
 */

const $ = (id) => document.getElementById(id);

// An answer is whole at once: else htmx gives a card its old attributes, version included, for 20 ms more.
window.htmx.config.defaultSettleDelay = 0;

let running = 0;
const waiting = [];

document.addEventListener("htmx:beforeSend", (event) => {
  running += 1;
  if (event.detail.requestConfig.verb === "post") $("notice")?.replaceChildren();
});

document.addEventListener("htmx:afterRequest", (event) => {
  running = Math.max(0, running - 1);
  const { requestConfig, successful, target } = event.detail;
  if (requestConfig?.verb === "post" && successful && target?.id !== "toast") $("toast")?.replaceChildren();
  if (!running) waiting.shift()?.();
});

/** Run `act` now, or as soon as no answer is awaited. */
export function whenIdle(act) {
  if (running) waiting.push(act);
  else act();
}

/** Post `values` with a form of the page; the server names what the answer replaces, else it is a notice. */
export function post(form, url, values) {
  form.action = url;
  const sent = window.htmx.ajax("POST", url, { source: form, target: "#notice", swap: "innerHTML", values });
  sent.catch(() => {}); // said in the header by app.js
}

/** Post a change of one statement with its version, and the version of a second one that it is about. */
export function toStatement(id, act, values, other = null) {
  whenIdle(() => {
    const form = $("act-form");
    const [card, second] = [$(`s-${id}`), $(`s-${other}`)];
    if (!form || !card) return;
    const versions = { version: card.dataset.version, ...(second && { with_version: second.dataset.version }) };
    post(form, `${$("bench").dataset.statements}${id}/${act}/`, { ...values, ...versions });
  });
}
